// One smallest order of links, posted twice: what the API says of the second, and what it echoes of the first.
import { isGiftCardError, quoteOrder, randomPoNumber } from "giftcard-partners";

import { approve } from "../approval.js";
import { Refusal } from "../fault.js";
import { keysOf, listOf, member, shapeOf } from "./answer.js";
import { asAssumed, notSeen, otherwise } from "./verdict.js";

const ECHOED = ["Type", "PONumber", "ProductId", "Value", "Quantity"];

export async function trialOrder({ probe, client, limit, callback, out }) {
  const catalog = await client.catalog();
  const order = smallest(catalog, callback);
  const { total, currency } = quoteOrder(order, catalog);
  out.note("\n`--order` places one order, and posts it a second time to see what is said of that. Use a stage account.");
  await approve([{ total, currency }], limit, out);

  const { body } = client.prepareOrder(order);
  const placed = await client.createOrder(body).catch((error) => {
    if (!isGiftCardError(error)) throw error;
    out.note(`The order ${order.PONumber} was not placed for sure: ${error.message}`);
    return { error };
  });
  if (placed.error) {
    const { code, status, outcome } = placed.error;
    return Object.fromEntries(["orders.duplicate", "orders.echo"].map((id) => [id, notSeen({ code, status, outcome })]));
  }
  const again = await probe.request("POST", "/v1/Orders", body);
  const history = listOf(await probe.get("/v1/Orders"));
  const byId = await probe.get(`/v1/Orders/${encodeURIComponent(placed.order.Id)}`);
  const isListed = history?.items.some((item) => member(item, "PONumber") === order.PONumber) ?? false;
  return {
    "orders.duplicate": duplicate(again, String(placed.order.Id), { foundById: byId.status < 300, foundInHistory: isListed }),
    "orders.echo": echo(order, byId.status < 300 ? byId.json : placed.order),
  };
}

function smallest(catalog, callback) {
  const [offer] = catalog
    .search({ deliveryType: "Links" })
    .filter(({ Denominations }) => Denominations.length > 0)
    .map(({ Id, Denominations }) => ({ Id, value: Math.min(...Denominations) }))
    .sort((a, b) => a.value - b.value);
  if (!offer) throw new Refusal("No product of the account can be ordered as Links: --order has nothing to place.");
  return {
    Type: "Links",
    LineItems: [{ ProductId: offer.Id, Value: offer.value, Quantity: 1 }],
    PONumber: randomPoNumber("DOCTOR"),
    ...(callback && { WebhookSettings: { FulfillmentComplete: callback } }),
  };
}

function duplicate(again, id, found) {
  const names = [member(again.json, "PreviousOrderIds"), member(again.json, "Id"), member(again.json, "OrderId")].flat().filter((value) => value !== undefined && value !== null);
  const isNamed = names.some((name) => String(name) === id);
  const seen = { ...shapeOf(again), isNamed, ...found };
  if (again.status === 409 && isNamed && found.foundById) return asAssumed(seen);
  // Without an id the history decides. A second order is what must never be.
  if (again.status === 409) return otherwise(seen, { copes: found.foundById && (isNamed || found.foundInHistory) });
  return otherwise(seen, { copes: again.status < 300 && isNamed });
}

function echo(order, answer) {
  const [line] = order.LineItems;
  const echoed = member(answer, "LineItems")?.[0];
  if (answer === undefined) return notSeen();
  const seen = Object.fromEntries(
    ECHOED.map((name) => {
      const [sent, shown] = Object.hasOwn(order, name) ? [order[name], member(answer, name)] : [line[name], member(echoed, name)];
      return [name, shown === undefined || shown === null ? "absent" : same(sent, shown) ? "same" : "another"];
    }),
  );
  const words = Object.values(seen);
  const told = { ...seen, keys: keysOf(answer), lineKeys: keysOf(echoed) };
  return words.every((word) => word === "same") ? asAssumed(told) : otherwise(told, { copes: !words.includes("another") });
}

const same = (sent, shown) => (typeof sent === "number" ? Number(shown) === sent : shown === sent);
