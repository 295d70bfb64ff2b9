// What the starter Worker's limits come to, and where it cuts a file: its own TypeScript, in Node.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { before, test } from "node:test";

import { RecipientImport, inspectRecipients } from "giftcard-partners";

import { DATES } from "./miniflare.js";
import { BINDINGS, csv, sourceOf } from "./worker.js";

let limits;
let records;
let pieceReport;
let planRows;
let payments;
before(async () => {
  [limits, records, pieceReport, planRows, payments] = await Promise.all(["limits", "csv-records", "piece-report", "plan-rows", "payment-rows"].map(sourceOf));
});

test("what is computed keeps within the platform's limits", () => {
  const { PLATFORM, ...of } = limits;
  const attempts = 4;

  assert.ok(of.ORDERS_PER_LIST * 2_000 < PLATFORM.callBytes, "a call that tells of orders");
  assert.ok(2 * of.CONCURRENCY * of.BODY_BYTES < PLATFORM.memoryBytes / 8, "bodies that are sent at a time");
  assert.ok((of.PIECE_BYTES / of.ROW_IN_FILE) * of.ROW_IN_MEMORY <= PLATFORM.memoryBytes / 4, "a piece in memory");
  assert.ok(of.WORKBOOK_BYTES + of.WORKBOOK_ROWS * of.ROW_IN_MEMORY <= PLATFORM.memoryBytes / 2, "a workbook in memory");
  assert.ok(2 * of.PLAN_BYTES <= PLATFORM.memoryBytes / 4, "a plan in memory");
  assert.ok(of.PLAN_PART_BYTES < PLATFORM.rowBytes && of.PAYMENTS_PER_PAGE * payments.PAYMENT_BYTES < PLATFORM.rowBytes, "a part of a plan, a page of payments");
  assert.ok((of.PIECE_BYTES / of.ROW_IN_FILE) * payments.PAYMENT_BYTES < PLATFORM.callBytes, "a call with the payments of a piece");
  assert.ok(of.LINES_PER_PAGE * 2_000 < PLATFORM.callBytes, "a page of the audit");
  assert.ok(of.ALERT_MS * (2 ** of.ALERT_TRIES - 1) >= 24 * 60 * 60_000, "an alert is tried for a day");
  const requests = of.ROUNDS_PER_RUN * (of.ORDERS_PER_STEP * of.REQUESTS_PER_ORDER + of.REQUESTS_PER_ROUND) + of.LOOKS_PER_RUN * of.LOOKS_PER_STEP * (attempts + 1);
  assert.ok(requests <= PLATFORM.subrequests, "requests of a run");
  assert.ok(4 * of.ROUNDS_PER_RUN + 3 * of.LOOKS_PER_RUN + 5 <= PLATFORM.steps, "steps of a run");
  assert.ok(2 * of.PARENT_LOOKS_PER_RUN + 2 <= PLATFORM.steps && 4 * of.PARENT_LOOKS_PER_RUN + 10 <= PLATFORM.subrequests, "a parent's run");
  assert.ok(2 * of.CHILDREN < of.PARENT_LOOKS_PER_RUN, "a parent's run reaches its last child");
  const ordersOfPiece = of.PIECE_BYTES / of.ROW_IN_FILE / of.LINES_PER_ORDER;
  const callsOfPiece = ordersOfPiece / of.ORDERS_PER_LIST + 20;
  assert.ok(of.CHILDREN * callsOfPiece < PLATFORM.subrequests, "the longest file's import");
  assert.ok(24 + `_${of.CHILDREN}-99999`.length <= PLATFORM.instanceIdCharacters, "an instance's id");
  assert.ok(of.ROUNDS_PER_RUN * of.ORDERS_PER_STEP >= 100 && of.LOOKS_PER_RUN >= 10, "a run gets somewhere");
  assert.ok(of.STEP_MS <= 30 * 60_000, "a step's time, of which half an hour is recommended at the most");
});

