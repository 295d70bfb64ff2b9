// Somebody's address was wrong: what was sent is sent again, to the address that is right.
import { signal } from "@preact/signals";
import { useEffect, useRef, useState } from "preact/hooks";

import { money } from "../../desk";
import { day } from "../../parts/text";
import { sendAgain } from "../job";
import type { Address, ResultRow } from "../messages";

export const sendingAgain = signal<ResultRow>();

const NAMES: Record<string, string> = {
  Email: "E-mail address",
  Sms: "Phone for text messages",
  Name: "Name",
  AddressLine1: "Street and number",
  City: "City",
  State: "State",
  Zip: "ZIP code",
  Country: "Country",
};

export function Again({ row }: { row: ResultRow }) {
  const { key, name, address, product, value, quantity, currency, poNumber, date, fields } = row;
  const dialog = useRef<HTMLDialogElement>(null);
  const [texts, setTexts] = useState<Address>(fields);
  useEffect(() => dialog.current?.showModal(), []);
  const isSame = Object.entries(texts).every(([field, text]) => text.trim().toLowerCase() === (fields[field] ?? "").toLowerCase());
  // A digital gift goes to either, whichever the first one went to.
  const known = "Email" in fields || "Sms" in fields ? ["Email", "Sms"] : Object.keys(NAMES).filter((field) => field in fields);
  const submit = (event: Event) => {
    event.preventDefault();
    if (isSame) return;
    sendAgain(key, texts);
    location.hash = "#/bulk";
  };
  return (
    <dialog ref={dialog} aria-labelledby="again-title" onClose={() => (sendingAgain.value = undefined)}>
      <form class="inside" aria-labelledby="again-title" onSubmit={submit}>
        <div class="head">
          <h2 id="again-title">Send again to {name || address}</h2>
          <button type="button" onClick={() => dialog.current?.close()}>
            Close
          </button>
        </div>
        <p class="notice anywhere">
          Paid before: {quantity > 1 && `${quantity} × `}
          {money(value, currency)}, {product}, to {address}
          {date && `, on ${day(date)}`}, in order {poNumber}. It stays paid: what is sent now is another card, in a campaign of its own.
        </p>
        <div class="pair">
          {known.map((field) => (
            <div key={field} class="field">
              <label for={`again-${field}`}>{NAMES[field]}</label>
              <input id={`again-${field}`} autocomplete="off" value={texts[field] ?? ""} onInput={({ currentTarget }) => setTexts({ ...texts, [field]: currentTarget.value })} />
            </div>
          ))}
        </div>
        {isSame && <p class="soft">Write the address that is right.</p>}
        <div class="row">
          <button type="submit" class="main" disabled={isSame}>
            Go on to Review
          </button>
        </div>
      </form>
    </dialog>
  );
}
