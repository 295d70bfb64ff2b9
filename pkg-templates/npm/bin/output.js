// What a command says: text for people on stdout, notes on stderr; with `--json` one object a line on stdout, the last one the result.
import { writeSync } from "node:fs";
import { styleText } from "node:util";

export class Output {
  #json;

  constructor({ json = false } = {}) {
    this.#json = json;
  }

  get isJson() {
    return this.#json;
  }

  /** Text for people, as it is. */
  text(text) {
    if (!this.#json) write(process.stdout, text);
  }

  /** A line for people. */
  line(text = "") {
    this.text(`${text}\n`);
  }

  /** A heading for people. */
  title(text) {
    this.text(`\n${style("bold", text, process.stdout)}\n`);
  }

  /** Rows whose columns stand under each other; a cell of `right` is set to the right. */
  table(rows, { right = [] } = {}) {
    const widths = [];
    for (const row of rows) row.forEach((cell, at) => (widths[at] = Math.max(widths[at] ?? 0, plain(cell).length)));
    for (const row of rows) {
      const cells = row.map(plain).map((cell, at) => (right.includes(at) ? cell.padStart(widths[at]) : cell.padEnd(widths[at])));
      this.line(`  ${cells.join("  ").trimEnd()}`);
    }
  }

  /** Something that happened, for programs. */
  event(type, fields) {
    this.object({ type, ...fields });
  }

  /** A line for programs, as it is. */
  object(fields) {
    if (this.#json) write(process.stdout, `${JSON.stringify(fields)}\n`);
  }

  /** How it ended, for programs: the last line. */
  result(fields) {
    this.event("result", fields);
  }

  /** A word beside the output, for people. */
  note(text) {
    if (!this.#json) write(process.stderr, `${text}\n`);
  }

  /** Why it ended early. */
  failed({ code, message, outcome }) {
    if (this.#json) this.result({ error: { code, message, outcome } });
    else write(process.stderr, `${style("red", "giftcard-partners:", process.stderr)} ${message}\n`);
  }
}

/** Text of a list or of the API on one line, without what would move the cursor. */
export function plain(text) {
  return text.replace(/\p{Cc}+/gu, " ");
}

/** Text with a style where the stream is a terminal that shows it. */
export function style(name, text, stream) {
  return stream.isTTY && !process.env.NO_COLOR ? styleText(name, text) : text;
}

/** At once and whole: what is still in a pipe's buffer when the process ends would be lost. */
function write(stream, text) {
  if (stream.isTTY) {
    stream.write(text);
    return;
  }
  let rest = Buffer.from(text);
  while (rest.length > 0) {
    try {
      rest = rest.subarray(writeSync(stream.fd, rest));
    } catch (error) {
      // A pipe whose reader is slow; or one that nobody reads any more, which is no reason to stop an order.
      if (error.code === "EPIPE") return;
      if (error.code !== "EAGAIN") throw error;
    }
  }
}
