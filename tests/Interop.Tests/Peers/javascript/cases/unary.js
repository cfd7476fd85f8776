// One request, one response.

import assert from 'node:assert/strict';
import { TestService } from '../contracts.js';
import { single, soon, zeros } from './checks.js';

export const largeRequest = (fields) => ({ response_size: 314159, payload: { body: Buffer.alloc(271828) }, ...fields });

export async function empty_unary(target) {
  const { response } = await single((done) => target.connect(TestService).EmptyCall({}, soon(), done));
  assert.deepEqual(response, {});
}

export async function large_unary(target) {
  const { response } = await single((done) => target.connect(TestService).UnaryCall(largeRequest(), soon(), done));
  zeros(response.payload, 314159);
}
