// One order: written, checked at every key by the wasm that the Worker runs too, placed, and followed.
import { useEffect, useRef } from "preact/hooks";
import type { Issue, OrderType } from "giftcard-partners/slim";

import { balance, catalog, client, money } from "../desk";
import { PRODUCT, anotherOrder, asked, chooseProduct, chooseType, draft, fieldOf, groupsOf, idOf, request, sentenceOf, type, verdict } from "../order/draft";
import { Field, loadChoices } from "../order/field";
import { LifeCard, saidOf } from "../order/life";
import { alive, cardOf, lives, recall, send } from "../order/lives";
import { Code } from "../parts/code";
import { focus } from "../parts/dom";
import { plural } from "../parts/text";
import checkSource from "../snippets/check.js?raw";
import claimsSource from "../snippets/claims.js?raw";
import placeSource from "../snippets/place.js?raw";

const TYPES: [OrderType, string][] = [
  ["DigitalDelivery", "E-mail or text message"],
  ["Links", "Claim links"],
  ["PhysicalShipment", "Plastic by mail"],
];

export function OneOrder() {
  const summary = useRef<HTMLDivElement>(null);
  const ready = catalog.value !== undefined;

  useEffect(() => void recall().catch(() => undefined), []);
  useEffect(() => {
    if (!ready) return;
    if (!draft.value["PONumber"]) anotherOrder();
    const wanted = new URLSearchParams(location.hash.split("?")[1]).get("product");
    if (wanted) {
      chooseProduct(wanted);
      // Once: whoever comes back finds what was written.
      history.replaceState(null, "", "#/order");
    }
    void loadChoices().catch(() => undefined);
  }, [ready]);

  const placed = alive(draft.value["PONumber"]);
  const [latest] = lives.value;
  const errors = verdict.value?.issues.filter(({ severity }) => severity === "error") ?? [];

  const submit = (event: Event) => {
    event.preventDefault();
    if (!client.value || !ready) return;
    // Pressed again: it is shown, and not sent a second time.
    if (placed) return focus(cardOf(placed.poNumber));
    if (errors.length > 0) {
      asked.value = true;
      // After the summary was drawn.
      requestAnimationFrame(() => summary.current?.focus());
      return;
    }
    const poNumber = draft.value["PONumber"] ?? "";
    void send(poNumber, request.value);
    focus(cardOf(poNumber));
  };
  const another = () => {
    anotherOrder();
    focus(idOf(PRODUCT));
  };

  return (
    <>
      <div class="intro">
        <h1 tabIndex={-1}>One order</h1>
        <p class="soft">Checked as you type, by the same code that checks it again at the edge.</p>
      </div>
      <div class="columns">
        <form class="stack" noValidate onSubmit={submit} aria-label="Order">
          {asked.value && errors.length > 0 && <Summary refer={summary} errors={errors} />}
          <fieldset class="panel stack">
            <legend class="hidden-text">Kind of order</legend>
            <div class="segments">
              {TYPES.map(([value, name]) => (
                <label key={value}>
                  <input type="radio" name="type" value={value} checked={type.value === value} onChange={() => chooseType(value)} />
                  {name}
                </label>
              ))}
            </div>
          </fieldset>
          {groupsOf(type.value).map(({ title, fields }) => (
            <fieldset key={title} class="panel">
              <div class="stack">
                <legend>{title}</legend>
                <div class={fields.filter(({ wide }) => !wide).length === 2 ? "pair two" : "pair"}>
                  {fields.map((field) => (
                    <Field key={field.path} field={field} issues={verdict.value?.issues.filter((issue) => fieldOf(issue) === field) ?? []} />
                  ))}
                </div>
              </div>
            </fieldset>
          ))}
          <div class="row">
            <button type="submit" class={placed ? "" : "main"} disabled={!ready}>
              {placed ? "Show the order" : "Place the order"}
            </button>
            <button type="button" class={placed ? "main" : ""} onClick={another}>
              Another order
            </button>
            <span class="soft" role="status">
              {placed ? "It was sent. Another order gets a PO number of its own." : !verdict.value ? "Loading…" : errors.length === 0 ? "Nothing is wrong with it." : `${plural(errors.length, "thing")} to mend.`}
            </span>
          </div>
        </form>
        <div class="stack">
          <Cost />
          <section class="panel stack" aria-labelledby="lives-title">
            <h2 id="lives-title">Your orders</h2>
            <p class="hidden-text" role="status">
              {latest && `Order ${latest.poNumber}: ${saidOf(latest)}`}
            </p>
            {lives.value.length === 0 && <p class="soft">None yet. Five cards and more are Pending for some seconds, so that you can watch.</p>}
            {lives.value.length > 0 && (
              <ul class="stack plain">
                {lives.value.map((life) => (
                  <LifeCard key={life.poNumber} life={life} />
                ))}
              </ul>
            )}
            <p class="soft small">Open orders are kept in this browser: close the tab, and find them here.</p>
          </section>
          <Code title="The request as it will be sent" open source={`POST /v1/Orders\nContent-Type: application/json\n\n${request.value}`} />
          <Code title="The code that checks and quotes" source={checkSource} />
          <Code title="The code that places and waits" source={placeSource} />
          <Code title="The code that shows claim links" source={claimsSource} />
        </div>
      </div>
    </>
  );
}

function Summary({ refer, errors }: { refer: { current: HTMLDivElement | null }; errors: Issue[] }) {
  return (
    <div class="notice bad stack tight" role="alert" tabIndex={-1} ref={refer} aria-labelledby="summary-title">
      <h2 id="summary-title">{plural(errors.length, "thing")} to mend</h2>
      <ul>
        {errors.map((issue) => {
          const field = fieldOf(issue);
          const text = sentenceOf(issue, field);
          const go = (event: Event) => {
            event.preventDefault();
            if (field) document.getElementById(idOf(field.path))?.focus();
          };
          return <li key={issue.path.join(".") + issue.code}>{field ? <a href={`#${idOf(field.path)}`} onClick={go}>{text}</a> : text}</li>;
        })}
      </ul>
    </div>
  );
}

function Cost() {
  const quote = verdict.value?.quote;
  return (
    <section class="panel stack" aria-labelledby="cost-title">
      <h2 id="cost-title">What it costs</h2>
      {quote ? (
        <>
          <dl class="sums">
            <dt>Face value</dt>
            <dd>{money(quote.faceValue, quote.currency)}</dd>
            <dt>Discount</dt>
            <dd>−{money(quote.discount, quote.currency)}</dd>
            <dt>Fees</dt>
            <dd>{money(quote.fees, quote.currency)}</dd>
            <dt class="total">Total</dt>
            <dd class="total">{money(quote.total, quote.currency)}</dd>
            <dt>Available</dt>
            <dd>{money(quote.available ?? balance.value?.Available, quote.currency)}</dd>
          </dl>
          {quote.short && (
            <p class="notice warn">
              The account lacks {money(quote.short, quote.currency)}. <a href="#/account">Fund it</a>, or the API will refuse the order.
            </p>
          )}
          <details>
            <summary>What this rests on</summary>
            <ul class="small soft bullets">
              {quote.assumptions.map(({ code, message }: { code: string; message: string }) => (
                <li key={code}>{message}</li>
              ))}
            </ul>
          </details>
        </>
      ) : (
        <p class="soft">It is told as soon as nothing is wrong with the order.</p>
      )}
    </section>
  );
}
