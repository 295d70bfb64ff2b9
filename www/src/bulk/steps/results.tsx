// What became of each recipient, for a manager to look up, to export and to print.
import { computed, effect, signal } from "@preact/signals";
import { useEffect } from "preact/hooks";

import { count, money } from "../../desk";
import { day, plural } from "../../parts/text";
import { doing, order, plan, results } from "../job";
import type { ResultRow, Standing } from "../messages";
import { Again, sendingAgain } from "./again";

/** Rows drawn at first, and with each "Show more". */
const STEP = 50;
/** A printed list of more would be a book: the file has them all. */
const PRINTED = 5_000;

const STANDINGS: Record<Standing, [name: string, tone: string]> = {
  paid: ["Paid", "good"],
  refused: ["Refused", "bad"],
  doubt: ["In doubt", "warn"],
  waiting: ["Not sent", ""],
};

const REASONS: Record<string, string> = {
  insufficient_funds: "The funds did not cover it.",
  po_number_conflict: "An order of another content has its PO number.",
};

const search = signal("");
const standing = signal<Standing | "">("");
const most = signal(STEP);
const printing = signal(false);

const campaign = computed(() => plan.value?.id);

/** Asked for anew with each key, and once something was done. */
effect(() => {
  if (campaign.value && doing.value !== "plan") order({ do: "results", search: search.value, standing: standing.value, most: most.value });
});

effect(() => {
  const told = results.value;
  if (!printing.value || !told || told.rows.length < Math.min(told.found, PRINTED)) return;
  printing.value = false;
  requestAnimationFrame(() => requestAnimationFrame(() => print()));
});

export function Results() {
  useEffect(() => () => (sendingAgain.value = undefined), []);
  const told = results.value;
  if (!told) return null;
  const { rows, found, all, totals } = told;
  const change = (set: () => void) => {
    set();
    most.value = STEP;
  };
  return (
    <div class="stack">
      <dl class="figures">
        {totals.map(({ standing, people, sums }) => (
          <div key={standing} class={people > 0 ? STANDINGS[standing][1] : ""}>
            <dt>
              {STANDINGS[standing][0]}, {plural(people, "person", "people")}
            </dt>
            <dd>{sums.length > 0 ? sums.map(({ value, currency }) => money(value, currency)).join(" + ") : money(0)}</dd>
          </div>
        ))}
      </dl>
      <form role="search" class="panel pair unprinted" onSubmit={(event) => event.preventDefault()}>
        <div class="field">
          <label for="results-search">Name, address or PO number</label>
          <input id="results-search" type="search" autocomplete="off" value={search.value} onInput={({ currentTarget }) => change(() => (search.value = currentTarget.value))} />
        </div>
        <div class="field">
          <label for="results-standing">State</label>
          <select id="results-standing" value={standing.value} onChange={({ currentTarget }) => change(() => (standing.value = currentTarget.value as Standing))}>
            <option value="">Any</option>
            {Object.entries(STANDINGS).map(([id, [name]]) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </select>
        </div>
      </form>
      <div class="row unprinted">
        <p class="soft num" role="status">
          {found === all ? plural(all, "recipient") : `${count(found)} of ${plural(all, "recipient")}`}
        </p>
        <button type="button" onClick={() => order({ do: "results-file" })}>
          Download as CSV
        </button>
        <button
          type="button"
          disabled={found > PRINTED}
          onClick={() => {
            printing.value = true;
            most.value = PRINTED;
          }}
        >
          Print
        </button>
      </div>
      {rows.length > 0 && (
        <section class="panel">
          <table class="cards results">
            <thead>
              <tr>
                <th scope="col">Recipient</th>
                <th scope="col">Product</th>
                <th scope="col" class="number">
                  Value
                </th>
                <th scope="col">State</th>
                <th scope="col">Date</th>
                <th scope="col">Order</th>
                <th scope="col" class="unprinted">
                  <span class="hidden-text">Send again</span>
                </th>
              </tr>
            </thead>
            <tbody>
              {rows.map((row) => (
                <Row key={row.key} row={row} />
              ))}
            </tbody>
          </table>
        </section>
      )}
      {found > rows.length && (
        <div class="row unprinted">
          <button type="button" onClick={() => (most.value += STEP)}>
            Show {Math.min(STEP, found - rows.length)} more
          </button>
        </div>
      )}
      {sendingAgain.value && <Again row={sendingAgain.value} />}
    </div>
  );
}

function Row({ row }: { row: ResultRow }) {
  const { name, address, product, value, quantity, currency, poNumber, reason, date, campaign, fields } = row;
  const [state, tone] = STANDINGS[row.standing];
  const who = name || address;
  return (
    <tr>
      <th scope="row" class="anywhere">
        {name && <strong>{name}</strong>}
        <span class="soft">{address}</span>
      </th>
      <td>{product}</td>
      <td class="number">
        {quantity > 1 && `${quantity} × `}
        {money(value, currency)}
      </td>
      <td>
        <span class={`tag ${tone}`}>{state}</span>
        {reason && <span class="soft small">{REASONS[reason] ?? reason.replaceAll("_", " ")}</span>}
      </td>
      <td>{day(date)}</td>
      <td class="small anywhere">
        <span>{poNumber}</span>
        <span class="soft">{campaign}</span>
      </td>
      <td class="unprinted">
        {row.standing === "paid" && Object.keys(fields).length > 0 && (
          <button type="button" aria-label={`Send again to ${who}`} onClick={() => (sendingAgain.value = row)}>
            Send again
          </button>
        )}
      </td>
    </tr>
  );
}
