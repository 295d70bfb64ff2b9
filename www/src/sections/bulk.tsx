// A spreadsheet of people becomes orders, and the orders are placed: with a pause, a reload and a closed tab in between if need be.
import { signal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import type { OrderType } from "giftcard-partners/slim";

import { customers, team } from "../bulk/examples";
import { order, plan, problem, reading, report } from "../bulk/job";
import { ReportPanel } from "../bulk/report";
import { RunPanel } from "../bulk/run";
import { count } from "../desk";
import { Code } from "../parts/code";
import campaignSource from "../snippets/campaign.js?raw";
import importSource from "../snippets/import.js?raw";

const over = signal(false);
const type = signal<OrderType>("DigitalDelivery");

export function Bulk() {
  useEffect(() => order(plan.value ? { do: "quote" } : { do: "reopen" }), []);
  const step = reading.value ? "reading" : report.value ? "report" : "drop";
  return (
    <>
      <div class="intro">
        <h1 tabIndex={-1}>Bulk</h1>
        <p class="soft">A spreadsheet becomes checked orders. It is read here, on your machine, and every row is accepted or rejected with a reason.</p>
      </div>
      <div class="columns">
        <div class="stack">
          {problem.value && (
            <p class="notice bad" role="alert">
              {problem.value}
            </p>
          )}
          <RunPanel />
          {step === "drop" && <Drop />}
          {step === "reading" && <Reading />}
          {step === "report" && report.value && <ReportPanel told={report.value} />}
        </div>
        <div class="stack">
          <Code title="The code that reads the file" source={importSource} />
          <Code title="The code that places, pauses and resumes" source={campaignSource} />
          <section class="panel stack tight">
            <h2>What a file looks like</h2>
            <p class="soft">Columns are known by their headers, in any case and order; comma, semicolon or tab; UTF-8, UTF-16 or Windows-1252.</p>
            <pre tabIndex={0} aria-label="An example of a file">
              <code>{"E-mail,Name,Product,Value,Message\nada@example.com,Ada,INKWHISTLE,25,Thank you!"}</code>
            </pre>
          </section>
        </div>
      </div>
    </>
  );
}

function take(file: File | undefined): void {
  if (!file) return;
  problem.value = undefined;
  reading.value = { progress: { bytes: 0, rows: 0, accepted: 0, rejected: 0 }, size: file.size };
  order({ do: "import", file, name: file.name, type: type.value, defaults: {} });
}

function Drop() {
  const dropped = (event: DragEvent) => {
    event.preventDefault();
    over.value = false;
    take(event.dataTransfer?.files[0]);
  };
  return (
    <section
      class={`drop ${over.value ? "over" : ""}`}
      aria-labelledby="drop-title"
      onDrop={dropped}
      onDragOver={(event) => {
        event.preventDefault();
        over.value = true;
      }}
      onDragLeave={() => (over.value = false)}
    >
      <h2 id="drop-title">Drop a CSV file here</h2>
      <div class="field">
        <label for="file">or choose one</label>
        <input id="file" type="file" accept=".csv,.tsv,.txt,text/csv" onChange={({ currentTarget }) => take(currentTarget.files?.[0])} />
      </div>
      <div class="field">
        <label for="file-type">The rows get</label>
        <select id="file-type" value={type.value} onChange={({ currentTarget }) => (type.value = currentTarget.value as OrderType)}>
          <option value="DigitalDelivery">an e-mail or text message</option>
          <option value="Links">claim links, handed to you</option>
          <option value="PhysicalShipment">plastic by mail</option>
        </select>
      </div>
      <div class="row">
        <button type="button" onClick={() => take(team())}>
          Try 240 people
        </button>
        <button type="button" onClick={() => take(customers())}>
          Try more than the funds
        </button>
      </div>
    </section>
  );
}

function Reading() {
  const { progress, size } = reading.value ?? { progress: { bytes: 0, rows: 0, accepted: 0, rejected: 0 }, size: 1 };
  const share = Math.min(100, Math.round((progress.bytes / Math.max(1, size)) * 100));
  return (
    <section class="panel stack" aria-labelledby="reading-title">
      <h2 id="reading-title">Reading</h2>
      <div class="bar" role="progressbar" aria-labelledby="reading-title" aria-valuenow={share} aria-valuemin={0} aria-valuemax={100}>
        <div class="read" style={{ width: `${share}%` }} />
      </div>
      <p class="num">
        {count(progress.rows)} rows: {count(progress.accepted)} accepted, {count(progress.rejected)} to mend
      </p>
    </section>
  );
}
