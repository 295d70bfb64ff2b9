// What became of the file's rows: sums, what to mend and why, and what stands twice.
import { signal } from "@preact/signals";

import { count, money } from "../desk";
import { plural } from "../parts/text";
import { order, plan, report } from "./job";
import type { Report } from "./messages";

const SIZES = [10, 50, 100, 500];

const linesPerOrder = signal<number>();
const name = signal<string>();

export function ReportPanel({ told }: { told: Report }) {
  const size = linesPerOrder.value ?? (told.accepted <= 1_000 ? 10 : told.accepted <= 10_000 ? 100 : 500);
  const campaign = name.value ?? told.name.replace(/\.[^.]*$/, "");
  const submit = (event: Event) => {
    event.preventDefault();
    order({ do: "plan", name: campaign, linesPerOrder: size });
  };
  return (
    <section class="panel stack" aria-labelledby="report-title">
      <h2 id="report-title">What {told.name} holds</h2>
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
      {told.issues.map(({ line, message, code }) => (
        <p key={code} class="notice warn">
          Line {line}: {message}
        </p>
      ))}
      {told.ignoredColumns.length > 0 && <p class="soft">Not read: {told.ignoredColumns.join(", ")}</p>}
      {told.rejected > 0 && <Rejected told={told} />}
      {told.duplicates > 0 && (
        <details>
          <summary>{plural(told.duplicates, "row")} paying what an earlier row pays</summary>
          <p class="soft">They are accepted: see whether they are meant.</p>
          <ul class="small num bullets">
            {told.duplicateRows.map(({ line, firstLine }) => (
              <li key={line}>
                Line {line} is as line {firstLine}.
              </li>
            ))}
          </ul>
        </details>
      )}
      <form class="stack" onSubmit={submit}>
        <div class="pair">
          <div class="field">
            <label for="campaign-name">Name of the campaign</label>
            <input id="campaign-name" required value={campaign} onInput={({ currentTarget }) => (name.value = currentTarget.value)} aria-describedby="campaign-hint" />
            <span class="hint" id="campaign-hint">
              The same rows under the same name are the same orders.
            </span>
          </div>
          <div class="field">
            <label for="campaign-size">People in one order</label>
            <select id="campaign-size" value={size} onChange={({ currentTarget }) => (linesPerOrder.value = Number(currentTarget.value))}>
              {SIZES.map((lines) => (
                <option key={lines} value={lines}>
                  {lines}
                </option>
              ))}
            </select>
          </div>
        </div>
        <div class="row">
          <button type="submit" class={plan.value ? "" : "main"} disabled={told.accepted === 0}>
            Plan {plural(Math.ceil(told.accepted / size), "order")}
          </button>
          <button type="button" onClick={() => (report.value = undefined)}>
            Take another file
          </button>
        </div>
      </form>
    </section>
  );
}

function Rejected({ told }: { told: Report }) {
  const download = () => {
    if (!told.mend) return;
    const link = document.createElement("a");
    link.href = URL.createObjectURL(told.mend);
    link.download = `${told.name.replace(/\.[^.]*$/, "")}-to-mend.csv`;
    link.click();
    URL.revokeObjectURL(link.href);
  };
  return (
    <div class="stack tight">
      <div class="row">
        <h3>Rows to mend</h3>
        <button type="button" onClick={download}>
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
                <tr key={`${line}-${code}-${column}`}>
                  <td>{line}</td>
                  <td>{column ?? "–"}</td>
                  <td>{message}</td>
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