test("wrangler.jsonc says what these tests run with, in each environment", () => {
  const file = new URL("../../pkg-templates/worker/wrangler.jsonc", import.meta.url);
  const config = JSON.parse(readFileSync(file, "utf8").replace(/^\s*\/\/.*$/gm, ""));
  const { staging, production } = config.env;
  const classes = Object.values(BINDINGS.durableObjects).map(({ className }) => className);

  assert.equal(config.limits.cpu_ms, limits.PLATFORM.cpuMs);
  assert.equal(config.compatibility_date, DATES.newest);
  assert.deepEqual(config.migrations.flatMap(({ new_sqlite_classes }) => new_sqlite_classes).sort(), classes.sort());
  for (const { kv_namespaces, durable_objects, workflows } of [config, staging, production]) {
    assert.deepEqual(kv_namespaces.map(({ binding }) => binding), BINDINGS.kvNamespaces);
    const bound = durable_objects.bindings.map(({ name, class_name }) => [name, { className: class_name, useSQLite: true }]);
    assert.deepEqual(Object.fromEntries(bound), BINDINGS.durableObjects);
    assert.deepEqual(workflows.map(({ binding, class_name }) => [binding, class_name]), [["RUNS", BINDINGS.workflows.RUNS.className]]);
  }
  for (const { secrets, ratelimits: [{ name, simple }] } of [staging, production]) {
    assert.deepEqual(secrets.required, ["GIFTCARD_EMAIL", "GIFTCARD_ACCESS_TOKEN", "CALLBACK_SECRET"]);
    assert.deepEqual([name, simple.period * 1_000], ["RATE_LIMIT", limits.RATE_LIMIT_MS]);
  }
  const { enabled, redact_query_string: isRedacted, logs, traces } = config.observability;
  assert.deepEqual([enabled, isRedacted, logs.invocation_logs, traces.enabled], [true, true, false, false]);
  assert.equal(new Set([config, staging, production].map(({ workflows: [{ name }] }) => name)).size, 3);
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
  const { header, pieces } = await records.openCsv(streamOf(text, chunk), (start) => inspectRecipients(start, { type: "DigitalDelivery" }));
  const found = [];
  for await (const { bytes, at, rows: count, ...piece } of pieces(size, longest)) {
    const rows = at.flatMap(({ first, count }) => Array.from({ length: count }, (_, row) => first + row));
    assert.equal(rows.length, count);
    found.push({ text: Buffer.from(bytes).toString(), rows, ...piece });
  }
  return { header: Buffer.from(header).toString(), pieces: found };
}

/**
 * What an import makes of it: rows that it rejects by line and code, the lines of its orders, on which lines of the file these stand, what
 * it says of the header. Repeated rows are accepted: an import looks for them in what it is given, which is a piece.
 */
function read(chunks, options) {
  const defaults = { ProductId: "INKWHISTLE", Value: 25, Quantity: 1 };
  const importer = new RecipientImport({ type: "DigitalDelivery", defaults, duplicates: "accept", ...options });
  for (const chunk of chunks) importer.push(Buffer.from(chunk));
  const report = importer.finish();
  const { rows, accepted, rejected, issues, ignoredColumns } = report;
  const plan = accepted > 0 ? report.plan({ campaign: "c" }) : undefined;
  const lines = [...(plan?.orders() ?? [])].flatMap(({ body }) => JSON.parse(Buffer.from(body)).LineItems);
  const at = plan ? planRows.rowsOf(plan).map(({ line }) => line) : [];
  plan?.free();
  report.free();
  return {
    rows,
    at,
    // Its number among equals is its order's.
    lines: lines.map((line) => JSON.stringify({ ...line, ExternalId: line.ExternalId.replace(/-.*/, "") })),
    rejected,
    issues,
    ignoredColumns,
  };
}

/** That a file reads the same in pieces as in one, and that its pieces are all of it. */
async function assertSame(file, options) {
  const { header, pieces } = await cut(file, options);
  const whole = read([file]);
  const parts = { rows: 0, at: [], lines: [], rejected: [], issues: [] };
  for (const { text, rows, linesBefore } of pieces) {
    const part = read([header, text], { headerRow: records.HEADER_ROW });
    const offset = linesBefore - records.linesOf(Buffer.from(header));
    assert.equal(part.rows, rows.length);
    parts.rows += rows.length;
    parts.ignoredColumns = part.ignoredColumns;
    parts.issues = pieceReport.withIssues(parts.issues, part.issues, offset);
    parts.lines.push(...part.lines);
    const rejected = part.rejected.map((row) => pieceReport.rowOfFile(row, offset));
    parts.rejected.push(...rejected);
    parts.at.push(...rows.filter((line) => !rejected.some((row) => row.line === line)));
  }

  assert.deepEqual(parts, whole, JSON.stringify(file));
  assert.ok(file.includes(pieces.map(({ text }) => text).join("")));
  return pieces.length;
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
  "bars between its cells": csv(12).replaceAll(",", "|"),
  "a title above its header": `Spring\n\n${csv(12)}`,
  "rows without text at its end": csv(12) + ',,,\n" ",,,\n\n'.repeat(30),
  "rows without text in its middle": csv(12).replaceAll("\n", "\n,, ,\n,,,\n") + csv(3, { from: 20 }).replace(/.*\n/, ""),
  "rows to reject": `email,name\n${"a@example.org,Ada\nnobody,Bob\n".repeat(20)}`,
  "rows to look at": `email,name\n${"a@localhost,Ada\nb@example.org,JosÃ©\nc@example.org,Cy\n".repeat(20)}`,
  "no last line break": csv(9).trimEnd(),
};

for (const [name, file] of Object.entries(FILES)) {
  test(`a file with ${name} reads the same in pieces as in one`, async () => {
    for (const chunk of [1, 7, 10_000]) {
      for (const size of [1, 150]) assert.ok((await assertSame(file, { chunk, size })) > 1);
    }
  });
}

/** Numbers below a limit, the same ones for a seed. */
function dice(seed) {
  let state = seed;
  return (limit) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * limit);
  };
}

