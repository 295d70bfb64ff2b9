// Which statuses deny an order, and which leave it in doubt: through the package, order by order and in a campaign.
import assert from "node:assert/strict";
import { test } from "node:test";

import { RecipientImport, responseBody } from "giftcard-partners";

import { LIMIT, LINKS, bare, fastClock, json, rejection, setUp } from "./support.js";

const REFUSALS = [300, 301, 302, 304, 307, 308, 400, 401, 403, 404, 405, 406, 411, 413, 414, 415, 421, 422, 426, 428, 429, 431, 501, 505];
const RETRIED = [408, 500, 502, 503, 504, 520, 521, 522, 523, 524, 525, 526, 527, 530];
const IN_DOUBT = [303, 402, 407, 410, 412, 416, 417, 418, 419, 423, 424, 425, 440, 444, 449, 451, 460, 463, 494, 499, 506, 507, 508, 510, 511, 531, 561, 598, 599];

/** An answer with that status and nothing to read. */
const bareAnswer = (status) => new Response(null, { status });

test("a refusal that the reference or HTTP documents is one, and the order may be placed anew", LIMIT, async (t) => {
  const clock = fastClock(t);
  for (const status of REFUSALS) {
    const { client, requests } = bare(() => bareAnswer(status), { maxRetries: 0 });

    const error = await clock.run(rejection(client.createOrder(LINKS)));

    assert.deepEqual([error.outcome, error.status], ["rejected", status]);
    assert.ok(requests.every(({ method }) => method === "POST"), `${status}`);
  }
});

test("any other status of an order that was placed is followed into the history, and the order is found there", LIMIT, async (t) => {
  const clock = fastClock(t);
  for (const status of [...IN_DOUBT, ...RETRIED]) {
    const { sandbox } = setUp();
    const fetch = async (request) => {
      const answer = await sandbox.fetch(request);
      return request.method === "POST" && answer.status === 201 ? bareAnswer(status) : answer;
    };
    const { client } = setUpWith(sandbox, fetch);

    const { outcome, order } = await clock.run(client.createOrder(LINKS));

    assert.deepEqual([outcome, order.PONumber], ["reconciled", LINKS.PONumber], `${status}`);
    assert.equal(sandbox.orders().length, 1);
  }
});

test("any other status of an order that the history does not show leaves it unknown, and never rejected", LIMIT, async (t) => {
  const clock = fastClock(t);
  for (const [statuses, posts] of [[IN_DOUBT, 1], [RETRIED, 3]]) {
    for (const status of statuses) {
      const { sandbox } = setUp();
      let sent = 0;
      const { client } = setUpWith(sandbox, async (request) => {
        const isOrder = request.method === "POST" && request.url.endsWith("/v1/Orders");
        sent += isOrder ? 1 : 0;
        return isOrder ? bareAnswer(status) : sandbox.fetch(request);
      });

      const error = await clock.run(rejection(client.createOrder(LINKS)));

      assert.deepEqual([error.outcome, error.status, sent], ["unknown", status, posts], `${status}`);
    }
  }
});

test("a campaign does not take a request that was given up for a refusal: its order stays in doubt, and nobody is paid again", LIMIT, async (t) => {
  const clock = fastClock(t);
  for (const status of [444, 460, 499]) {
    const { sandbox } = setUp();
    // The order is placed, its answer is lost, and no history shows it.
    const { client } = setUpWith(sandbox, async (request) => {
      const answer = await sandbox.fetch(request);
      if (request.url.includes("/v1/Orders?")) return json({ data: [] });
      return request.url.endsWith("/v1/Orders") ? bareAnswer(status) : answer;
    });
    const importer = new RecipientImport({ type: "Links", defaults: { ProductId: "INKWHISTLE", Quantity: 1 } });
    importer.push(new TextEncoder().encode("name,value\nAda,25\nBob,25\n"));
    const report = importer.finish();
    const campaign = report.plan({ campaign: "given up", maxLinesPerOrder: 1 });

    const progress = await clock.run(client.placeCampaign(campaign, { save: async () => {}, concurrency: 1 }));

    assert.deepEqual([...campaign.orders()].map(({ state }) => state), ["unknown", "unknown"], `${status}`);
    assert.equal(progress.rejected ?? progress.states?.rejected ?? 0, 0);
    assert.equal(sandbox.orders().length, 2);
    assert.equal(report.plan({ campaign: "grown", after: campaign }).alreadyPlanned, 2);
  }
});

test("a 404 names the request and asks for baseUrl, without what a query or a path says of a person", LIMIT, async () => {
  const { client } = bare(() => json({ message: "ann@example.org" }, 404));
  for (const [call, request] of [
    [() => client.getOrder("ORDER-1"), "GET /base/v1/Orders/ORDER-1"],
    [() => client.getProduct("CVS"), "GET /base/v1/Products/CVS"],
    [() => client.createToken(), "POST /base/v1/Tokens"],
    [() => client.createOrder(LINKS), "POST /base/v1/Orders"],
    [() => client.listProducts({ productName: "ann" }), "GET /base/v1/Products"],
    [() => client.request("DELETE", "/v1/People/ann@example.org?mail=ann@example.org"), "DELETE /base/v1/People/…"],
  ]) {
    const error = await rejection(call());

    assert.ok(error.message.includes(`(404): ${request}.`), error.message);
    assert.match(error.message, /Is baseUrl right\?/);
    assert.doesNotMatch(error.message, /ann/);
  }
});

test("baseUrl may end with the version that every path begins with", LIMIT, async () => {
  for (const end of ["/v1", "/v1/", "/V1", "/proxy/v1//"]) {
    const urls = [];
    const { sandbox } = setUp();
    const { client } = setUpWith(sandbox, async (request) => urls.push(request.url) && json({ id: "A", Value: "t" }), `https://api.example${end}`);

    await client.getOrder("A");

    const base = end.startsWith("/proxy") ? "/proxy" : "";
    assert.deepEqual(urls, [`https://api.example${base}/v1/Tokens`, `https://api.example${base}/v1/Orders/A`]);
  }
});

test("a 400 names the field that the API named, and never its words", LIMIT, async () => {
  for (const [body, named] of [
    [{ errors: { "LineItems[0].DigitalDeliveryAddress.Email": ["person@example.org is no address"] } }, "LineItems[0].DigitalDeliveryAddress.Email"],
    [{ ModelState: { "order.lineItems[1].value": ["Ann may not have it"] } }, "LineItems[1].Value"],
    [{ errors: [{ field: "/LineItems/0/Personalization/To", message: "Ann" }] }, "LineItems[0].Personalization.To"],
    [{ errors: { Ann: ["is unknown"] }, detail: "Ann" }, undefined],
  ]) {
    const { client } = bare(() => json(body, 400));

    const error = await rejection(client.createOrder(LINKS));

    assert.equal(error.message.includes("named"), named !== undefined, error.message);
    if (named) assert.ok(error.message.includes(named), error.message);
    assert.doesNotMatch(error.message, /Ann|person/);
    assert.equal(responseBody(error), JSON.stringify(body));
    assert.equal(error.outcome, "rejected");
  }
});

function setUpWith(sandbox, fetch, baseUrl = sandbox.baseUrl) {
  return setUp({ baseUrl, credentials: sandbox.credentials, fetch, maxRetries: 2 });
}
