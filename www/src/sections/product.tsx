// One product: its card, its values, and its terms as the API has them.
import type { CatalogProduct, Product } from "giftcard-partners/slim";
import { useEffect, useRef, useState } from "preact/hooks";

import { client, money, sentenceOf } from "../desk";
import { Face } from "../parts/face";
import { Terms } from "../parts/terms";
import { deliveryName, denominationsOf } from "./catalog";

const TEXTS = [
  ["ShortDescription", "About"],
  ["Terms", "Terms"],
  ["Disclaimer", "Disclaimer"],
  ["RedemptionNote", "How to redeem"],
] as const;

export function ProductDialog({ product, onClose }: { product: CatalogProduct; onClose: () => void }) {
  const dialog = useRef<HTMLDialogElement>(null);
  const [full, setFull] = useState<Product>();
  const [problem, setProblem] = useState<string>();

  useEffect(() => dialog.current?.showModal(), []);
  useEffect(() => {
    client.value?.getProduct(product.Id).then(setFull, (error: unknown) => setProblem(sentenceOf(error)));
  }, [product.Id]);

  const { Cost } = product;
  const close = () => dialog.current?.close();
  return (
    <dialog ref={dialog} aria-labelledby="product-name" onClose={onClose}>
      <div class="inside">
        <div class="head">
          <h2 id="product-name">{product.Name ?? product.Id}</h2>
          <button type="button" onClick={close}>
            Close
          </button>
        </div>
        <Face product={product} />
        <dl class="sums">
          <dt>Product id</dt>
          <dd>
            <code>{product.Id}</code>
          </dd>
          <dt>Values</dt>
          <dd>{denominationsOf(product)}</dd>
          <dt>Delivery</dt>
          <dd>{product.AvailableDeliveryTypes.map(deliveryName).join(", ")}</dd>
          <dt>Discount</dt>
          <dd>{Cost.DiscountPercentage ?? 0} %</dd>
          <dt>Fee for each card</dt>
          <dd>{money(Cost.Fee ?? 0, product.CurrencyCode)}</dd>
        </dl>
        <div class="stack" aria-live="polite">
          {!full && !problem && <p class="soft">Its terms are on their way…</p>}
          {problem && <p class="notice bad">Its terms could not be had: {problem}</p>}
          {full &&
            TEXTS.filter(([field]) => full[field]).map(([field, title]) => (
              <section key={field} class="stack tight">
                <h3>{title}</h3>
                <Terms html={String(full[field])} />
              </section>
            ))}
        </div>
        <div class="row">
          <a class="button main" href={`#/order?product=${encodeURIComponent(product.Id)}`} onClick={close}>
            Order this
          </a>
        </div>
      </div>
    </dialog>
  );
}
