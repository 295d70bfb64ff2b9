// The second step: which column is what, by guess and by choice, and what no column says.
import { signal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import type { Inspection } from "giftcard-partners/slim";

import { loadChoices } from "../../order/field";
import type { List } from "../messages";
import { catalog } from "../../desk";
import { doing, inspection, list, look, read } from "../job";
import { Everyone, answered, everyone, productOf, amountOf } from "./everyone";
import { claimedTwice, fieldsOf, nameOf } from "./fields";
import { Layout } from "./layout";

/** What was chosen for a column, for this look at the list and no other. */
const chosen = signal<{ of?: Inspection; fields: Record<number, string> }>({ fields: {} });

export function Match() {
  useEffect(() => void loadChoices().catch(() => undefined), [catalog.value]);
  const of = inspection.value;
  const from = list.value;
  if (!of || !from) return null;
  const own = chosen.value.of === of ? chosen.value.fields : {};
  const fields = of.columns.map(({ field = "" }, place) => own[place] ?? field);
  const choose = (place: number, field: string) => (chosen.value = { of, fields: { ...own, [place]: field } });
  const twice = claimedTwice(fields);
  const lacking = lackingOf(from, fields);
  const isReady = of.columns.length > 0 && twice.length === 0 && lacking.length === 0;
  const submit = (event: Event) => {
    event.preventDefault();
    if (!isReady) return;
    // A column of which nothing is known is left to the import, which says so where that could cost money.
    const columns = Object.fromEntries(fields.flatMap((field, place) => (field ? [[`#${place + 1}`, field]] : [])));
    list.value = { ...from, headerRow: of.headerRow ?? 1, delimiter: of.delimiter };
    read({ columns, ...answered(from.type, fields), duplicates: "reject", hidden: "reject" });
  };
  return (
    <form class="panel stack" aria-labelledby="step-title" onSubmit={submit}>
      <h2 id="step-title" tabIndex={-1} class="anywhere">
        Match the columns of {from.name}
      </h2>
      <Layout of={of} from={from} look={look} />
      {of.columns.length === 0 ? <p class="notice bad">Nothing is in it. Choose another {of.sheets ? "sheet" : "list"}.</p> : <Columns of={of} from={from} fields={fields} twice={twice} choose={choose} />}
      {of.columns.length > 0 && <Everyone type={from.type} fields={fields} />}
      {lacking.length > 0 && of.columns.length > 0 && <p class="notice warn">Still to be said: {lacking.join("; ")}.</p>}
      <div class="row">
        <button type="submit" class="main" disabled={!isReady || doing.value !== undefined}>
          Check the rows
        </button>
      </div>
    </form>
  );
}

interface ColumnsProps {
  of: Inspection;
  from: List;
  fields: string[];
  twice: string[];
  choose: (place: number, field: string) => void;
}

function Columns({ of, from, fields, twice, choose }: ColumnsProps) {
  return (
    <table class="cards">
      <thead>
        <tr>
          <th scope="col">Column</th>
          <th scope="col">First rows</th>
          <th scope="col">Used as</th>
        </tr>
      </thead>
      <tbody>
        {of.columns.map(({ header, samples, certainty, field }, place) => {
          const name = header || `Column ${place + 1}`;
          const isTwice = twice.includes(fields[place] ?? "");
          const isGuess = certainty === "likely" && fields[place] === field;
          return (
            <tr key={place}>
              <th scope="row" class="anywhere">
                {name}
              </th>
              <td class="soft anywhere">{samples.filter(Boolean).join(" · ") || "empty"}</td>
              <td>
                <div class="field">
                  <select
                    aria-label={`${name} is used as`}
                    value={fields[place]}
                    aria-invalid={isTwice}
                    aria-describedby={isTwice || isGuess ? `column-${place}` : undefined}
                    onChange={({ currentTarget }) => choose(place, currentTarget.value)}
                  >
                    {!field && <option value="">Not recognized</option>}
                    {fieldsOf(from.type).map(([id, text]) => (
                      <option key={id} value={id}>
                        {text}
                      </option>
                    ))}
                    <option value="ignore">Do not use</option>
                  </select>
                  {isTwice && (
                    <span class="error" id={`column-${place}`}>
                      Two columns are this. Keep one.
                    </span>
                  )}
                  {isGuess && !isTwice && (
                    <span class="advice" id={`column-${place}`}>
                      A guess: please check.
                    </span>
                  )}
                </div>
              </td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

/** What has to be known before a row can be read. */
function lackingOf({ type }: List, fields: string[]): string[] {
  const has = (field: string) => fields.includes(field);
  const needs = type === "PhysicalShipment" ? ["name", "addressLine1", "city"].filter((field) => !has(field)) : [];
  const lacking = needs.map((field) => `the column of ${nameOf(type, field).toLowerCase()}`);
  if (type === "DigitalDelivery" && !has("email") && !has("sms")) lacking.push("the column of e-mail addresses or phone numbers");
  if (!has("product") && !productOf(everyone.value.product)) lacking.push("the product");
  if (!has("value") && amountOf(everyone.value.value) === undefined) lacking.push("the amount");
  return lacking;
}
