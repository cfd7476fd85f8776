// Hands reports to Exporter's Ingest over gRPC, so that each counts once whatever breaks on the way.

import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import grpc from '@grpc/grpc-js';
import { IngestService } from './contract.js';
import { Patience } from './patience.js';
import { ReportStream } from './report-stream.js';

const API_KEY = /^[A-Za-z0-9-]{4,40}$/;

/** One client serves a whole program. */
export class ReportClient {
  #stub;
  #metadata = new grpc.Metadata();
  #timeout;
  #newPatience;

  /**
   * @param {object} [options]
   * @param {string} [options.server] http:// is cleartext HTTP/2, https:// is TLS
   * @param {string} [options.apiKey]
   * @param {boolean} [options.gzip] compress messages
   * @param {string} [options.caFile] PEM file of the authority that vouches for the server
   * @param {number} [options.timeout] seconds for one attempt
   * @param {number} [options.giveUpAfter] seconds without any success after which GaveUp is thrown
   * @param {(seconds: number, why: string) => void} [options.onWait] called before each new attempt
   */
  constructor({ server = 'http://127.0.0.1:8081', apiKey, gzip = false, caFile, timeout = 30, giveUpAfter = 300, onWait } = {}) {
    if (apiKey && !API_KEY.test(apiKey)) {
      // The server would take what comes under it as anonymous, and say nothing.
      throw new TypeError('An API key has 4 to 40 letters, digits and hyphens; this one does not.');
    }
    this.#stub = openStub(server, gzip, caFile, timeout);
    if (apiKey) this.#metadata.set('x-api-key', apiKey);
    this.#timeout = timeout;
    this.#newPatience = () => new Patience(giveUpAfter, onWait);
  }

  /** Submits at most 10,000 reports, and resolves when those accepted are on the server's disk. */
  async submit(reports, key = randomUUID()) {
    // The same key at every attempt: the server stores the reports once, and repeats its first answer.
    const metadata = this.#metadata.clone();
    metadata.set('idempotency-key', key);
    const patience = this.#newPatience();
    for (;;) {
      try {
        return await this.#submitOnce({ reports }, metadata);
      } catch (error) {
        if (typeof error.code !== 'number') throw error;
        await patience.waitAfter(error);
      }
    }
  }

  /** Opens a stream; onAnswer is called with (reports, answer) for each message, in order. */
  stream(onAnswer, key = randomUUID(), window = 16) {
    const openCall = () => this.#stub.streamReports(this.#metadata);
    return new ReportStream({ openCall, key, window, patience: this.#newPatience(), onAnswer });
  }

  close() {
    this.#stub.close();
  }

  #submitOnce(request, metadata) {
    const deadline = Date.now() + this.#timeout * 1000;
    return new Promise((resolve, reject) => {
      this.#stub.submitReports(request, metadata, { deadline }, (error, answer) => (error ? reject(error) : resolve(answer)));
    });
  }
}

function openStub(server, gzip, caFile, timeout) {
  const { protocol, host } = new URL(server);
  if (protocol !== 'http:' && protocol !== 'https:') {
    throw new TypeError(`The server's address must look like http://127.0.0.1:8081, found '${server}'.`);
  }
  const credentials = protocol === 'https:'
    ? grpc.credentials.createSsl(caFile ? readFileSync(caFile) : null)
    : grpc.credentials.createInsecure();
  const { identity, gzip: packed } = grpc.compressionAlgorithms;
  return new IngestService(host, credentials, {
    'grpc.default_compression_algorithm': gzip ? packed : identity,
    // A stream has no deadline, so pings find out when the server is gone without a word.
    'grpc.keepalive_time_ms': timeout * 1000,
    'grpc.keepalive_timeout_ms': timeout * 1000,
    // Patience waits between attempts; the channel's own waiting would come on top.
    'grpc.initial_reconnect_backoff_ms': 500,
    'grpc.max_reconnect_backoff_ms': 2000,
  });
}
