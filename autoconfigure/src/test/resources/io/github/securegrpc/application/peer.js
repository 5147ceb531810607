// A client or a server of grpc-js, asking for health or answering it.
//
//   node peer.js client PORT CA CERT KEY CALLS   each call over a connection of its own; prints what was answered, a line each
//   node peer.js server CA CERT KEY              asks for a certificate; prints its port, ends with its input
//
// CERT and KEY may be -, for none.
const fs = require('fs');
const grpc = require('@grpc/grpc-js');

const SERVING = Buffer.from([8, 1]);
const read = (name) => (name === '-' ? null : fs.readFileSync(name));
const same = (bytes) => bytes;
const methods = {
  check: {
    path: '/grpc.health.v1.Health/Check', requestStream: false, responseStream: false,
    requestSerialize: same, requestDeserialize: same, responseSerialize: same, responseDeserialize: same,
  },
};

function call(target, credentials) {
  return new Promise((resolve) => {
    const Client = grpc.makeGenericClientConstructor(methods, 'Health');
    // else connections are shared by all channels alike
    const client = new Client(target, credentials, { 'grpc.use_local_subchannel_pool': 1 });
    client.check(Buffer.alloc(0), { deadline: Date.now() + 10000 }, (error, answer) => {
      client.close();
      resolve(error ? 'REFUSED ' + error.details.replace(/\s+/g, ' ') : SERVING.equals(answer) ? 'SERVING' : String(answer));
    });
  });
}

async function client(port, ca, cert, key, calls) {
  const credentials = grpc.credentials.createSsl(read(ca), read(key), read(cert));
  for (let i = 0; i < calls; i++) {
    console.log(await call('localhost:' + port, credentials));
  }
}

function server(ca, cert, key) {
  const peer = new grpc.Server();
  peer.addService(methods, { check: (request, answer) => answer(null, SERVING) });
  const pair = { private_key: read(key), cert_chain: read(cert) };
  peer.bindAsync('127.0.0.1:0', grpc.ServerCredentials.createSsl(read(ca), [pair], true), (failure, port) => console.log(port));
  process.stdin.resume();
  process.stdin.on('end', () => process.exit(0));
}

({ client, server })[process.argv[2]](...process.argv.slice(3));
