// Mutual TLS in which both ends look at CA.crl: node revocation.js DIRECTORY SERVER CLIENT. Prints ok, or who REFUSED and why.
const tls = require('tls');
const fs = require('fs');
const [directory, server, client] = process.argv.slice(2);
const read = (name) => fs.readFileSync(directory + '/' + name);
const trust = { ca: read('CA.crt'), crl: read('CA.crl') };
const pair = (name) => ({ ...trust, key: read(name + '.key'), cert: read(name + '.crt') });
const say = (words) => { console.log(words); process.exit(0); };
// with rejectUnauthorized it would hang up without a word
const listener = tls.createServer({ ...pair(server), requestCert: true, rejectUnauthorized: false }, (socket) => {
  socket.on('error', () => {});
  if (!socket.authorized) say('REFUSED by the server: ' + socket.authorizationError);
  socket.end('ok');
});
listener.listen(0, '127.0.0.1', () => {
  const options = { ...pair(client), host: '127.0.0.1', port: listener.address().port, servername: 'localhost' };
  const socket = tls.connect(options);
  socket.on('data', (bytes) => say(String(bytes)));
  socket.on('error', (error) => {
    if (error.code === 'CERT_REVOKED') say('REFUSED by the client: ' + error.code);
  });
});
setTimeout(() => say('neither accepted nor refused'), 20000);
