// Runs cases of gRPC's interop suite with grpc-js's client.
//
// A line of JSON in names a case and a server's address; a line of JSON out says how it went.

import { createInterface } from 'node:readline';
import grpc from '@grpc/grpc-js';
import * as compression from './cases/compression.js';
import * as givenUp from './cases/givenUp.js';
import * as health from './cases/health.js';
import * as metadata from './cases/metadata.js';
import * as reflection from './cases/reflection.js';
import * as status from './cases/status.js';
import * as streaming from './cases/streaming.js';
import * as unary from './cases/unary.js';

const cases = { ...unary, ...streaming, ...givenUp, ...status, ...metadata, ...compression, ...health, ...reflection };

async function run(name, address) {
  const clients = [];
  const connect = (Client, options) => {
    const client = new Client(address, grpc.credentials.createInsecure(), options);
    clients.push(client);
    return client;
  };
  try {
    await cases[name]({ connect });
  } finally {
    clients.forEach((client) => client.close());
  }
}

for await (const line of createInterface({ input: process.stdin })) {
  const order = JSON.parse(line);
  const failure = await run(order.case, order.target).then(() => null, (error) => error.stack);
  console.log(JSON.stringify({ failure }));
}

// A case that failed may have left a call open.
process.exit();
