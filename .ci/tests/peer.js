// A handshake of a P2PFL network with grpc-js and no generated code: prints the error that is answered, or that there is none.
//
//   node peer.js ADDRESS OTHER CA CERT KEY    as ADDRESS, at OTHER; CERT and KEY may be -, for none
const fs = require('fs');
const grpc = require('@grpc/grpc-js');

const [address, other, ca, cert, key] = process.argv.slice(2);
const read = (name) => (name === '-') ? null : fs.readFileSync(name);
const text = (value) => Buffer.concat([Buffer.from([10, value.length]), Buffer.from(value)]);

const client = new grpc.Client(other, grpc.credentials.createSsl(read(ca), read(key), read(cert)));
client.makeUnaryRequest('/node.NodeServices/handshake', text, (answer) => answer, address, new grpc.Metadata(),
	{ deadline: Date.now() + 10000 }, (failure, answer) => {
		// the error is field 2, a text
		console.log(failure ? 'REFUSED ' + failure.message : 'ANSWER ' + ((answer[0] === 18) ? answer.subarray(2) : ''));
		client.close();
	});
