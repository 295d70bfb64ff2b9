// Handles: what a console, JSON and a clone make of one, and how one crosses to another entry or another copy of the package.
import assert from "node:assert/strict";
import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { fileURLToPath, pathToFileURL } from "node:url";
import { inspect } from "node:util";

import * as root from "giftcard-partners";
import * as bulk from "giftcard-partners/bulk";
import * as order from "giftcard-partners/order";

import { DIGITAL, LIMIT, LINKS, setUp, thrown } from "./support.js";

const PACKAGE = dirname(fileURLToPath(import.meta.resolve("giftcard-partners")));
const PRODUCT = { Id: "INKWHISTLE", Currency: "USD", DenominationType: "Fixed", Denominations: [25], AvailableDeliveryTypes: ["Links"] };
const noSave = async () => {};

function reported({ RecipientImport }, options) {
  const recipients = new RecipientImport({ type: "Links", ...options });
  recipients.push(new TextEncoder().encode("product,value,to\nINKWHISTLE,25,Ann\nINKWHISTLE,26,Bob\n"));
  return recipients.finish();
}

const pushed = () => {
  const recipients = new root.RecipientImport({ type: "DigitalDelivery" });
  recipients.push(new TextEncoder().encode("email,product,value\nann@example.org,INKWHISTLE,25\n"));
  return recipients;
};

// [name, makes one, what it is]
const HANDLES = [
  ["GiftCardPartners", () => new root.GiftCardPartners({ baseUrl: "https://api.example/v", headers: { "X-Key": "secret" } }), { baseUrl: "https://api.example/v" }],
  ["Catalog", () => order.Catalog.from([PRODUCT]), { size: 1, hash: order.Catalog.from([PRODUCT]).hash }],
  ["OrderBuilder", () => order.OrderBuilder.digitalDelivery("PO-1").addLine(DIGITAL.LineItems[0]), { Type: "DigitalDelivery", PONumber: "PO-1", lines: 1 }],
  ["RecipientImport", pushed, pushed().toJSON()],
  ["ImportReport", () => reported(root), reported(root).toJSON()],
  ["Campaign", () => reported(root).plan({ campaign: "spring" }), reported(root).plan({ campaign: "spring" }).progress()],
];

for (const [name, make, is] of HANDLES) {
  test(`JSON and a console show what a ${name} is, and a clone is refused`, () => {
    const handle = make();

    assert.deepEqual(JSON.parse(JSON.stringify({ handle })).handle, JSON.parse(JSON.stringify(is)));
    assert.ok(Object.keys(is).length > 0);
    const shown = inspect(handle, { depth: Infinity, showHidden: true });
    assert.ok(shown.startsWith(`${name} {`), shown);
    for (const key of Object.keys(is)) assert.ok(shown.includes(key), shown);
    assert.deepEqual([Object.keys(handle), Object.getOwnPropertySymbols(handle)], [[], []]);
    assert.throws(() => structuredClone(handle), { name: "DataCloneError" });
    for (const text of [shown, JSON.stringify(handle), String(handle)]) assert.doesNotMatch(text, /__wbg|ptr|secret|ann@|person@/);
    handle.free();
    assert.equal(inspect(handle), `${name} (freed)`);
    assert.ok(thrown(() => JSON.stringify(handle)) instanceof root.ConfigError);
  });
}

test("no class has a method that is not meant for callers", () => {
  for (const [name, make] of HANDLES) {
    for (let level = make(); level !== Object.prototype; level = Object.getPrototypeOf(level)) {
      assert.deepEqual(Object.getOwnPropertyNames(level).filter((key) => key.startsWith("_")), [], name);
    }
  }
});

test("a method that is called on something else is a ConfigError", async () => {
  const { createOrder, prepareOrder } = new root.GiftCardPartners({ baseUrl: "https://api.example" });
  const { next } = reported(root).plan({ campaign: "spring" });

  await assert.rejects(createOrder(LINKS), { name: "ConfigError", message: /createOrder must be called as a method/ });
  for (const act of [() => prepareOrder(LINKS), () => next(), () => new order.Catalog(), () => new bulk.Campaign({})]) assert.ok(thrown(act) instanceof root.ConfigError);
});

/** Another copy of the package, as npm installs one where two versions are asked for. */
async function copyOf(t) {
  const folder = mkdtempSync(join(tmpdir(), "giftcard-partners-"));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  cpSync(PACKAGE, folder, { recursive: true });
  return import(pathToFileURL(join(folder, "index.js")).href);
}

test("a catalog of any entry or copy is taken by every other, however often", LIMIT, async (t) => {
  const copy = await copyOf(t);
  const wrong = { ...LINKS, LineItems: [{ ...LINKS.LineItems[0], Value: 26 }] };
  for (const maker of [root, order, copy]) {
    const catalog = maker.Catalog.from([PRODUCT]);

    for (const taker of [root, order, copy]) {
      for (let time = 0; time < 2; time += 1) {
        assert.deepEqual(taker.validateOrder(wrong, { catalog }).issues.map(({ code }) => code), ["denomination_not_offered"]);
      }
      assert.equal(taker.parseOrder(LINKS, { catalog }).PONumber, LINKS.PONumber);
      assert.equal(taker.quoteOrder(LINKS, catalog).faceValue, "50.00");
    }
    for (const taker of [root, bulk, copy]) {
      const report = reported(taker, { catalog });
      assert.deepEqual([report.accepted, report.rejected.length], [1, 1]);
      assert.equal(report.plan({ campaign: "spring" }).quote(catalog)[0].faceValue, "25.00");
    }
    catalog.free();
    assert.match(thrown(() => root.validateOrder(LINKS, { catalog })).message, /freed/);
  }
});

test("the client's catalog is taken by lists", LIMIT, async () => {
  const { client } = setUp();

  assert.equal(reported(bulk, { catalog: await client.catalog() }).accepted, 1);
});

test("a campaign of another copy is placed where it is, planned after, and its claims are written", LIMIT, async (t) => {
  const copy = await copyOf(t);
  const { client, sandbox } = setUp();
  const people = (entry) => {
    const recipients = new entry.RecipientImport({ type: "DigitalDelivery" });
    recipients.push(new TextEncoder().encode("email,product,value\nann@example.org,INKWHISTLE,25\nbob@example.org,INKWHISTLE,25\n"));
    return recipients.finish();
  };
  const campaign = people(copy).plan({ campaign: "spring" });

  const progress = await client.placeCampaign(campaign, { save: noSave });

  assert.equal(progress.done, true);
  assert.deepEqual(campaign.progress(), progress);
  const claims = (entry) => new TextDecoder().decode(entry.claimsCsv(campaign, sandbox.orders()));
  assert.equal(claims(root), claims(copy));
  assert.equal(people(root).plan({ campaign: "spring again", after: campaign }).alreadyPlanned, 2);
});
