// What the starter Worker's limits come to, and where it cuts a file: its own TypeScript, in Node.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { before, test } from "node:test";

import { RecipientImport } from "giftcard-partners";

import { BINDINGS, csv, sourceOf } from "./worker.js";

let limits;
let records;
before(async () => {
  [limits, records] = await Promise.all(["limits", "csv-records"].map(sourceOf));
});

test("what is computed keeps within the platform's limits", () => {
  const { PLATFORM, ...of } = limits;
  const attempts = 4;

  assert.ok(of.BODY_BYTES < PLATFORM.rowBytes);
  assert.ok(of.ORDERS_PER_CALL * of.BODY_BYTES < PLATFORM.callBytes, "a call with orders");
  assert.ok(of.CONCURRENCY * PLATFORM.rowBytes < PLATFORM.memoryBytes / 8, "bodies that are sent at a time");
  assert.ok((of.PIECE_BYTES / of.ROW_IN_FILE) * of.ROW_IN_MEMORY <= PLATFORM.memoryBytes / 4, "a piece in memory");
  assert.ok(2 * of.PLAN_BYTES <= PLATFORM.memoryBytes / 4, "a plan in memory");
  const requests = of.ROUNDS_PER_RUN * of.ORDERS_PER_STEP * of.REQUESTS_PER_ORDER + of.LOOKS_PER_RUN * of.LOOKS_PER_STEP * (attempts + 1);
  assert.ok(requests <= PLATFORM.subrequests, "requests of a run");
  assert.ok(4 * of.ROUNDS_PER_RUN + 3 * of.LOOKS_PER_RUN + 5 <= PLATFORM.steps, "steps of a run");
  assert.ok(2 * of.PARENT_LOOKS_PER_RUN + 2 <= PLATFORM.steps && 4 * of.PARENT_LOOKS_PER_RUN + 10 <= PLATFORM.subrequests, "a parent's run");
  assert.ok(2 * of.CHILDREN < of.PARENT_LOOKS_PER_RUN, "a parent's run reaches its last child");
  const ordersOfPiece = of.PIECE_BYTES / of.ROW_IN_FILE / of.LINES_PER_ORDER;
  const callsOfPiece = ordersOfPiece / of.ORDERS_PER_CALL + 4;
  assert.ok(of.CHILDREN * callsOfPiece < PLATFORM.subrequests, "the longest file's import");
  assert.ok(24 + `_${of.CHILDREN}-99999`.length <= PLATFORM.instanceIdCharacters, "an instance's id");
  assert.ok(of.ROUNDS_PER_RUN >= 10 && of.LOOKS_PER_RUN >= 10, "a run gets somewhere");
});

test("wrangler.jsonc says what these tests run with", () => {
  const file = new URL("../../pkg-templates/worker/wrangler.jsonc", import.meta.url);
  const config = JSON.parse(readFileSync(file, "utf8").replace(/^\s*\/\/.*$/gm, ""));
  const durable = config.durable_objects.bindings.map(({ name, class_name }) => [name, class_name]);
  const [workflow] = config.workflows;

  assert.equal(config.limits.cpu_ms, limits.PLATFORM.cpuMs);
  assert.equal(config.compatibility_date, BINDINGS.compatibilityDate);
  assert.deepEqual(config.kv_namespaces.map(({ binding }) => binding), BINDINGS.kvNamespaces);
  assert.deepEqual(durable, Object.entries(BINDINGS.durableObjects).map(([name, { className }]) => [name, className]));
  assert.deepEqual(config.migrations.flatMap(({ new_sqlite_classes: classes }) => classes), durable.map(([, className]) => className));
  assert.deepEqual({ [workflow.binding]: { name: workflow.name, className: workflow.class_name } }, BINDINGS.workflows);
});

/** A file in chunks of any size. */
function streamOf(text, size) {
  const bytes = Buffer.from(text);
  let at = 0;
  return new ReadableStream({
    pull(controller) {
      if (at >= bytes.length) return controller.close();
      controller.enqueue(new Uint8Array(bytes.subarray(at, (at += size))));
    },
  });
}

async function cut(text, { size = 40, chunk = 7, longest = 10_000 } = {}) {
  const { header, pieces } = await records.openCsv(streamOf(text, chunk));
  const found = [];
  for await (const { bytes, linesBefore } of pieces(size, longest)) found.push({ text: Buffer.from(bytes).toString(), linesBefore });
  return { header: Buffer.from(header).toString(), pieces: found };
}

/** What an import makes of it: rows that it rejects by line and code, and the lines of its orders. */
function read(chunks) {
  const importer = new RecipientImport({ type: "DigitalDelivery", defaults: { ProductId: "INKWHISTLE", Value: 25 } });
  for (const chunk of chunks) importer.push(Buffer.from(chunk));
  const report = importer.finish();
  const { rows, rejected } = report;
  report.free();
  return { rows, rejected: rejected.map(({ line, issues: [{ code }] }) => [line, code]) };
}

const FILES = {
  "plain lines": csv(12),
  "Windows line breaks": csv(12).replaceAll("\n", "\r\n"),
  "the line breaks of old": csv(12).replaceAll("\n", "\r"),
  "a byte order mark and sep=": `\ufeffsep=;\r\n${csv(12).replaceAll(",", ";").replaceAll("\n", "\r\n")}`,
  "blank lines": `\n\n${csv(10).replaceAll("\n", "\n\n")}`,
  "line breaks, quotes and delimiters in quotes": `email,name,message\n${'a@example.org,"Ada ""the first"", L.","one\r\ntwo\n\nthree"\n'.repeat(12)}`,
  "quotes inside a plain cell": `email;name\n${'a@example.org;5" Ada, "x\n'.repeat(20)}`,
  "spaces before a quote, text behind one": `email,name\n${'a@example.org, "Ada\nB" \nb@example.org,"x"y\n'.repeat(10)}`,
  "rows to reject": `email,name\n${"a@example.org,Ada\nnobody,Bob\n".repeat(20)}`,
  "no last line break": csv(9).trimEnd(),
};

for (const [name, file] of Object.entries(FILES)) {
  test(`a file with ${name} reads the same in pieces as in one`, async () => {
    for (const chunk of [1, 7, 10_000]) {
      for (const size of [1, 150]) {
        const { header, pieces } = await cut(file, { chunk, size });
        const whole = read([file]);
        const parts = { rows: 0, rejected: [] };
        for (const { text, linesBefore } of pieces) {
          const { rows, rejected } = read([header, text]);
          const offset = linesBefore - records.linesOf(Buffer.from(header));
          parts.rows += rows;
          parts.rejected.push(...rejected.map(([line, code]) => [line + offset, code]));
        }

        assert.equal(header + pieces.map(({ text }) => text).join(""), file);
        assert.deepEqual(parts, whole);
        assert.ok(pieces.length > 1);
      }
    }
  });
}

test("a quote that is never closed ends the reading, and is named by its line", async () => {
  const file = `${csv(5)}a@example.org,"${"never closed\n".repeat(2_000)}`;

  await assert.rejects(cut(file, { chunk: 1_000 }), ({ line }) => line === 7);
});

test("a file of a header alone is one empty piece", async () => {
  assert.deepEqual(await cut("email,name"), { header: "email,name", pieces: [{ text: "", linesBefore: 0 }] });
  assert.deepEqual(await cut(""), { header: "", pieces: [{ text: "", linesBefore: 0 }] });
});