/** A file that spreadsheets, programs and people could have made, stray quotes and all. */
function anyFile(roll) {
  const one = (...of) => of[roll(of.length)];
  const delimiter = one(",", ",", ";", "\t");
  const line = () => one("\n", "\n", "\r\n", "\r");
  const blank = () => one("", "", "", "\n", "\r\n", "\r");
  const cell = () =>
    one("a", "x y", "", ' "q"', '"q"', '"a,b;c"', '"a\nb"', '"a\r\nb"', '"a\rb"', '"a""b"', '"a"b', 'a"b', '5" x', " lead", "é", ";", '"');
  const named = () => one("Name", '"To"', ' "Message"', "X", "", '5" x', '"a\nb"', '"a""b"', '"a"b', 'Prize 5"; 6"', 'é"', '"');
  const header = ["Email", "ProductId", "Value", named(), named()].join(delimiter);
  const rows = Array.from({ length: roll(9) }, (_, row) => {
    const cells = [`u${row}@x.com`, "CVS", one("25", "10", "-1"), cell(), cell()];
    return cells.join(delimiter) + line() + blank();
  });
  const preface = one("", "\ufeff") + one("", `sep=${delimiter}${line()}`, "sep=") + blank();
  const file = preface + header + line() + blank() + rows.join("");
  return roll(2) ? file : file.replace(/[\r\n]+$/, "");
}

test("the pieces of a file accept exactly what the whole file accepts: a thousand files, stray quotes and all", async () => {
  const roll = dice(1);
  let cuts = 0;
  for (let file = 0; file < 1_000; file += 1) {
    cuts += (await assertSame(anyFile(roll), { chunk: 1 + roll(40), size: 1 + roll(60) })) - 1;
  }

  assert.ok(cuts > 1_000, `${cuts}`);
});

test("a header's stray quote takes no row into the header, however many rows there are", async () => {
  const file = csv(3_000).replace("name", 'Prize 5" screen');

  const { header, pieces } = await cut(file, { chunk: 16_384, size: 50_000 });

  assert.equal(header, 'sep=,\nemail,Prize 5" screen,product,value\n');
  assert.equal(pieces.reduce((rows, piece) => rows + piece.rows.length, 0), 3_000);
  await assertSame(file, { chunk: 16_384, size: 50_000 });
});

test("a header that does not end is refused, and so is one that is too long", async () => {
  const open = `\nemail,"name\n${csv(3_000)}`;
  const long = `email,${"x".repeat(70_000)}\n${csv(5)}`;

  for (const chunk of [1_000, 1_000_000]) {
    await assert.rejects(cut(open, { chunk }), ({ line }) => line === 2);
    await assert.rejects(cut(long, { chunk }), ({ line }) => line === 1);
  }
});

test("rows without text are no matter at the end of a file, however many they are, and above a row they are refused where they are too many", async () => {
  const file = csv(3) + ",,,\n".repeat(5_000);

  for (const chunk of [100, 1_000_000]) {
    const { pieces } = await cut(file, { chunk });
    assert.equal(pieces.reduce((rows, piece) => rows + piece.rows.length, 0), 3);
    assert.ok(pieces.at(-1).text.length < 1_000);
  }
  await assert.rejects(cut(`${file}a@example.org,Ada,INKWHISTLE,25\n`, { chunk: 100 }), ({ line }) => line === 5_005);
});

test("text is ASCII where none of its characters is another one", () => {
  assert.equal(records.isAscii(Buffer.from("email,name\na@example.org,Ada\n")), true);
  assert.equal(records.isAscii(Buffer.from("email,name\na@example.org,Zoé\n")), false);
});

test("a quote that is never closed ends the reading, and is named by its line", async () => {
  const file = `${csv(5)}a@example.org,"${"never closed\n".repeat(2_000)}`;

  await assert.rejects(cut(file, { chunk: 1_000 }), ({ line }) => line === 7);
});

test("a file of a header alone is one empty piece", async () => {
  const piece = { text: "", rows: [], linesBefore: 0 };

  assert.deepEqual(await cut("email,name"), { header: "sep=,\nemail,name", pieces: [piece] });
  assert.deepEqual(await cut("\ufeff\r\nemail;name\r"), { header: "\ufeffsep=;\nemail;name\r", pieces: [{ ...piece, linesBefore: 2 }] });
  assert.deepEqual(await cut(""), { header: "sep=,\n", pieces: [piece] });
});
