// A stream of reports that outlives the connections it runs on.

/** Sends messages over StreamReports. Each is kept until it is acknowledged, and sent again when a connection breaks. */
export class ReportStream {
  #openCall;
  #key;
  #window;
  #patience;
  #onAnswer;
  #sent = 0;
  #unacknowledged = [];
  #isClosed = false;
  #failure = null;
  #wake = () => {};
  #changed = new Promise((resolve) => { this.#wake = resolve; });
  #ended;

  constructor({ openCall, key, window, patience, onAnswer }) {
    this.#openCall = openCall;
    this.#key = key;
    this.#window = window;
    this.#patience = patience;
    this.#onAnswer = onAnswer;
    this.#ended = this.#run();
  }

  /** Sends reports as one message; waits while as many messages as the window holds are not acknowledged. */
  async send(reports) {
    await this.#until(() => this.#failure || this.#unacknowledged.length < this.#window);
    if (this.#failure) throw this.#failure;
    this.#sent += 1;
    this.#unacknowledged.push({ sequenceNumber: this.#sent, idempotencyKey: `${this.#key}-${this.#sent}`, reports });
    this.#change();
  }

  /** Waits until everything is acknowledged. */
  async close() {
    this.#isClosed = true;
    this.#change();
    await this.#ended;
    if (this.#failure) throw this.#failure;
  }

  async #run() {
    try {
      while (!(await this.#tryConnection()));
    } catch (error) {
      this.#failure = error;
      this.#change();
    }
  }

  /** Sends and reads on one connection; false when it broke. */
  async #tryConnection() {
    const call = this.#openCall();
    const connection = { isBroken: false };
    const sending = this.#sendOn(call, connection);
    try {
      // Answers are read while messages are sent: a client that only writes stops a server that must answer.
      for await (const answer of call) this.#acknowledge(answer);
      if (this.#unacknowledged.length > 0 || !this.#isClosed) throw new Error('The server ended the stream before its end.');
      return true;
    } catch (error) {
      connection.isBroken = true;
      this.#change();
      await sending;
      if (typeof error.code !== 'number') throw error;
      await this.#patience.waitAfter(error);
      return false;
    }
  }

  /** Sends what is not acknowledged, from the oldest on, then what is sent later. The window bounds what write() holds. */
  async #sendOn(call, connection) {
    let last = 0;
    const following = () => this.#unacknowledged.find(({ sequenceNumber }) => sequenceNumber > last);
    for (;;) {
      await this.#until(() => connection.isBroken || this.#isClosed || following());
      if (connection.isBroken) return;
      const message = following();
      if (!message) break;
      call.write(message);
      last = message.sequenceNumber;
    }
    call.end();
  }

  #acknowledge({ sequenceNumber, result }) {
    const message = this.#unacknowledged.shift();
    if (message.sequenceNumber !== sequenceNumber) {
      throw new Error(`Message ${message.sequenceNumber} was to be answered, found ${sequenceNumber}.`);
    }
    this.#change();
    this.#patience.renew();
    this.#onAnswer(message.reports, result);
  }

  #change() {
    this.#wake();
    this.#changed = new Promise((resolve) => { this.#wake = resolve; });
  }

  async #until(condition) {
    while (!condition()) await this.#changed;
  }
}
