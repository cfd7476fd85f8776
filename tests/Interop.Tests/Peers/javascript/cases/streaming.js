// Many requests, many responses.

import assert from 'node:assert/strict';
import { TestService } from '../contracts.js';
import { all, single, soon, zeros } from './checks.js';

const REQUEST_SIZES = [27182, 8, 1828, 45904];
const RESPONSE_SIZES = [31415, 9, 2653, 58979];

// A request of a full duplex call: so many bytes, for an answer of so many.
export const ask = (sent, wanted) => ({ payload: { body: Buffer.alloc(sent) }, response_parameters: [{ size: wanted }] });

export async function client_streaming(target) {
  const { response } = await single((done) => {
    const call = target.connect(TestService).StreamingInputCall(soon(), done);
    for (const size of REQUEST_SIZES) call.write({ payload: { body: Buffer.alloc(size) } });
    call.end();
    return call;
  });
  assert.equal(response.aggregated_payload_size, 74922);
}

export async function server_streaming(target) {
  const request = { response_parameters: RESPONSE_SIZES.map((size) => ({ size })) };
  const { responses } = await all(target.connect(TestService).StreamingOutputCall(request, soon()));
  assert.equal(responses.length, RESPONSE_SIZES.length);
  responses.forEach((response, i) => zeros(response.payload, RESPONSE_SIZES[i]));
}

export async function ping_pong(target) {
  const call = target.connect(TestService).FullDuplexCall(soon());
  const responses = call[Symbol.asyncIterator]();
  for (const [i, sent] of REQUEST_SIZES.entries()) {
    call.write(ask(sent, RESPONSE_SIZES[i]));
    zeros((await responses.next()).value.payload, RESPONSE_SIZES[i]);
  }
  call.end();
  assert.ok((await responses.next()).done);
}

export async function empty_stream(target) {
  const call = target.connect(TestService).FullDuplexCall(soon());
  call.end();
  assert.deepEqual((await all(call)).responses, []);
}
