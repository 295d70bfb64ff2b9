// The fourth step: what it comes to, against the balance, and how it is planned.
import { signal } from "@preact/signals";

import { balance, count, money } from "../../desk";
import { stem } from "../../parts/dom";
import { day, plural } from "../../parts/text";
import { checking, doing, drops, order, plan, report } from "../job";
import { type Report, type ResultRow, hasPaid, isOf, known, mayExist, open } from "../messages";

const SIZES = [10, 50, 100, 500];

/** What was chosen for the lists of this name. */
const chosen = signal<{ of?: string; name?: string; prefix?: string; size?: number; payAgain?: boolean }>({});

export function Review() {
  const told = report.value;
  if (!told) return null;
  return (
    <section class="panel stack" aria-labelledby="step-title">
      <h2 id="step-title" tabIndex={-1} class="anywhere">
        Review {told.name}
      </h2>
      {told.before && <SentBefore before={told.before} />}
      <Sums told={told} />
      <PlanForm told={told} />
    </section>
  );
}

/** What the person was sent, beside what is to be sent. */
function SentBefore({ before: { name, address, product, value, quantity, currency, poNumber, date } }: { before: ResultRow }) {
  return (
    <div class="notice stack tight">
      <h3>Sent before</h3>
      <p class="anywhere">
        {[name, address].filter(Boolean).join(", ")}: {quantity > 1 && `${quantity} × `}
        {money(value, currency)}, {product}
        {date && `, on ${day(date)}`}, in order {poNumber}. That stays paid: this is another card.
      </p>
    </div>
  );
}

function Sums({ told: { products, totals, accepted, wrong } }: { told: Report }) {
  const { Available } = balance.value ?? {};
  const [only] = totals;
  const lacks = totals.length === 1 && Available !== undefined && Number(only?.faceValue) > Available;
  return (
    <>
      <div class="scroll" tabIndex={0} role="region" aria-label="What it comes to">
        <table>
          <thead>
            <tr>
              <th scope="col">Product</th>
              <th scope="col" class="number">
                Cards
              </th>
              <th scope="col" class="number">
                Face value
              </th>
            </tr>
          </thead>
          <tbody>
            {products.map(({ product, currency, cards, faceValue }) => (
              <tr key={product}>
                <td>{product}</td>
                <td class="number">{count(cards)}</td>
                <td class="number">{money(faceValue, currency)}</td>
              </tr>
            ))}
          </tbody>
          <tfoot>
            {totals.map(({ currency, faceValue, lines }) => (
              <tr key={currency}>
                <th scope="row">{totals.length > 1 ? `All in ${currency ?? "no named currency"}` : "All"}</th>
                <td class="number">{plural(lines, "row")}</td>
                <td class="number">{money(faceValue, currency)}</td>
              </tr>
            ))}
          </tfoot>
        </table>
      </div>
      <p class="num">
        {plural(accepted, "row")} ready{wrong > 0 && `, ${plural(wrong, "row")} left out since they are not fixed`}. Your balance is {money(Available)}
        {lacks ? "." : ", which covers it; fees and discounts are told before anything is sent."}
      </p>
      {lacks && (
        <p class="notice warn">
          The balance does not cover the face value. <a href="#/account">Fund the account</a> first, or send as far as it goes.
        </p>
      )}
    </>
  );
}

