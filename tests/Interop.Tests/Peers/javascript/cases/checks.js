// What the cases hold of a server, and how they call it.

import assert from 'node:assert/strict';

const LONGEST_MS = 10_000;

export const soon = () => ({ deadline: Date.now() + LONGEST_MS });

// Holds that a payload is what was asked for.
export function zeros(payload, size) {
  assert.equal(payload.body.length, size);
  assert.ok(payload.body.every((byte) => byte === 0));
}

// Holds that a call fails with this status, and returns its error.
export async function endsWith(code, call) {
  const error = await call.then(() => assert.fail(`expected status ${code}, and the call went well`), (failure) => failure);
  assert.equal(error.code, code, error.stack);
  return error;
}

// Makes a call with one response: `invoke` gets the callback. Resolves to the response, its headers and its trailers.
export function single(invoke) {
  return new Promise((resolve, reject) => {
    const found = {};
    const settle = () => {
      if (found.headers && found.trailers && found.response) resolve(found);
    };
    const call = invoke((error, response) => {
      if (error) reject(error);
      found.response = response;
      settle();
    });
    call.on('metadata', (headers) => {
      found.headers = headers;
      settle();
    });
    call.on('status', (status) => {
      found.trailers = status.metadata;
      settle();
    });
  });
}

// Resolves to all responses of a stream, its headers and its trailers; rejects with how it failed.
export async function all(call) {
  const found = { responses: [] };
  call.on('metadata', (headers) => {
    found.headers = headers;
  });
  const ended = new Promise((resolve) => call.on('status', resolve));
  for await (const response of call) found.responses.push(response);
  found.trailers = (await ended).metadata;
  return found;
}
