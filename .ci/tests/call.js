// One call with Node's gRPC and no generated code: an empty request. Says OK, or why not.
//
//   node call.js TARGET METHOD CA [USER:PASSWORD]
'use strict';
const fs = require('fs');
const grpc = require('@grpc/grpc-js');

const [target, method, ca, user] = process.argv.slice(2);
const metadata = new grpc.Metadata();
if (user) {
	metadata.set('authorization', 'Basic ' + Buffer.from(user).toString('base64'));
}
const client = new grpc.Client(target, grpc.credentials.createSsl(fs.readFileSync(ca)));
const bytes = (value) => value;
client.makeUnaryRequest(method, bytes, bytes, Buffer.alloc(0), metadata, { deadline: Date.now() + 10000 }, (error) => {
	console.log(error ? `${grpc.status[error.code]}: ${error.details}` : 'OK');
	client.close();
});
