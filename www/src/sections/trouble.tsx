// What goes wrong between an order and its answer, switched on by hand; and the count that must not be wrong.
import { signal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import type { ClientEvent, OrderRequest } from "giftcard-partners/slim";
import { randomPoNumber } from "giftcard-partners/slim";

import { type LogEntry, balance, catalog, client, command, log, note, refreshBalance, sentenceOf } from "../desk";
import { Code } from "../parts/code";
import { plural } from "../parts/text";
import { attempt } from "../snippets/trouble.js";
import source from "../snippets/trouble.js?raw";

interface Trouble {
  id: string;
  name: string;
  about: string;
  /** Readies the trouble for the next order. */
  ready?: () => Promise<void>;
}

const strike = (fault: string, more: object = {}) => () => command("/_sandbox/inject", { fault, ...more });

const TROUBLES: Trouble[] = [
  { id: "answer", name: "The API's answer is lost", about: "The order is placed; the connection breaks before anyone hears of it.", ready: strike("drop-response") },
  { id: "request", name: "The request is lost", about: "The connection breaks on the way there; nothing was placed.", ready: strike("drop-request") },
  { id: "gateway", name: "A gateway gives up: 504", about: "An HTML page instead of an answer, and the order is placed all the same.", ready: strike("504-html-after") },
  { id: "busy", name: "Too many requests: 429", about: "The API asks to wait for one second.", ready: strike("429", { retryAfterSeconds: 1 }) },
  { id: "tab", name: "The Worker's answer is lost", about: "Between the Worker and this page, after the order was placed.", ready: () => command("/_desk/lose", {}) },
  { id: "silence", name: "Silence", about: "The order is placed and no answer ever comes. The Worker waits for 3 seconds.", ready: strike("timeout-after") },
  { id: "funds", name: "The funds run out", about: "The order costs more than the account holds: 422, and there is no order." },
];

const AT_ONCE = 3;

/** An order request as the sandbox saw it. */
interface Attempt {
  PONumber: string;
  status: number | null;
  fault?: string;
}

interface Asked {
  poNumber: string;
  order: OrderRequest;
  outcome?: string;
  attempts?: number;
  code?: string;
}

const chosen = signal<ReadonlySet<string>>(new Set(["answer"]));
const asked = signal<Asked[]>([]);
const seen = signal<Attempt[]>([]);
const placed = signal(0);
const twice = signal(0);
const busy = signal(false);
const problem = signal<string>();

export function Trouble() {
  useEffect(listen, []);
  const expected = asked.value.filter(({ outcome }) => outcome === "created" || outcome === "reconciled").length;
  return (
    <>
      <div class="intro">
        <h1 tabIndex={-1}>Trouble</h1>
        <p class="soft">Orders are lost and doubled where a connection breaks at the wrong moment. Break it here, and count.</p>
      </div>
      <div class="columns turned">
        <div class="stack">
          <form
            class="panel stack"
            aria-labelledby="switches-title"
            onSubmit={(event) => {
              event.preventDefault();
              void busily(placeAll);
            }}
          >
            <fieldset>
              <legend id="switches-title">What each order meets</legend>
              {TROUBLES.map(({ id, name, about }) => (
                <div key={id} class="choice">
                  <input
                    id={`trouble-${id}`}
                    type="checkbox"
                    role="switch"
                    checked={chosen.value.has(id)}
                    aria-describedby={`about-${id}`}
                    onChange={({ currentTarget }) => choose(id, currentTarget.checked)}
                  />
                  <span>
                    <label for={`trouble-${id}`}>{name}</label>
                    <small id={`about-${id}`}>{about}</small>
                  </span>
                </div>
              ))}
            </fieldset>
            <div class="row">
              <button type="submit" class="main" disabled={busy.value || !client.value || !catalog.value}>
                Place {AT_ONCE} orders
              </button>
              <a href="#/account">Fund the account</a>
            </div>
            {problem.value && (
              <p class="notice bad" role="alert">
                {problem.value}
              </p>
            )}
          </form>
          <Code title="The code that places and knows" source={source} />
        </div>
        <div class="stack">
          <section class="panel stack" aria-labelledby="count-title">
            <h2 id="count-title">Never twice</h2>
            <dl class="figures">
              <div>
                <dt>Orders asked for</dt>
                <dd>{asked.value.length}</dd>
              </div>
              <div>
                <dt>Said to be placed</dt>
                <dd>{expected}</dd>
              </div>
              <div class={placed.value === expected ? "good" : "bad"}>
                <dt>In the sandbox</dt>
                <dd>{placed.value}</dd>
              </div>
              <div class={twice.value === 0 ? "good" : "bad"}>
                <dt>There twice</dt>
                <dd>{twice.value}</dd>
              </div>
            </dl>
            <p role="status">{busy.value ? "Placing…" : asked.value.length > 0 ? `${plural(asked.value.length, "order")} asked for, ${placed.value} in the sandbox, ${twice.value} twice.` : "Nothing was asked for yet."}</p>
            {asked.value.length > 0 && (
              <div class="scroll" tabIndex={0} role="region" aria-label="Orders asked for">
                <ul class="asked">
                  {asked.value.map((one) => (
                    <AskedLine key={one.poNumber} asked={one} />
                  ))}
                </ul>
              </div>
            )}
          </section>
          <Log />
        </div>
      </div>
    </>
  );
}

/** An order, each request for it as the API saw it, and what this page knows in the end. */
function AskedLine({ asked: { poNumber, order, outcome, code, attempts } }: { asked: Asked }) {
  const requests = seen.value.filter(({ PONumber }) => PONumber === poNumber);
  return (
    <li>
      <span class="anywhere num">{poNumber}</span>
      <ol class="chips" aria-label={`Requests for ${poNumber}, as the API saw them`}>
        {requests.map(({ status, fault }, index) => (
          <li key={index} class={`tag ${fault ? "bad" : status !== null && status < 300 ? "good" : "warn"}`}>
            {fault ?? status}
          </li>
        ))}
      </ol>
      <span>
        → <strong class={`tag ${tone(outcome)}`}>{outcome ?? "under way"}</strong> {code ?? ""}
        {attempts && attempts > 1 ? ` after ${attempts} attempts of this page` : ""}
      </span>
      {outcome === "unknown" && (
        <button type="button" disabled={busy.value} aria-label={`Ask again for ${poNumber}`} onClick={() => void busily(() => ask(poNumber, order))}>
          Ask again
        </button>
      )}
    </li>
  );
}

function choose(id: string, on: boolean): void {
  const next = new Set(chosen.value);
  if (on) next.add(id);
  else next.delete(id);
  chosen.value = next;
}

async function busily(act: () => Promise<void>): Promise<void> {
  busy.value = true;
  problem.value = undefined;
  try {
    await act();
  } catch (error) {
    problem.value = sentenceOf(error);
  } finally {
    busy.value = false;
  }
}

async function placeAll(): Promise<void> {
  for (let order = 0; order < AT_ONCE; order += 1) {
    const poNumber = randomPoNumber("TROUBLE");
    await refreshBalance();
    const request = orderOf(poNumber, chosen.value.has("funds"));
    asked.value = [{ poNumber, order: request }, ...asked.value];
    for (const trouble of TROUBLES) {
      if (chosen.value.has(trouble.id)) await trouble.ready?.();
    }
    await ask(poNumber, request);
  }
}

/** Also again: the same order under the same PO number. */
async function ask(poNumber: string, order: OrderRequest): Promise<void> {
  if (!client.value) return;
  const result = await attempt(client.value, order);
  asked.value = asked.value.map((one) => {
    if (one.poNumber !== poNumber) return one;
    // Asked again, and refused: the attempt before stays unknown.
    const isOpen = one.outcome && result.code;
    return { ...one, ...result, ...(isOpen && { outcome: one.outcome }) };
  });
  await Promise.all([tally(), refreshBalance()]);
}

/** Cards of an order, by the sandbox. */
const MOST = 100_000;

function orderOf(PONumber: string, tooMuch: boolean): OrderRequest {
  const [ProductId, Value] = tooMuch ? ["CLOUDFERN", 1_000] : ["INKWHISTLE", 10];
  // With its discount, too, it must cost more than there is.
  const { DiscountPercentage = 0 } = catalog.value?.product(ProductId)?.Cost ?? {};
  const Quantity = tooMuch ? Math.floor((balance.value?.Available ?? 0) / (Value * (1 - DiscountPercentage / 100))) + 1 : 1;
  if (Quantity > MOST) throw new Error("The account holds more than the largest order can cost: its funds cannot run out here.");
  return { Type: "Links", LineItems: [{ ProductId, Value, Quantity }], PONumber };
}

/** What the sandbox itself says that it holds, and that it was asked. */
async function tally(): Promise<void> {
  const answer = await fetch("/_desk/orders");
  const { orders, attempts } = (await answer.json()) as { orders: string[]; attempts: Attempt[] };
  const ours = new Set(asked.value.map(({ poNumber }) => poNumber));
  const found = orders.filter((poNumber) => ours.has(poNumber));
  seen.value = attempts.filter(({ PONumber }) => ours.has(PONumber));
  placed.value = found.length;
  twice.value = found.length - new Set(found).size;
}

/** The Worker logs what its client does; the desk's server passes it on. */
function listen(): () => void {
  const source = new EventSource("/_desk/events");
  source.onmessage = ({ data }: MessageEvent<string>) => note("worker", JSON.parse(data) as ClientEvent);
  return () => source.close();
}

function Log() {
  return (
    <section class="panel stack" aria-labelledby="log-title">
      <h2 id="log-title">Each attempt</h2>
      <p class="soft">From the client's events, here and in the Worker: no secret and no person is in them.</p>
      <div class="scroll" tabIndex={0} role="log" aria-labelledby="log-title">
        <ol class="log">
          {log.value.filter(({ event }) => event.type !== "request").map((entry) => (
            <LogLine key={entry.key} entry={entry} />
          ))}
        </ol>
      </div>
    </section>
  );
}

function LogLine({ entry: { at, hop, event } }: { entry: LogEntry }) {
  return (
    <li>
      <span class="soft">{at.toLocaleTimeString("en-GB")}</span>
      <span>
        {hop === "page" ? "page → Worker" : "Worker → API"} · {event.method} {event.path.replace(/[^/]{18,}$/, "{id}")} · <Outcome event={event} />
        {event.poNumber && <span class="po"> {event.poNumber}</span>}
      </span>
    </li>
  );
}

function Outcome({ event }: { event: ClientEvent }) {
  if (event.type === "retry") return <span class="tag warn">again in {event.waitMs} ms</span>;
  if (event.type === "refresh") return <span class="tag warn">new token</span>;
  if (event.type !== "response") return null;
  if (event.status === undefined) return <span class="tag bad">no answer</span>;
  return <span class={`tag ${event.status < 300 ? "good" : "warn"}`}>{event.status}</span>;
}

function tone(outcome: string | undefined): string {
  if (outcome === "created" || outcome === "reconciled") return "good";
  return outcome === "rejected" ? "bad" : "warn";
}
