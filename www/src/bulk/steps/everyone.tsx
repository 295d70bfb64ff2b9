// What no column says, and what therefore holds for everyone.
import { signal } from "@preact/signals";
import type { CatalogProduct, LineItem, OrderType } from "giftcard-partners/slim";

import { catalog } from "../../desk";
import { CARRIER, SHIPPING_METHOD, numeric } from "../../order/draft";
import { choices } from "../../order/field";
import { denominationsOf } from "../../sections/catalog";
import type { Answers } from "../messages";

export const everyone = signal({ product: "", value: "", quantity: "1", country: "US", method: "STANDARD", carrier: "DEFAULT", phones: "" });

/** Whose numbers people write without a country code, most often. */
const COUNTRIES = ["US", "CA", "GB", "DE", "FR", "ES", "IT", "NL", "PL", "AU", "IN", "JP", "MX", "BR"];

/** By its id, or by its name where the catalog has it once. */
export function productOf(text: string): CatalogProduct | undefined {
  const wanted = text.trim();
  if (!wanted) return undefined;
  const named = () => catalog.value?.search({ text: wanted, limit: 20 }).filter(({ Name }) => Name?.toLowerCase() === wanted.toLowerCase()) ?? [];
  const byId = catalog.value?.product(wanted);
  if (byId) return byId;
  const found = named();
  return found.length === 1 ? found[0] : undefined;
}

export function amountOf(text: string): number | undefined {
  const amount = numeric(text);
  return typeof amount === "number" && amount > 0 ? amount : undefined;
}

/** What the import is told, for what no column is used as. */
export function answered(type: OrderType, fields: string[]): Pick<Answers, "defaults" | "defaultCountry"> {
  const { product, value, quantity, country, method, carrier, phones } = everyone.value;
  const lacks = (field: string) => !fields.includes(field);
  // Of an address only the part that is the same for all.
  const home = { ...(lacks("country") && { Country: country }), ...(lacks("shippingMethodId") && { ShippingMethodId: method }), ...(lacks("carrierId") && { CarrierId: carrier }) };
  const defaults = {
    ...(lacks("product") && { ProductId: productOf(product)?.Id }),
    ...(lacks("value") && { Value: amountOf(value) }),
    ...(lacks("quantity") && { Quantity: amountOf(quantity) }),
    ...(type === "PhysicalShipment" && { PhysicalDeliveryAddress: home }),
  } as Partial<LineItem>;
  return { defaults, ...(phones && fields.includes("sms") && { defaultCountry: phones }) };
}

export function Everyone({ type, fields }: { type: OrderType; fields: string[] }) {
  const { product, value, quantity } = everyone.value;
  const lacks = (field: string) => !fields.includes(field);
  const isPhysical = type === "PhysicalShipment";
  if (!lacks("product") && !lacks("value") && !lacks("quantity") && !isPhysical && lacks("sms")) return null;
  const found = productOf(product);
  const isProduct = product.trim() === "" || found !== undefined;
  const isValue = value.trim() === "" || amountOf(value) !== undefined;
  const isNumber = Number.isInteger(amountOf(quantity));
  return (
    <fieldset class="stack">
      <legend>For everyone, since no column says it</legend>
      <div class="pair">
        {lacks("product") && (
          <div class="field">
            <Text id="product" label="Product" list="everyone-products" wrong={!isProduct} hint={found ? `${found.Name ?? found.Id}: ${denominationsOf(found)}` : "Type a part of its name."} error="The catalog has no such product. Choose one that is suggested." />
            <datalist id="everyone-products">
              {(catalog.value?.search({ text: product, deliveryType: type, limit: 12 }) ?? []).map(({ Id, Name }) => (
                <option key={Id} value={Id}>
                  {Name}
                </option>
              ))}
            </datalist>
          </div>
        )}
        {lacks("value") && (
          <div class="field">
            <Text id="value" label="Amount" inputMode="decimal" wrong={!isValue} hint="On each card, such as 25 or 12.50." error="An amount such as 25 or 12.50" />
          </div>
        )}
        {lacks("quantity") && (
          <div class="field">
            <Text id="quantity" label="Cards for each" inputMode="numeric" wrong={!isNumber} error="A whole number such as 1" />
          </div>
        )}
        {isPhysical && lacks("country") && (
          <div class="field">
            <Text id="country" label="Country" wrong={!/^[A-Z]{2}$/.test(everyone.value.country)} hint="Two letters: US" error="Two capital letters, such as US" />
          </div>
        )}
        {isPhysical && lacks("shippingMethodId") && <Select id="method" label="Shipping method" offered={offered(SHIPPING_METHOD, everyone.value.method)} />}
        {isPhysical && lacks("carrierId") && <Select id="carrier" label="Card holder" offered={offered(CARRIER, everyone.value.carrier)} />}
        {!lacks("sms") && <Select id="phones" label="Phone numbers without + are in" offered={[["", "none: refuse them"], ...COUNTRIES.map((code): [string, string] => [code, countryName(code)])]} />}
      </div>
    </fieldset>
  );
}

type Key = keyof typeof everyone.value;

function say(id: Key) {
  return ({ currentTarget }: { currentTarget: { value: string } }) => (everyone.value = { ...everyone.value, [id]: currentTarget.value });
}

interface TextProps {
  id: Key;
  label: string;
  wrong: boolean;
  error: string;
  hint?: string;
  list?: string;
  inputMode?: "decimal" | "numeric";
}

function Text({ id, label, wrong, error, hint, list, inputMode }: TextProps) {
  const said = wrong ? error : hint;
  return (
    <>
      <label for={`everyone-${id}`}>{label}</label>
      <input
        id={`everyone-${id}`}
        list={list}
        inputMode={inputMode}
        autocomplete="off"
        spellcheck={false}
        value={everyone.value[id]}
        aria-invalid={wrong}
        aria-describedby={said ? `everyone-${id}-said` : undefined}
        onInput={say(id)}
      />
      {said && (
        <span class={wrong ? "error" : "hint"} id={`everyone-${id}-said`}>
          {said}
        </span>
      )}
    </>
  );
}

function Select({ id, label, offered }: { id: Key; label: string; offered: [string, string][] }) {
  return (
    <div class="field">
      <label for={`everyone-${id}`}>{label}</label>
      <select id={`everyone-${id}`} value={everyone.value[id]} onChange={say(id)}>
        {offered.map(([value, name]) => (
          <option key={value} value={value}>
            {name}
          </option>
        ))}
      </select>
    </div>
  );
}

function offered(path: string, chosen: string): [string, string][] {
  return (choices.value[path] ?? [{ Id: chosen }]).map(({ Id = "", Name = Id }) => [Id, Name]);
}

function countryName(code: string): string {
  return new Intl.DisplayNames("en", { type: "region" }).of(code) ?? code;
}
