// Runs cases of gRPC's interop suite with grpc-js's client.
//
// A line of JSON in names a case and a server's address; a line of JSON out says how it went. The arguments are the files of
// a certificate and its key: over TLS the client shows it, and trusts the server that shows the same.

import { readFileSync } from 'node:fs';
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

const [certificate, key] = process.argv.slice(2).map((file) => readFileSync(file));
const secure = grpc.credentials.createSsl(certificate, key, certificate);

async function run({ case: name, target: address, tls }) {
  const clients = [];
  const connect = (Client, options) => {
    const client = new Client(address, tls ? secure : grpc.credentials.createInsecure(), options);
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
  const failure = await run(JSON.parse(line)).then(() => null, (error) => error.stack);
  console.log(JSON.stringify({ failure }));
}

// A case that failed may have left a call open.
process.exit();
