// Compressed messages. grpc-js does not show whether a response came compressed: our server's journal of frames tells.

import assert from 'node:assert/strict';
import grpc from '@grpc/grpc-js';
import { TestService } from '../contracts.js';
import { all, endsWith, single, soon, zeros } from './checks.js';
import { largeRequest } from './unary.js';

// The write flag that every gRPC library has, and that grpc-js does not export.
const NO_COMPRESS = 2;

const GZIP = { 'grpc.default_compression_algorithm': grpc.compressionAlgorithms.gzip };

export async function client_compressed_unary(target) {
  const packing = target.connect(TestService, GZIP);
  const plain = target.connect(TestService);
  const call = async (client, expected) => {
    const request = largeRequest({ expect_compressed: { value: expected } });
    const { response } = await single((done) => client.UnaryCall(request, soon(), done));
    zeros(response.payload, 314159);
  };

  await endsWith(grpc.status.INVALID_ARGUMENT, call(plain, true));
  await call(packing, true);
  await call(plain, false);
}

export async function client_compressed_streaming(target) {
  const call = async (client, ...parts) => {
    const { response } = await single((done) => {
      const started = client.StreamingInputCall({ ...soon(), interceptors: [packedAsExpected] }, done);
      parts.forEach((part) => started.write(part));
      started.end();
      return started;
    });
    return response.aggregated_payload_size;
  };
  const packed = { payload: { body: Buffer.alloc(27182) }, expect_compressed: { value: true } };
  const unpacked = { payload: { body: Buffer.alloc(45904) }, expect_compressed: { value: false } };

  await endsWith(grpc.status.INVALID_ARGUMENT, call(target.connect(TestService), packed));
  assert.equal(await call(target.connect(TestService, GZIP), packed, unpacked), 73086);
}

export async function server_compressed_unary(target) {
  for (const value of [true, false]) {
    const request = largeRequest({ response_compressed: { value } });
    const { response } = await single((done) => target.connect(TestService).UnaryCall(request, soon(), done));
    zeros(response.payload, 314159);
  }
}

export async function server_compressed_streaming(target) {
  const request = {
    response_parameters: [
      { compressed: { value: true }, size: 31415 },
      { compressed: { value: false }, size: 92653 },
    ],
  };
  const { responses } = await all(target.connect(TestService).StreamingOutputCall(request, soon()));
  assert.equal(responses.length, 2);
  zeros(responses[0].payload, 31415);
  zeros(responses[1].payload, 92653);
}

// Flags can't be given to a stream's write since Node checks its second argument; an interceptor may set them.
function packedAsExpected(options, nextCall) {
  return new (class extends grpc.InterceptingCall {
    sendMessageWithContext(context, message) {
      super.sendMessageWithContext({ ...context, flags: message.expect_compressed.value ? 0 : NO_COMPRESS }, message);
    }
  })(nextCall(options));
}
