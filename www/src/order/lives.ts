// Orders that were placed here, and what became of each.
import { signal } from "@preact/signals";
import { type ClaimData, type Order, isGiftCardError } from "giftcard-partners/slim";

import { client, refreshBalance, sentenceOf } from "../desk";
import { ORDERS, storeOf } from "../parts/store";
import { claims } from "../snippets/claims.js";
import { place } from "../snippets/place.js";

export interface Life {
  poNumber: string;
  body: string;
  /** `placed`: it exists, and what it has become since could not be asked. */
  state: "sending" | "pending" | "done" | "placed" | "failed";
  order?: Order;
  outcome?: string | undefined;
  attempts?: number;
  problem?: string;
  cards?: ClaimData[];
}

export const lives = signal<Life[]>([]);

/** Each order that is or may be placed and is not done: who closes the tab half way must find it again, and not order anew. */
const store = storeOf(ORDERS);

/** What a closed tab has left. */
export async function recall(): Promise<void> {
  for (const life of (await store.all()) as Life[]) {
    if (!find(life.poNumber)) change(life.poNumber, life.order ? { ...life, state: "placed" } : { ...life, state: "failed", outcome: "unknown" });
  }
}

/** As it is now, or not at all where nothing of it is open. */
async function keep(poNumber: string): Promise<void> {
  const { body, order, outcome, state } = find(poNumber) ?? {};
  const isOpen = state !== "done" && alive(poNumber);
  await (isOpen ? store.keep(poNumber, { poNumber, body, order, outcome }) : store.remove(poNumber));
}

/** The order of this PO number that is placed or may be: nothing else is to be sent under it. */
export function alive(poNumber: string | undefined): Life | undefined {
  return lives.value.find((life) => life.poNumber === poNumber && (life.state !== "failed" || life.outcome === "unknown"));
}

function find(poNumber: string): Life | undefined {
  return lives.value.find((life) => life.poNumber === poNumber);
}

export function cardOf(poNumber: string): string {
  return `life-${poNumber}`;
}

/** Also for an order whose outcome is unknown: the same PO number and the same bytes are the same order. */
export async function send(poNumber: string, body: string): Promise<void> {
  if (!client.value) return;
  const { value: desk } = client;
  const wasUnknown = alive(poNumber)?.outcome === "unknown";
  change(poNumber, { poNumber, body, state: "sending", problem: undefined, outcome: undefined });
  try {
    await keep(poNumber);
  } catch {
    const problem = "Nothing was sent: this browser does not let the page keep it.";
    return change(poNumber, { state: "failed", problem, outcome: wasUnknown ? "unknown" : undefined });
  }
  await follow(poNumber, (tell) => place(desk, body, tell), wasUnknown);
}

/** Of an order that is placed: nothing is sent again. */
export async function ask({ poNumber, order }: Life): Promise<void> {
  const { value: desk } = client;
  if (!desk || !order) return;
  change(poNumber, { state: "pending", problem: undefined });
  await follow(poNumber, async (tell) => tell({ order: await desk.waitForOrder(order, { onUpdate: (news) => tell({ order: news }) }) }));
}

type Told = Pick<Life, "outcome" | "attempts"> & { order: Order };

async function follow(poNumber: string, act: (tell: (told: Told) => void) => Promise<void>, wasUnknown = false): Promise<void> {
  try {
    await act((told) => {
      change(poNumber, { ...told, state: told.order.Status?.toLowerCase() === "pending" ? "pending" : "done" });
      void keepAgain(poNumber);
    });
  } catch (error) {
    // Once it is placed, an error is about asking for it: offered anew, it would be paid for twice.
    change(poNumber, { problem: sentenceOf(error), ...(find(poNumber)?.order ? { state: "placed" } : { state: "failed", outcome: outcomeOf(error, wasUnknown) }) });
    void keepAgain(poNumber);
  }
  await refreshBalance().catch(() => undefined);
}

/** Where that fails, what was kept before it was sent is enough: asked for again, it is the same order. */
async function keepAgain(poNumber: string): Promise<void> {
  await keep(poNumber).catch(() => undefined);
}

/** What was sent before and is unknown stays so, whatever is said of a later attempt. */
function outcomeOf(error: unknown, wasUnknown: boolean): string | undefined {
  // What fails without saying what it knows of the order has proved nothing.
  if (!isGiftCardError(error)) return "unknown";
  return wasUnknown ? "unknown" : error.outcome;
}

export async function showClaims({ poNumber, order }: Life): Promise<void> {
  if (!client.value || !order) return;
  try {
    change(poNumber, { cards: await claims(client.value, order.Id) });
  } catch (error) {
    change(poNumber, { problem: sentenceOf(error) });
  }
}

export function hideClaims({ poNumber }: Life): void {
  change(poNumber, { cards: undefined });
}

function change(poNumber: string, news: Partial<Life>): void {
  const known = find(poNumber);
  lives.value = known
    ? lives.value.map((life) => (life === known ? { ...life, ...news } : life))
    : [{ poNumber, body: "", state: "sending", ...news }, ...lives.value];
}
