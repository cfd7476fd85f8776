#!/usr/bin/env node
// Submits reports to Exporter: a file, or standard input, with one report in protobuf's JSON form a line.

import { randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { GaveUp, Refused } from './patience.js';
import { ReportClient } from './report-client.js';
import { readReport } from './report-json.js';

const USAGE = `usage: submit-reports.js [options] [FILE]

Submits reports to Exporter: a file, or standard input, with one report in protobuf's JSON form a line.

  --server URL           http://… in clear, https://… with TLS; or environment EXPORTER_INGEST (http://127.0.0.1:8081)
  --api-key KEY          or environment EXPORTER_API_KEY
  --stream               one StreamReports call instead of many SubmitReports calls
  --batch N              reports in a message, at most 10000 (500)
  --gzip                 compress messages
  --ca FILE              PEM file of the authority that vouches for the server
  --timeout S            seconds for one attempt (30)
  --give-up-after S      seconds without any success (300)
  --idempotency-key KEY  to go on after a failure, with the same input and --batch:
                         what is stored already is not stored again

exit codes:
  0  every report was taken
  1  not everything was sent; what to do is said
  2  a wrong option, or input that can't be read; what came before it was sent
  3  everything was sent, and the server refused some reports for good
`;

/** Input that is no report. */
class Unreadable extends Error {}

/** What became of the reports. */
class Tally {
  reports = 0;
  #accepted = 0;
  #sampledOut = 0;
  rejected = 0;
  #dropped = new Map();

  add(reports, answer) {
    for (const { index, fieldPath, reason, detail } of answer.rejectedReports) {
      console.error(`line ${this.reports + index + 1}: ${fieldPath}: ${inWords(reason, 'REJECT_REASON_')}: ${detail}`);
    }
    for (const { reason, count } of answer.dropped) {
      const word = inWords(reason, 'DROP_REASON_');
      this.#dropped.set(word, (this.#dropped.get(word) ?? 0) + count);
    }
    this.reports += reports.length;
    this.#accepted += answer.acceptedCount;
    this.#sampledOut += answer.sampledOutCount;
    this.rejected += answer.rejectedReports.length;
  }

  toString() {
    const words = [`${this.#accepted} accepted`];
    if (this.#sampledOut > 0) words.push(`${this.#sampledOut} sampled out`);
    if (this.rejected > 0) words.push(`${this.rejected} rejected`);
    for (const [reason, count] of this.#dropped) words.push(`${count} dropped (${reason})`);
    return `${this.reports} reports: ${words.join(', ')}.`;
  }
}

/** REJECT_REASON_OUT_OF_RANGE is out_of_range. */
function inWords(value, prefix) {
  return String(value).replace(prefix, '').toLowerCase();
}

async function* readBatches(input, size) {
  let number = 0;
  let reports = [];
  for await (const line of createInterface({ input, crlfDelay: Infinity })) {
    number += 1;
    try {
      reports.push(readReport(line));
    } catch (error) {
      if (reports.length > 0) yield reports;
      throw new Unreadable(`line ${number}: is no report in protobuf's JSON form: ${error.message}`);
    }
    if (reports.length === size) {
      yield reports;
      reports = [];
    }
  }
  if (reports.length > 0) yield reports;
}

async function submitAll(client, batches, key, tally) {
  let number = 0;
  for await (const reports of batches) {
    number += 1;
    tally.add(reports, await client.submit(reports, `${key}-${number}`));
  }
}

async function streamAll(client, batches, key, tally) {
  const stream = client.stream((reports, answer) => tally.add(reports, answer), key);
  try {
    for await (const reports of batches) await stream.send(reports);
  } finally {
    await stream.close();
  }
}

function parseOptions() {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      'api-key': { type: 'string', default: process.env.EXPORTER_API_KEY },
      batch: { type: 'string', default: '500' },
      ca: { type: 'string' },
      'give-up-after': { type: 'string', default: '300' },
      gzip: { type: 'boolean' },
      help: { type: 'boolean', short: 'h' },
      'idempotency-key': { type: 'string', default: randomUUID() },
      server: { type: 'string', default: process.env.EXPORTER_INGEST ?? 'http://127.0.0.1:8081' },
      stream: { type: 'boolean' },
      timeout: { type: 'string', default: '30' },
    },
  });
  const batch = Number(values.batch);
  if (!(Number.isInteger(batch) && batch >= 1 && batch <= 10_000)) {
    throw new RangeError(`--batch must be from 1 to 10000, found ${values.batch}.`);
  }
  return { ...values, batch, timeout: Number(values.timeout), giveUpAfter: Number(values['give-up-after']), file: positionals[0] };
}

async function main() {
  let options;
  try {
    options = parseOptions();
  } catch (error) {
    console.error(`${error.message} --help lists the options.`);
    return 2;
  }
  if (options.help) {
    console.log(USAGE);
    return 0;
  }

  const key = options['idempotency-key'];
  const tally = new Tally();
  const code = await submit(options, key, tally);
  console.log(`${tally}`);
  return code;
}

async function submit(options, key, tally) {
  let client;
  try {
    client = new ReportClient({
      server: options.server,
      apiKey: options['api-key'],
      gzip: options.gzip,
      caFile: options.ca,
      timeout: options.timeout,
      giveUpAfter: options.giveUpAfter,
      onWait: (seconds, why) => console.error(`${why} (next attempt in ${seconds.toFixed(1)} s)`),
    });
    const input = options.file === undefined ? process.stdin : createReadStream(options.file);
    const send = options.stream ? streamAll : submitAll;
    await send(client, readBatches(input, options.batch), key, tally);
    return tally.rejected > 0 ? 3 : 0;
  } catch (error) {
    console.error(error.message);
    if (error instanceof GaveUp) console.error(`To go on, send the same input again with --idempotency-key ${key}`);
    return error instanceof GaveUp || error instanceof Refused ? 1 : 2;
  } finally {
    client?.close();
  }
}

process.exitCode = await main();
