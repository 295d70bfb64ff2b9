// What can be ordered: searched on this machine, in the index that the Worker hands out.
import { computed, signal } from "@preact/signals";
import type { CatalogProduct, CatalogQuery } from "giftcard-partners/slim";

import { catalog, count } from "../desk";
import { Code } from "../parts/code";
import { Face } from "../parts/face";
import { find } from "../snippets/catalog.js";
import source from "../snippets/catalog.js?raw";
import { ProductDialog } from "./product";

/** Products drawn at first, and with each "Show more". */
const STEP = 24;

const text = signal("");
const deliveryType = signal("");
const amount = signal("");
const drawn = signal(STEP);
const chosen = signal<CatalogProduct>();

const found = computed(() => {
  if (!catalog.value) return undefined;
  const query: CatalogQuery = {};
  if (text.value.trim()) query.text = text.value;
  if (deliveryType.value) query.deliveryType = deliveryType.value;
  if (isAmount(amount.value)) query.amount = amount.value.trim();
  const started = performance.now();
  const products: CatalogProduct[] = find(catalog.value, query);
  return { products, took: performance.now() - started };
});

export function Catalog() {
  const change = (set: (value: string) => void) => (event: Event) => {
    set((event.currentTarget as HTMLInputElement).value);
    drawn.value = STEP;
  };
  const products = found.value?.products ?? [];
  const wrongAmount = amount.value.trim() !== "" && !isAmount(amount.value);
  return (
    <>
      <div class="intro">
        <h1 tabIndex={-1}>Catalog</h1>
        <p class="soft">Everything that can be ordered, searched on your machine: the index of all products is one small file.</p>
      </div>
      <div class="stack">
        <form role="search" class="panel pair" onSubmit={(event) => event.preventDefault()}>
          <div class="field">
            <label for="search-text">Name or id</label>
            <input id="search-text" type="search" value={text.value} onInput={change((value) => (text.value = value))} autocomplete="off" />
          </div>
          <div class="field">
            <label for="search-type">Delivery</label>
            <select id="search-type" value={deliveryType.value} onChange={change((value) => (deliveryType.value = value))}>
              <option value="">Any</option>
              <option value="DigitalDelivery">E-mail or text message</option>
              <option value="Links">Claim links</option>
              <option value="PhysicalShipment">Plastic by mail</option>
            </select>
          </div>
          <div class="field">
            <label for="search-amount">Card value</label>
            <input
              id="search-amount"
              inputMode="decimal"
              placeholder="25.00"
              value={amount.value}
              onInput={change((value) => (amount.value = value))}
              aria-invalid={wrongAmount}
              aria-describedby={wrongAmount ? "search-amount-error" : undefined}
            />
            {wrongAmount && (
              <span class="error" id="search-amount-error">
                An amount such as 25 or 12.50
              </span>
            )}
          </div>
        </form>
        <p class="soft num" role="status">
          {found.value ? `${count(products.length)} of ${count(catalog.value?.size ?? 0)} products, found in ${found.value.took.toFixed(1)} ms` : "The catalog is on its way…"}
        </p>
        {found.value && products.length === 0 && (
          <div class="notice row">
            <p>No product fits all of it. Try fewer words, another value or any delivery.</p>
            <button type="button" onClick={clear}>
              Clear the search
            </button>
          </div>
        )}
        <ul class="products" aria-label="Products">
          {products.slice(0, drawn.value).map((product) => (
            <li key={product.Id}>
              <button type="button" class="product" onClick={() => (chosen.value = product)} aria-haspopup="dialog">
                <Face product={product} />
                <span class="about">
                  <strong>{product.Name ?? product.Id}</strong>
                  <span class="soft small num">{denominationsOf(product)}</span>
                  <span class="soft small">{product.AvailableDeliveryTypes.map(deliveryName).join(" · ")}</span>
                </span>
              </button>
            </li>
          ))}
        </ul>
        {products.length > drawn.value && (
          <div class="row">
            <button type="button" onClick={() => (drawn.value += STEP)}>
              Show {Math.min(STEP, products.length - drawn.value)} more
            </button>
          </div>
        )}
        <Code title="The code that loads and searches it" source={source} />
      </div>
      {chosen.value && <ProductDialog product={chosen.value} onClose={() => (chosen.value = undefined)} />}
    </>
  );
}

function clear(): void {
  text.value = deliveryType.value = amount.value = "";
  document.getElementById("search-text")?.focus();
}

export function denominationsOf({ DenominationType, Denominations, CurrencyCode = "USD" }: CatalogProduct): string {
  const amounts = Denominations.map((value) => value.toLocaleString("en-US", { style: "currency", currency: CurrencyCode, trailingZeroDisplay: "stripIfInteger" }));
  return DenominationType === "Variable" ? `${amounts[0]} to ${amounts.at(-1)}` : amounts.join(", ");
}

export function deliveryName(type: string): string {
  const names: Record<string, string> = { DigitalDelivery: "E-mail, text", Links: "Links", PhysicalShipment: "Plastic" };
  return names[type] ?? type;
}

function isAmount(text: string): boolean {
  return /^\s*\d{1,9}(\.\d{1,2})?\s*$/.test(text);
}
