// The client's `profile`: what is known of an API's lists beyond the reference.
import assert from "node:assert/strict";
import { test } from "node:test";

import { GiftCardPartners } from "giftcard-partners";

import { BASE_URL, json, thrown } from "./support.js";

const ITEMS = Array.from({ length: 7 }, (_, at) => ({ Id: `P${at}`, Name: `Product ${at}`, DenominationType: "Fixed", Denominations: [25], AvailableDeliveryTypes: ["Links"], PONumber: `PO-${at}` }));

/** A client of an API with these pages, and the queries that it was asked. */
function setUp(profile, { first = 1, most = Infinity, bare = false } = {}) {
  const queries = [];
  const fetch = async (request) => {
    const { pathname, search, searchParams } = new URL(request.url ?? request);
    queries.push(search);
    const item = ITEMS.find(({ Id }) => pathname.endsWith(`/${Id}`));
    if (item) return json(item);
    if (bare) return json(ITEMS);
    const size = Number(searchParams.get("pageSize") ?? 2);
    if (size > most) return json({ Message: "pageSize" }, 400);
    const index = Number(searchParams.get("pageIndex") ?? first);
    const from = (index - first) * size;
    return json({ Data: ITEMS.slice(from, from + size), Page: index, PageSize: size, TotalCount: ITEMS.length });
  };
  return { client: new GiftCardPartners({ baseUrl: BASE_URL, fetch, profile, maxRetries: 0 }), queries };
}

async function ids(list) {
  const found = [];
  for await (const { Id } of list) found.push(Id);
  return found;
}

const ALL = ITEMS.map(({ Id }) => Id);

test("an API that counts pages from 0 is asked so, and the caller counts from 1", async () => {
  const { client, queries } = setUp({ firstPageIndex: 0 }, { first: 0 });

  const second = await client.listProducts({ pageIndex: 2, pageSize: 3 });
  const found = await ids(client.listOrders({ pageIndex: 1, pageSize: 3 }));
  const order = await client.findOrder("PO-0");
  const catalog = await client.catalog();

  assert.equal(queries[0], "?pageIndex=1&pageSize=3");
  assert.deepEqual([second.PageIndex, second.Items.map(({ Id }) => Id)], [2, ["P3", "P4", "P5"]]);
  assert.deepEqual(found, ALL);
  assert.equal(order.Id, "P0");
  assert.equal(catalog.size, ALL.length);
});

test("no larger page is asked for than the API hands out, and none that is smaller than need be", async () => {
  const { client, queries } = setUp({ pageSize: 4 }, { most: 4 });

  const products = await ids(client.listProducts());
  const catalog = await client.catalog();
  const own = await client.listProducts({ pageSize: 3 });

  assert.deepEqual(products, ALL);
  assert.equal(catalog.size, ALL.length);
  assert.equal(own.Items.length, 3);
  assert.ok(queries.every((query) => /pageSize=[34]$/.test(query)), queries.join(" "));
  assert.equal(queries.length, 5);
});

test("a list that comes whole is asked for without a page", async () => {
  const { client, queries } = setUp({ lists: "bare" }, { bare: true });

  assert.deepEqual(await ids(client.listOrders({ pageIndex: 1, pageSize: 3 })), ALL);
  assert.equal((await client.catalog()).size, ALL.length);
  assert.deepEqual(queries, ["", ""]);
});

test("a profile that cannot be used is refused by name", () => {
  const refused = { firstPageIndex: 2, pageSize: 0, lists: "tree" };

  for (const [name, value] of Object.entries(refused)) {
    const error = thrown(() => setUp({ [name]: value }));
    assert.equal(error.code, "invalid_config");
    assert.match(error.message, new RegExp(`profile\\.${name}|${name} must`));
  }
  assert.match(thrown(() => setUp("bare")).message, /profile must be an object/);
  setUp({ firstPageIndex: undefined, pageSize: undefined, lists: undefined });
});
