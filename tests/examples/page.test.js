// The React form, rendered in jsdom.
import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";
import { pathToFileURL } from "node:url";

import { build } from "esbuild";
import { JSDOM } from "jsdom";

import { copyOf } from "./examples.js";

/** A component's file as a module. The libraries stay where they are installed. */
async function load(file) {
  const outfile = file.replace(/\.tsx$/, ".built.mjs");
  await build({ entryPoints: [file], outfile, bundle: true, packages: "external", format: "esm", jsx: "automatic", logLevel: "warning" });
  return import(pathToFileURL(outfile));
}

test("the React form tells what is wrong in its own words, sends once what is right, and again what is open", async (t) => {
  const { window } = new JSDOM("<main></main>", { url: "http://localhost/", pretendToBeVisual: true });
  // Node has a navigator of its own from 21 on.
  const names = ["window", "document", "HTMLElement", "HTMLInputElement", "Node", "navigator"].filter((name) => !(name in globalThis));
  const before = { fetch: globalThis.fetch };
  for (const name of names) globalThis[name] = window[name];
  globalThis.IS_REACT_ACT_ENVIRONMENT = true;
  t.after(() => {
    for (const name of names) delete globalThis[name];
    globalThis.fetch = before.fetch;
  });
  const { act, createElement } = await import("react");
  const { createRoot } = await import("react-dom/client");
  const { OrderForm } = await load(join(copyOf("react-hook-form"), "OrderForm.tsx"));
  const sent = [];
  const statuses = [504, 201];
  globalThis.fetch = async (path, { method, body }) => {
    sent.push([method, path, JSON.parse(body)]);
    return new Response(null, { status: statuses.shift() });
  };
  const root = createRoot(window.document.querySelector("main"));
  await act(async () => root.render(createElement(OrderForm, { productId: "INKWHISTLE" })));
  const field = (label) => [...window.document.querySelectorAll("label")].find(({ textContent }) => textContent.trim() === label).querySelector("input, textarea");
  const write = (label, text) => {
    const { prototype } = field(label).tagName === "INPUT" ? window.HTMLInputElement : window.HTMLTextAreaElement;
    Object.getOwnPropertyDescriptor(prototype, "value").set.call(field(label), text);
    field(label).dispatchEvent(new window.Event("input", { bubbles: true }));
  };
  const press = async () => {
    await act(async () => {
      window.document.querySelector("button").click();
      await new Promise((resolve) => setTimeout(resolve, 20));
    });
    return [...window.document.querySelectorAll("[role=alert], output")].map(({ textContent }) => textContent).filter(Boolean);
  };

  const empty = await press();
  write("E-mail", "ada@example");
  write("Amount", "12.345");
  const wrong = await press();
  write("E-mail", "ada@example.org");
  write("Amount", "25,50");
  const open = await press();
  const done = await press();
  await act(async () => root.unmount());

  assert.deepEqual(empty, ["E-mail: Enter an e-mail address.", "Amount: Enter an amount such as 25.50."]);
  assert.deepEqual(wrong, ["Amount: Enter an amount such as 25.50."]);
  assert.deepEqual([open, done], [["Not confirmed. Press again: it will not be sent twice."], ["Sent."]]);
  assert.equal(sent.length, 2);
  assert.deepEqual(sent[0], sent[1]);
  const [[method, path, { PONumber, ...order }]] = sent;
  assert.deepEqual([method, path], ["POST", "/api/orders"]);
  assert.match(PONumber, /^WEB-\w+$/);
  assert.deepEqual(order, {
    Type: "DigitalDelivery",
    LineItems: [{ ProductId: "INKWHISTLE", Quantity: 1, DigitalDeliveryAddress: { Email: "ada@example.org" }, Value: 25.5 }],
  });
});
