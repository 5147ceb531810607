// Posts one transaction with Node's gRPC, in bytes written by hand: node ledger-client.js PORT, with CA in the environment.
const fs = require('fs');
const grpc = require('@grpc/grpc-js');

const field = (number, content) => Buffer.concat([Buffer.from([(number << 3) | 2, content.length]), Buffer.from(content)]);
const line = (account, amount) => field(3, Buffer.concat([field(1, account), field(3, 'USD'), Buffer.from([0x20]), amount]));
const transaction = Buffer.concat([field(1, '2026-01-31'), field(2, 'node'), line('a', Buffer.from([1])),
	line('b', Buffer.from([...Array(9).fill(0xff), 1]))]);

const client = new grpc.Client('localhost:' + process.argv[2], grpc.credentials.createSsl(fs.readFileSync(process.env.CA)));
const same = (bytes) => bytes;
client.makeUnaryRequest('/transaction.Transactor/AddTransaction', same, same, transaction,
	new grpc.Metadata(), { deadline: Date.now() + 10000 }, (error) => {
		console.log(error ? 'failed: ' + error.message : 'posted 1');
		client.close();
	});
