// The orders of the account, a page at a time, and each of them to open.
import { signal } from "@preact/signals";
import type { Order, OrderLine } from "giftcard-partners/slim";
import { useEffect, useRef, useState } from "preact/hooks";

import { catalog, client, money, sentenceOf } from "../desk";
import { day, plural } from "../parts/text";
import { historyOf } from "../snippets/account.js";
import { deliveryName } from "./catalog";

/** Orders that are shown at first, and with each "Show more". */
const STEP = 10;
/** Lines of an order that are drawn. */
const LINES = 100;

const seen = signal<Order[]>();
const isAll = signal(false);
const problem = signal<string>();
const chosen = signal<Order>();

let walk: AsyncIterator<Order> | undefined;

/** From the newest on. */
export async function reload(): Promise<void> {
  if (!client.value) return;
  walk = historyOf(client.value, STEP);
  seen.value = [];
  await more();
}

async function more(): Promise<void> {
  const own = walk;
  const page: Order[] = [];
  isAll.value = false;
  try {
    while (own && page.length < STEP) {
      const { done, value } = await own.next();
      if (done) break;
      page.push(value);
    }
    // Meanwhile it may have been begun anew.
    if (own !== walk) return;
    problem.value = undefined;
    isAll.value = page.length < STEP;
    seen.value = [...(seen.value ?? []), ...page];
  } catch (error) {
    problem.value = sentenceOf(error);
  }
}

export function History() {
  const orders = seen.value;
  return (
    <section class="panel stack" aria-labelledby="recent-title">
      <h2 id="recent-title">Orders</h2>
      {problem.value && (
        <p class="notice bad" role="alert">
          {problem.value}
        </p>
      )}
      {orders?.length === 0 && isAll.value && <p class="soft">There is none yet.</p>}
      {orders && orders.length > 0 && (
        <table class="cards">
          <thead>
            <tr>
              <th scope="col">Date</th>
              <th scope="col">Campaign and PO number</th>
              <th scope="col" class="number">
                Amount
              </th>
              <th scope="col">Status</th>
              <th scope="col">
                <span class="hidden-text">Open</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {orders.map((order) => (
              <tr key={order.Id}>
                <td>{day(order["CreatedDate"])}</td>
                <td class="anywhere">
                  <strong>{campaignOf(order)}</strong>
                  <span class="soft small">{order.PONumber}</span>
                </td>
                <td class="number">{amountOf(order)}</td>
                <td>{order.Status}</td>
                <td>
                  <button type="button" aria-label={`Open ${order.PONumber}`} aria-haspopup="dialog" onClick={() => (chosen.value = order)}>
                    Open
                  </button>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {orders && !isAll.value && (
        <div class="row">
          <button type="button" onClick={() => void more()}>
            Show more
          </button>
        </div>
      )}
      {chosen.value && <OrderDialog order={chosen.value} />}
    </section>
  );
}

function OrderDialog({ order }: { order: Order }) {
  const dialog = useRef<HTMLDialogElement>(null);
  const [now, setNow] = useState(order);
  useEffect(() => {
    dialog.current?.showModal();
    client.value?.getOrder(order.Id).then(setNow, () => undefined);
  }, []);
  const lines = now.LineItems ?? [];
  return (
    <dialog ref={dialog} aria-labelledby="order-title" onClose={() => (chosen.value = undefined)}>
      <div class="inside">
        <div class="head">
          <h2 id="order-title" class="anywhere">
            Order {now.PONumber}
          </h2>
          <button type="button" onClick={() => dialog.current?.close()}>
            Close
          </button>
        </div>
        <dl class="sums">
          <dt>Date</dt>
          <dd>{day(now["CreatedDate"])}</dd>
          <dt>Delivery</dt>
          <dd>{deliveryName(now.Type ?? "")}</dd>
          <dt>Status</dt>
          <dd>{now.Status}</dd>
          <dt class="total">Amount</dt>
          <dd class="total">{amountOf(now)}</dd>
        </dl>
        <table class="cards">
          <thead>
            <tr>
              <th scope="col">Recipient</th>
              <th scope="col">Product</th>
              <th scope="col" class="number">
                Value
              </th>
              <th scope="col">Status</th>
            </tr>
          </thead>
          <tbody>
            {lines.slice(0, LINES).map((line, index) => (
              <tr key={line.Id ?? index}>
                <td class="anywhere">{recipientOf(line)}</td>
                <td>{catalog.value?.product(line.ProductId ?? "")?.Name ?? line.ProductId}</td>
                <td class="number">
                  {(line.Quantity ?? 1) > 1 && `${line.Quantity} × `}
                  {money(line.Value, currencyOf(now))}
                </td>
                <td>{line.Status}</td>
              </tr>
            ))}
          </tbody>
        </table>
        {lines.length > LINES && <p class="soft">And {plural(lines.length - LINES, "more line")}.</p>}
      </div>
    </dialog>
  );
}

/** What a PO number of a campaign begins with, before what is derived from its rows. */
function campaignOf({ PONumber = "" }: Order): string {
  return /^(.+)-[0-9A-Z]{20,}$/.exec(PONumber)?.[1] ?? "";
}

/** What the account pays: as the API says it, else of the lines. */
function amountOf(order: Order): string {
  const total = order["TotalCost"] ?? order.LineItems?.reduce((sum, { Cost, Value = 0, Quantity = 1 }) => sum + (Cost ?? Value * Quantity), 0);
  return money(total as number | undefined, currencyOf(order));
}

function currencyOf({ LineItems }: Order): string | undefined {
  return catalog.value?.product(LineItems?.[0]?.ProductId ?? "")?.CurrencyCode;
}

function recipientOf(line: OrderLine): string {
  const { Personalization: { To } = {}, DigitalDeliveryAddress: to, PhysicalDeliveryAddress: home } = line as Record<string, Record<string, string | undefined> | undefined>;
  return [To ?? home?.["Name"], to?.["Email"] ?? to?.["Sms"] ?? home?.["City"]].filter(Boolean).join(", ");
}
