// The third step: what is ready, and what is not, each mistake said once with the cells that it is about.
import type { ComponentChildren } from "preact";

import { count, money } from "../../desk";
import { download, stem } from "../../parts/dom";
import { plural } from "../../parts/text";
import { checking, doing, goOn, list, order, read, report, show } from "../job";
import type { MendGroup, MendRow, Report } from "../messages";
import { words } from "./words";

export function Fix() {
  const told = report.value;
  if (!told) return null;
  const { name, rows, accepted, wrong, repeated, hidden, totals, issues, groups, ignoredColumns } = told;
  return (
    <section class="panel stack" aria-labelledby="step-title">
      <h2 id="step-title" tabIndex={-1} class="anywhere">
        {wrong > 0 ? `Fix ${plural(wrong, "row")} of ${name}` : groups.length > 0 ? `All is fixed in ${name}` : `Nothing to fix in ${name}`}
      </h2>
      <dl class="figures">
        <Figure name="Rows">{count(rows)}</Figure>
        <Figure name="Ready" tone="good">
          {count(accepted)}
        </Figure>
        <Figure name="To fix" tone={wrong > 0 ? "bad" : undefined}>
          {count(wrong)}
        </Figure>
        {repeated > 0 && <Figure name="Repeated">{count(repeated)}</Figure>}
        {totals.map(({ currency, faceValue }) => (
          <Figure key={currency} name="Face value">
            {money(faceValue, currency)}
          </Figure>
        ))}
      </dl>
      {issues.map(({ line, message, code, column }) => (
        <div key={`${code} ${column}`} class="notice warn row">
          <p>
            {line > 1 && `Row ${line}: `}
            {words(message)}
          </p>
          {list.value && (
            <button type="button" onClick={() => show("match")}>
              Back to Match columns
            </button>
          )}
        </div>
      ))}
      {groups.map((group) => (
        <Group key={group.message} group={group} />
      ))}
      {told.mend && wrong > 0 && (
        <div class="row">
          <button type="button" onClick={() => told.mend && download(told.mend, `${stem(name)}-to-fix.csv`)}>
            Download the rows to fix
          </button>
          <span class="soft small">To fix them in a spreadsheet instead: add them to the list, then upload it again.</span>
        </div>
      )}
      {repeated > 0 && <Repeated told={told} />}
      {hidden > 0 && <Hidden told={told} />}
      {ignoredColumns.length > 0 && <p class="soft anywhere">Not used: {ignoredColumns.join(", ")}</p>}
      <p role="status" class="hidden-text">
        {checking.value > 0 ? "Checking." : groups.length > 0 ? `${plural(wrong, "row")} to fix.` : ""}
      </p>
      <div class="row">
        <button type="button" class="main" disabled={accepted === 0 || doing.value !== undefined} onClick={goOn}>
          {wrong > 0 && accepted > 0 ? `Go on without ${plural(wrong, "row")}` : "Go on to Review"}
        </button>
      </div>
    </section>
  );
}

function Figure({ name, tone = "", children }: { name: string; tone?: string | undefined; children: ComponentChildren }) {
  return (
    <div class={tone}>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function Group({ group: { message, rows, count: all } }: { group: MendGroup }) {
  const more = all - rows.length;
  return (
    <div class="stack tight">
      <h3>
        {words(message)} <span class="soft">{plural(all, "row")}</span>
      </h3>
      <ul class="mends">
        {rows.map((row) => (
          <Row key={row.line} row={row} said={message} />
        ))}
      </ul>
      {more > 0 && <p class="soft">And {plural(more, "more row")} with the same mistake: fix them in the list, or match the columns in another way.</p>}
    </div>
  );
}

/** The heading has said its mistake already: only another one is told beside the cell. */
function Row({ row: { line, who, cells, messages }, said }: { row: MendRow; said: string }) {
  const isFixed = messages.length === 0;
  const others = messages.filter((message) => message !== said);
  const id = `row-${line}`;
  return (
    <li class={isFixed ? "fixed" : ""}>
      <p class="num anywhere">
        <strong>Row {line}</strong> {who}
      </p>
      {cells.map(({ place, header, text }) => (
        <div key={place} class="field">
          <label for={`${id}-${place}`}>{header}</label>
          <input
            id={`${id}-${place}`}
            defaultValue={text}
            autocomplete="off"
            spellcheck={false}
            aria-invalid={!isFixed}
            aria-describedby={id}
            onChange={({ currentTarget }) => {
              checking.value += 1;
              order({ do: "mend", line, place, text: currentTarget.value });
            }}
          />
        </div>
      ))}
      <p id={id} class={isFixed ? "good" : "error"}>
        {isFixed ? "Fixed" : others.map(words).join(" ")}
      </p>
    </li>
  );
}

/** Rows that would pay somebody again, and the one click by which they are meant so, or are not. */
function Repeated({ told: { repeated, duplicates, answers } }: { told: Report }) {
  const isRejected = answers.duplicates === "reject";
  const rows = plural(repeated, "row");
  const them = repeated === 1 ? "it" : "them";
  return (
    <div class="stack tight">
      <h3>{rows} paying what an earlier row pays</h3>
      <p class="soft">
        {isRejected ? "Left out, so that nobody is paid twice by mistake." : "Included: each pays its person again."}{" "}
        {duplicates.map(({ line, firstLine }) => `Row ${line} is as row ${firstLine}.`).join(" ")}
        {repeated > duplicates.length && " And so on."}
      </p>
      <div class="row">
        <button type="button" disabled={doing.value !== undefined || checking.value > 0} onClick={() => read({ ...answers, duplicates: isRejected ? "accept" : "reject" }, { isSame: true })}>
          {isRejected ? `Pay ${them} anyway` : `Leave ${them} out`}
        </button>
      </div>
    </div>
  );
}

function Hidden({ told: { hidden, answers } }: { told: Report }) {
  return (
    <div class="stack tight">
      <h3>{plural(hidden, "hidden row")}</h3>
      <p class="soft">The spreadsheet hides or filters them out, so they are left out.</p>
      <div class="row">
        <button type="button" disabled={doing.value !== undefined} onClick={() => read({ ...answers, hidden: "accept" }, { isSame: true })}>
          Pay hidden rows too
        </button>
      </div>
    </div>
  );
}
