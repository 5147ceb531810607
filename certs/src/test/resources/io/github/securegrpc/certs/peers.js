// Calls a server of grpc-js over mutual TLS: node peers.js DIRECTORY SERVER CLIENT. Prints ok, or REFUSED and why.
const grpc = require('@grpc/grpc-js');
const fs = require('fs');
const [directory, server, client] = process.argv.slice(2);
const read = (name) => fs.readFileSync(directory + '/' + name);
const same = (bytes) => bytes;
const methods = {
  ping: {
    path: '/test.Peer/Ping', requestStream: false, responseStream: false,
    requestSerialize: same, requestDeserialize: same, responseSerialize: same, responseDeserialize: same,
  },
};
const peer = new grpc.Server();
peer.addService(methods, { ping: (call, answer) => answer(null, Buffer.from('ok')) });
const pair = { private_key: read(server + '.key'), cert_chain: read(server + '.crt') };
peer.bindAsync('127.0.0.1:0', grpc.ServerCredentials.createSsl(read('CA.crt'), [pair], true), (failure, port) => {
  const credentials = grpc.credentials.createSsl(read('CA.crt'), read(client + '.key'), read(client + '.crt'));
  const Client = grpc.makeGenericClientConstructor(methods, 'Peer');
  new Client('localhost:' + port, credentials).ping(Buffer.from('?'), { deadline: Date.now() + 10000 }, (error, value) => {
    console.log(error ? 'REFUSED ' + error.details : String(value));
    process.exit(0);
  });
});
