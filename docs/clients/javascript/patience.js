// Which failures of a call pass, and how long to wait before the next attempt.

import { setTimeout as sleep } from 'node:timers/promises';
import grpc from '@grpc/grpc-js';
import { contract } from './contract.js';

const FIRST_WAIT = 0.5;
const LONGEST_WAIT = 10;
const { status } = grpc;

/** The server does not take these reports, whenever they are sent. */
export class Refused extends Error {}

/** The server could not take the reports so far; they may be sent again later, with the same idempotency key. */
export class GaveUp extends Error {}

/** Waits as the server asks, else about twice as long each time. Gives up when nothing has worked for a while. */
export class Patience {
  #giveUpAfter;
  #onWait;
  #attempts = 0;
  #failingSince = null;

  /** onWait is called with (seconds, what went wrong) before each wait. */
  constructor(giveUpAfter, onWait = () => {}) {
    this.#giveUpAfter = giveUpAfter;
    this.#onWait = onWait;
  }

  /** To be called whenever something worked. */
  renew() {
    this.#attempts = 0;
    this.#failingSince = null;
  }

  /** Waits until the next attempt, or throws Refused or GaveUp when there is none. */
  async waitAfter(error) {
    const asked = retryDelay(error);
    if (!mayBeSentAgain(error.code, asked)) throw new Refused(inWords(error));

    // Spread out, so that the clients of a server that was away do not all come back at once.
    const wait = asked === null
      ? Math.random() * Math.min(LONGEST_WAIT, FIRST_WAIT * 2 ** this.#attempts)
      : asked * (1 + 0.1 * Math.random());

    const now = performance.now() / 1000;
    this.#attempts += 1;
    this.#failingSince ??= now;
    if (now + wait > this.#failingSince + this.#giveUpAfter) {
      throw new GaveUp(`Gave up after ${(now - this.#failingSince).toFixed()} s, with ${wait.toFixed()} s to wait: ${inWords(error)}`);
    }

    this.#onWait(wait, inWords(error));
    await sleep(wait * 1000);
  }
}

function inWords({ code, details }) {
  return `${status[code]}: ${details}`;
}

function mayBeSentAgain(code, asked) {
  // Without a delay RESOURCE_EXHAUSTED means that the message is too large, which it will be next time, too.
  if (code === status.RESOURCE_EXHAUSTED) return asked !== null;
  return [status.UNAVAILABLE, status.DEADLINE_EXCEEDED, status.INTERNAL].includes(code);
}

/** Seconds that the server asks to wait (google.rpc.RetryInfo), or null. */
function retryDelay(error) {
  for (const bytes of error.metadata?.get('grpc-status-details-bin') ?? []) {
    for (const detail of contract['google.rpc.Status'].deserialize(bytes).details) {
      if (!detail.type_url.endsWith('/google.rpc.RetryInfo')) continue;
      const { seconds, nanos } = contract['google.rpc.RetryInfo'].deserialize(detail.value).retryDelay;
      return seconds + nanos / 1e9;
    }
  }
  return null;
}