function PlanForm({ told }: { told: Report }) {
  const own = chosen.value.of === told.name ? chosen.value : {};
  const choose = (choice: object) => (chosen.value = { ...own, of: told.name, ...choice });
  const size = own.size ?? (told.accepted <= 1_000 ? 10 : told.accepted <= 10_000 ? 100 : 500);
  const name = own.name ?? stem(told.name);
  const poPrefix = own.prefix ?? prefixOf(name);
  const isPrefix = /^[A-Z0-9-]{0,19}$/.test(poPrefix);
  const earlier = before(told);
  const leaveOut = !own.payAgain;
  const make = (drop: number) => order({ do: "plan", name, poPrefix, linesPerOrder: size, leaveOut, drop });
  const submit = (event: Event) => {
    event.preventDefault();
    if (isPrefix) make(0);
  };
  const lost = drops.value && plural(drops.value, "person", "people");
  return (
    <form class="stack" aria-label="Plan" onSubmit={submit}>
      <div class="pair">
        <div class="field">
          <label for="campaign-name">Name of the campaign</label>
          <input id="campaign-name" required value={name} onInput={({ currentTarget }) => choose({ name: currentTarget.value })} aria-describedby="campaign-hint" />
          <span class="hint" id="campaign-hint">
            The same rows under the same name are the same orders.
          </span>
        </div>
        <div class="field">
          <label for="campaign-prefix">PO numbers begin with</label>
          <input
            id="campaign-prefix"
            value={poPrefix}
            autocomplete="off"
            aria-invalid={!isPrefix}
            aria-describedby="prefix-hint"
            onInput={({ currentTarget }) => choose({ prefix: currentTarget.value.toUpperCase() })}
          />
          <span class={isPrefix ? "hint" : "error"} id="prefix-hint">
            {isPrefix ? "So that finance can tell them apart." : "Up to 19 letters A to Z, digits and hyphens"}
          </span>
        </div>
        <div class="field">
          <label for="campaign-size">People in one order</label>
          <select id="campaign-size" value={size} onChange={({ currentTarget }) => choose({ size: Number(currentTarget.value) })}>
            {SIZES.map((lines) => (
              <option key={lines} value={lines}>
                {lines}
              </option>
            ))}
          </select>
        </div>
      </div>
      {earlier && <p class="notice warn">{earlier.said}</p>}
      {earlier?.mayPayAgain && (
        <label class="choice">
          <input type="checkbox" checked={leaveOut} onChange={({ currentTarget }) => choose({ payAgain: !currentTarget.checked })} />
          Leave out who is paid
        </label>
      )}
      {lost && (
        <div class="notice warn stack tight" id="drops" tabIndex={-1} role="alert">
          <p>
            Not in the new plan: {lost} of campaign {plan.value?.name} whose orders are not placed. Resume it first, or drop them.
          </p>
          <div class="row">
            <button type="button" onClick={() => make(drops.value ?? 0)}>
              Drop {lost}
            </button>
          </div>
        </div>
      )}
      <div class="row">
        {earlier?.toSettle && (
          <button type="button" class="main" disabled={doing.value !== undefined} onClick={() => order({ do: "settle" })}>
            Settle the open orders
          </button>
        )}
        <button type="submit" class={earlier?.isInTheWay ? "" : "main"} disabled={told.accepted === 0 || doing.value !== undefined || checking.value > 0 || earlier?.isInTheWay}>
          {earlier && leaveOut ? "Plan the rest" : `Plan ${plural(Math.ceil(told.accepted / size), "order")}`}
        </button>
      </div>
    </form>
  );
}

/** "Spring gifts 2026" is SPRING-GIFTS-2026. */
function prefixOf(name: string): string {
  const plain = name.normalize("NFD").replace(/\p{M}/gu, "").toUpperCase();
  return plain.replace(/[^A-Z0-9]+/g, "-").slice(0, 19).replace(/^-|-$/g, "");
}

interface Before {
  said: string;
  isInTheWay?: boolean;
  toSettle?: boolean;
  mayPayAgain?: boolean;
}

/** What a campaign that was sent, in part or in full, means for the next plan. The Web Worker holds to the same. */
function before(told: Report): Before | undefined {
  const kept = plan.value;
  if (!kept || !hasPaid(kept)) return undefined;
  const { name, file, progress } = kept;
  const unsettled = open(progress);
  const remain = plural(progress.remaining.orders, "order");
  if (!progress.done && !isOf(kept, told)) {
    return { said: `Campaign ${name}, of ${file}, is not finished; still to be sent: ${remain}. Resume it or forget it, then plan this file.`, isInTheWay: true };
  }
  if (unsettled > 0) {
    return {
      said: `${plural(unsettled, "order")} of campaign ${name} may be placed already. Settle that before you plan again: each is sent once more under its own PO number, so there is one of it at most.`,
      isInTheWay: true,
      toSettle: !doing.value,
    };
  }
  const isBegun = mayExist(progress) > 0;
  const { paid, missed } = known(kept);
  const who = isBegun && paid.length === 1 ? `Campaign ${name} has paid ${plural(progress.placed.lines, "person", "people")}` : `Orders of ${namesOf(paid)} have paid people`;
  const not = missed.length > 0 ? ` Not left out: people whom earlier orders of ${namesOf(missed)} have paid, since what came after was planned to pay them again.` : "";
  if (isBegun && !progress.done) return { said: `${who}, who are left out of a new plan. What remains is planned anew, from this file.${not}` };
  return { said: `${who}.${not}`, mayPayAgain: true };
}

function namesOf(names: string[]): string {
  return [...new Set(names)].join(", ");
}
