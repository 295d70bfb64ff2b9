// A spreadsheet of people becomes orders, and the orders are placed: with a pause, a reload and a closed tab in between if need be.
import { signal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import type { LineItem, OrderType } from "giftcard-partners/slim";

import { customers, team } from "../bulk/examples";
import { doing, order, plan, problem, reading, recall, report, take } from "../bulk/job";
import { ReportPanel } from "../bulk/report";
import { RunPanel } from "../bulk/run";
import { catalog, count } from "../desk";
import { CARRIER, SHIPPING_METHOD, numeric } from "../order/draft";
import { choices, loadChoices } from "../order/field";
import { Code } from "../parts/code";
import { plural } from "../parts/text";
import claimsSource from "../snippets/campaign-claims.js?raw";
import campaignSource from "../snippets/campaign.js?raw";
import importSource from "../snippets/import.js?raw";
import settleSource from "../snippets/settle.js?raw";

const over = signal(false);
const type = signal<OrderType>("DigitalDelivery");
/** What holds for a row that does not say it. */
const product = signal("");
const value = signal("");
const method = signal("STANDARD");
const carrier = signal("DEFAULT");

export function Bulk() {
  useEffect(() => {
    if (plan.value) order({ do: "quote" });
    else void recall();
  }, []);
  useEffect(takeAnywhere, []);
  const step = reading.value ? "reading" : report.value ? "report" : "drop";
  return (
    <>
      <div class="intro">
        <h1 tabIndex={-1}>Bulk</h1>
        <p class="soft">A spreadsheet becomes checked orders. It is read here, on your machine, and every row is accepted or rejected with a reason.</p>
      </div>
      <p class="hidden-text" role="status">
        {reading.value ? "The file is being read." : report.value ? `${report.value.name} is read: ${plural(report.value.accepted, "row")} accepted, ${count(report.value.rejected)} to mend.` : ""}
      </p>
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
          <Code title="The code that settles what is open" source={settleSource} />
          <Code title="The code that fetches claim links" source={claimsSource} />
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

/** A file that is dropped beside the box must not take the page away. */
function takeAnywhere(): () => void {
  const dragged = (event: DragEvent) => {
    event.preventDefault();
    over.value = event.type === "dragover";
    if (event.type === "drop") read(event.dataTransfer?.files[0]);
  };
  const types = ["dragover", "dragleave", "drop"] as const;
  for (const type of types) addEventListener(type, dragged);
  return () => types.forEach((type) => removeEventListener(type, dragged));
}

function read(file: File | undefined): void {
  const amount = numeric(value.value);
  // Of an address only the part that is the same for all.
  const defaults = {
    ...(product.value.trim() && { ProductId: product.value.trim() }),
    ...(typeof amount === "number" && { Value: amount }),
    ...(type.value === "PhysicalShipment" && { PhysicalDeliveryAddress: { ShippingMethodId: method.value, CarrierId: carrier.value } }),
  } as Partial<LineItem>;
  take(file, type.value, defaults);
}

function Drop() {
  useEffect(() => void loadChoices().catch(() => undefined), [catalog.value]);
  const isBusy = doing.value !== undefined;
  const isProduct = product.value.trim() === "" || catalog.value?.product(product.value.trim()) !== undefined;
  const isValue = value.value.trim() === "" || typeof numeric(value.value) === "number";
  return (
    <section class={`drop ${over.value ? "over" : ""}`} aria-labelledby="drop-title">
      <h2 id="drop-title" tabIndex={-1}>
        Drop a CSV file here
      </h2>
      <div class="field">
        <label for="file">or choose one</label>
        <input id="file" type="file" accept=".csv,.tsv,.txt,text/csv" disabled={isBusy} onChange={({ currentTarget }) => read(currentTarget.files?.[0])} />
      </div>
      <div class="field">
        <label for="file-type">The rows get</label>
        <select id="file-type" value={type.value} onChange={({ currentTarget }) => (type.value = currentTarget.value as OrderType)}>
          <option value="DigitalDelivery">an e-mail or text message</option>
          <option value="Links">claim links, handed to you</option>
          <option value="PhysicalShipment">plastic by mail</option>
        </select>
      </div>
      <details class="defaults">
        <summary>What holds where a row does not say it</summary>
        <div class="pair">
          <div class="field">
            <label for="default-product">Product</label>
            <input
              id="default-product"
              list="default-products"
              autocomplete="off"
              spellcheck={false}
              value={product.value}
              aria-invalid={!isProduct}
              aria-describedby={isProduct ? undefined : "default-product-error"}
              onInput={({ currentTarget }) => (product.value = currentTarget.value)}
            />
            <datalist id="default-products">
              {(catalog.value?.search({ text: product.value, deliveryType: type.value, limit: 12 }) ?? []).map(({ Id, Name }) => (
                <option key={Id} value={Id}>
                  {Name}
                </option>
              ))}
            </datalist>
            {!isProduct && (
              <span class="error" id="default-product-error">
                The catalog has no product of this id.
              </span>
            )}
          </div>
          <div class="field">
            <label for="default-value">Value</label>
            <input
              id="default-value"
              inputMode="decimal"
              value={value.value}
              aria-invalid={!isValue}
              aria-describedby={isValue ? undefined : "default-value-error"}
              onInput={({ currentTarget }) => (value.value = currentTarget.value)}
            />
            {!isValue && (
              <span class="error" id="default-value-error">
                An amount such as 25 or 12.50
              </span>
            )}
          </div>
          {type.value === "PhysicalShipment" && (
            <>
              <Choice id="default-method" label="Shipping method" path={SHIPPING_METHOD} chosen={method} />
              <Choice id="default-carrier" label="Card holder" path={CARRIER} chosen={carrier} />
            </>
          )}
        </div>
      </details>
      <div class="row">
        <button type="button" disabled={isBusy} onClick={() => read(team(type.value))}>
          Try 240 people
        </button>
        <button type="button" disabled={isBusy} onClick={() => read(customers(type.value))}>
          Try more than the funds
        </button>
      </div>
    </section>
  );
}

function Choice({ id, label, path, chosen }: { id: string; label: string; path: string; chosen: { value: string } }) {
  const offered = choices.value[path] ?? [{ Id: chosen.value }];
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <select id={id} value={chosen.value} onChange={({ currentTarget }) => (chosen.value = currentTarget.value)}>
        {offered.map(({ Id, Name }) => (
          <option key={Id} value={Id}>
            {Name ?? Id}
          </option>
        ))}
      </select>
    </div>
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
