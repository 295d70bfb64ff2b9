// What became of the file's rows: sums, what to mend and why, and what stands twice.
import { signal } from "@preact/signals";

import { count, money } from "../desk";
import { download, focus, stem } from "../parts/dom";
import { plural } from "../parts/text";
import { doing, drops, order, plan, report, takeAgain } from "./job";
import { type Report, hasPaid, isOf, known, mayExist, open } from "./messages";
import { words } from "./words";

const SIZES = [10, 50, 100, 500];

/** What was chosen for this report, and for no other. */
const chosen = signal<{ told?: Report; name?: string; size?: number; payAgain?: boolean }>({});

export function ReportPanel({ told }: { told: Report }) {
  const own = chosen.value.told === told ? chosen.value : {};
  const choose = (choice: object) => (chosen.value = { ...own, told, ...choice });
  const size = own.size ?? (told.accepted <= 1_000 ? 10 : told.accepted <= 10_000 ? 100 : 500);
  const name = own.name ?? stem(told.name);
  const earlier = before(told);
  const leaveOut = !own.payAgain;
  const make = (drop: number) => order({ do: "plan", name, linesPerOrder: size, leaveOut, drop });
  const submit = (event: Event) => {
    event.preventDefault();
    make(0);
  };
  const lost = drops.value && plural(drops.value, "person", "people");
  const another = () => {
    report.value = undefined;
    focus("drop-title");
  };
  return (
    <section class="panel stack" aria-labelledby="report-title">
      <h2 id="report-title" tabIndex={-1}>
        What {told.name} holds
      </h2>
      <dl class="figures">
        <div>
          <dt>Rows</dt>
          <dd>{count(told.rows)}</dd>
        </div>
        <div class="good">
          <dt>Accepted</dt>
          <dd>{count(told.accepted)}</dd>
        </div>
        <div class={told.rejected > 0 ? "bad" : ""}>
          <dt>To mend</dt>
          <dd>{count(told.rejected)}</dd>
        </div>
        <div>
          <dt>Duplicates</dt>
          <dd>{count(told.duplicates)}</dd>
        </div>
        {told.totals.map(({ currency, faceValue }) => (
          <div key={currency}>
            <dt>Face value</dt>
            <dd>{money(faceValue, currency)}</dd>
          </div>
        ))}
      </dl>
      {told.issues.map(({ line, message, params }) => (
        <p key={message} class="notice warn">
          Line {line}: {words(message)}
          {params?.count !== undefined && params.count > 1 && ` (${count(params.count)} rows)`}
        </p>
      ))}
      {told.ignoredColumns.length > 0 && <p class="soft anywhere">Not read: {told.ignoredColumns.join(", ")}</p>}
      {told.rejected > 0 && <Rejected told={told} />}
      {told.duplicates > 0 && <Duplicated told={told} />}
      <form class="stack" onSubmit={submit}>
        <div class="pair">
          <div class="field">
            <label for="campaign-name">Name of the campaign</label>
            <input id="campaign-name" required value={name} onInput={({ currentTarget }) => choose({ name: currentTarget.value })} aria-describedby="campaign-hint" />
            <span class="hint" id="campaign-hint">
              The same rows under the same name are the same orders.
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
          <button type="submit" class={plan.value ? "" : "main"} disabled={told.accepted === 0 || doing.value !== undefined || earlier?.isInTheWay}>
            {earlier && leaveOut ? "Plan the rest" : `Plan ${plural(Math.ceil(told.accepted / size), "order")}`}
          </button>
          <button type="button" disabled={doing.value !== undefined} onClick={another}>
            Take another file
          </button>
        </div>
      </form>
    </section>
  );
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

/** Rows that would pay somebody again, and the one click by which they are meant so, or are not. */
function Duplicated({ told }: { told: Report }) {
  const wereRejected = told.duplicatesWere === "reject";
  const rows = plural(told.duplicates, "row");
  return (
    <details open>
      <summary>{rows} paying what an earlier row pays</summary>
      <div class="row">
        <p class="soft">They are {wereRejected ? "rejected: nobody is paid twice by mistake." : "accepted: each pays its person again."}</p>
        <button type="button" disabled={doing.value !== undefined} onClick={() => takeAgain(wereRejected ? "accept" : "reject")}>
          {wereRejected ? `Pay ${rows} again` : `Reject ${rows}`}
        </button>
      </div>
      <ul class="small num bullets">
        {told.duplicateRows.map(({ line, firstLine }) => (
          <li key={line}>
            Line {line} is as line {firstLine}.
          </li>
        ))}
      </ul>
    </details>
  );
}

function Rejected({ told }: { told: Report }) {
  return (
    <div class="stack tight">
      <div class="row">
        <h3>Rows to mend</h3>
        <button type="button" onClick={() => told.mend && download(told.mend, `${stem(told.name)}-to-mend.csv`)}>
          Download the rows to mend
        </button>
      </div>
      <div class="scroll" tabIndex={0} role="region" aria-label="Rows to mend">
        <table>
          <thead>
            <tr>
              <th scope="col">Line</th>
              <th scope="col">Column</th>
              <th scope="col">What to do</th>
            </tr>
          </thead>
          <tbody>
            {told.rejectedRows.flatMap(({ line, issues }) =>
              issues.map(({ column, code, message }) => (
                <tr key={`${line}-${code}-${column}-${message}`}>
                  <td>{line}</td>
                  <td>{column ?? "–"}</td>
                  <td>{words(message)}</td>
                </tr>
              )),
            )}
          </tbody>
        </table>
      </div>
      {told.rejected > told.rejectedRows.length && <p class="soft">The first {count(told.rejectedRows.length)}; the file has them all.</p>}
    </div>
  );
}
