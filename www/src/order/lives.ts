// Orders that were placed here, and what became of each.
import { signal } from "@preact/signals";
import { type ClaimData, type Order, isGiftCardError } from "giftcard-partners/slim";

import { client, refreshBalance, sentenceOf } from "../desk";
import { claims } from "../snippets/claims.js";
import { place } from "../snippets/place.js";

export interface Life {
  poNumber: string;
  body: string;
  state: "sending" | "pending" | "done" | "failed";
  order?: Order;
  outcome?: string | undefined;
  attempts?: number;
  problem?: string;
  cards?: ClaimData[];
}

export const lives = signal<Life[]>([]);

/** The order of this PO number that is placed or may be: nothing else is to be sent under it. */
export function alive(poNumber: string | undefined): Life | undefined {
  return lives.value.find((life) => life.poNumber === poNumber && (life.state !== "failed" || life.outcome === "unknown"));
}

export function cardOf(poNumber: string): string {
  return `life-${poNumber}`;
}

/** Also for an order whose outcome is unknown: the same PO number and the same bytes are the same order. */
export async function send(poNumber: string, body: string): Promise<void> {
  if (!client.value) return;
  change(poNumber, { poNumber, body, state: "sending", problem: undefined, outcome: undefined });
  try {
    await place(client.value, body, ({ order, outcome, attempts }: { order: Order; outcome: string; attempts: number }) => {
      const state = order.Status?.toLowerCase() === "pending" ? "pending" : "done";
      change(poNumber, { order, outcome, attempts, state });
    });
  } catch (error) {
    change(poNumber, { state: "failed", problem: sentenceOf(error), ...(isGiftCardError(error) ? { outcome: error.outcome } : {}) });
  }
  await refreshBalance().catch(() => undefined);
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
  const known = lives.value.find((life) => life.poNumber === poNumber);
  lives.value = known
    ? lives.value.map((life) => (life === known ? { ...life, ...news } : life))
    : [{ poNumber, body: "", state: "sending", ...news }, ...lives.value];
}
