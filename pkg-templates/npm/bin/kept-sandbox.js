// A sandbox that lives from one command to the next: the bodies that it accepted are kept, and placed again when it is made anew.
import { readFile } from "node:fs/promises";

import { createSandbox } from "giftcard-partners/sandbox";

import { append, writeWhole } from "./whole-file.js";

/** The sandbox of a log. Ids follow from the orders' places, so each order has the id that it had. */
export async function keptSandbox(path) {
  const entries = await read(path);
  const [{ begun }, ...orders] = entries;
  const sandbox = createSandbox({ clock: "manual" });
  let now = 0;
  const advance = (to) => {
    if (to > now) sandbox.advance(to - now);
    now = Math.max(now, to);
  };
  for (const { at, body } of orders) {
    advance(at);
    await place(sandbox, body);
  }
  const { baseUrl, credentials } = sandbox;
  // One order after the other: the log has them in the order in which they were placed.
  let last = Promise.resolve();
  const inTurn = (act) => (last = last.then(act, act));

  let failure;

  async function fetch(input, init) {
    const request = typeof input?.arrayBuffer === "function" ? input : new Request(input, init);
    // What could not be kept must not be seen either.
    if (failure) throw failure;
    const at = Math.max(now, Date.now() - begun);
    advance(at);
    if (request.method !== "POST" || new URL(request.url).pathname !== "/v1/Orders") return sandbox.fetch(request);
    const body = await request.clone().text();
    return inTurn(async () => {
      const response = await sandbox.fetch(request);
      // Before it is answered: what a crash forgets was never answered either.
      if (response.status === 201) await append(path, line({ at, body })).catch((error) => Promise.reject((failure = error)));
      return response;
    });
  }
  return { fetch, baseUrl, credentials };
}

async function read(path) {
  const text = await readFile(path, "utf8").catch((error) => (error.code === "ENOENT" ? "" : Promise.reject(error)));
  // A line without its end was being written when the process ended.
  const whole = text.slice(0, text.lastIndexOf("\n") + 1);
  const entries = whole.split("\n").filter(Boolean).map((entry) => JSON.parse(entry));
  if (entries.length === 0) entries.push({ begun: Date.now() });
  if (whole !== text || whole === "") await writeWhole(path, entries.map(line).join(""));
  return entries;
}

const line = (entry) => `${JSON.stringify(entry)}\n`;

async function place(sandbox, body) {
  const { email, accessToken } = sandbox.credentials;
  const token = await (await sandbox.fetch("/v1/Tokens", { method: "POST", headers: { Email: email, AccessToken: accessToken } })).json();
  const headers = { Authorization: `Bearer ${token.Value}`, "Content-Type": "application/json" };
  await sandbox.fetch("/v1/Orders", { method: "POST", headers, body });
}
