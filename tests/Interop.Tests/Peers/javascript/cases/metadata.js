// Metadata that the server sends back, in its headers and its trailers.

import assert from 'node:assert/strict';
import grpc from '@grpc/grpc-js';
import { TestService } from '../contracts.js';
import { all, single, soon, zeros } from './checks.js';
import { ask } from './streaming.js';
import { largeRequest } from './unary.js';

const INITIAL = ['x-grpc-test-echo-initial', 'test_initial_metadata_value'];
const TRAILING = ['x-grpc-test-echo-trailing-bin', Buffer.from('ababab', 'hex')];

export async function custom_metadata(target) {
  const sent = new grpc.Metadata();
  sent.set(...INITIAL);
  sent.set(...TRAILING);

  const one = await single((done) => target.connect(TestService).UnaryCall(largeRequest(), sent, soon(), done));
  zeros(one.response.payload, 314159);
  echoed(one);

  const call = target.connect(TestService).FullDuplexCall(sent, soon());
  call.write(ask(271828, 314159));
  call.end();
  const many = await all(call);
  assert.equal(many.responses.length, 1);
  zeros(many.responses[0].payload, 314159);
  echoed(many);
}

function echoed({ headers, trailers }) {
  assert.deepEqual(headers.get(INITIAL[0]), [INITIAL[1]]);
  assert.deepEqual(trailers.get(TRAILING[0]), [TRAILING[1]]);
}
