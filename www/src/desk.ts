// What every section shares: the package once it is loaded, the catalog, the balance, and what the client did.
import { signal } from "@preact/signals";
import wasm from "giftcard-partners/giftcard_partners.wasm?url";
import { type AccountBalance, type Catalog, type ClientEvent, type GiftCardPartners, init } from "giftcard-partners/slim";

import { balanceOf } from "./snippets/account.js";
import { loadCatalog } from "./snippets/catalog.js";
import { connect } from "./snippets/place.js";

export interface LogEntry {
  key: number;
  at: Date;
  hop: "page" | "worker";
  event: ClientEvent;
}

const LOG_LENGTH = 200;

export const client = signal<GiftCardPartners>();
export const catalog = signal<Catalog>();
export const balance = signal<AccountBalance>();
/** Why nothing works, in words for a person. */
export const failure = signal<string>();
export const log = signal<LogEntry[]>([]);

let keys = 0;

export function note(hop: LogEntry["hop"], event: ClientEvent): void {
  keys += 1;
  log.value = [{ key: keys, at: new Date(), hop, event }, ...log.value].slice(0, LOG_LENGTH);
}

export async function open(): Promise<void> {
  try {
    await init(fetch(wasm));
    client.value = connect((event: ClientEvent) => note("page", event));
    const [loaded] = await Promise.all([loadCatalog(), refreshBalance()]);
    catalog.value = loaded;
  } catch (error) {
    failure.value = sentenceOf(error);
  }
}

export async function refreshBalance(): Promise<void> {
  if (client.value) balance.value = await balanceOf(client.value);
}

export function sentenceOf(error: unknown): string {
  return error instanceof Error ? error.message : "Something failed that has no name.";
}

/** An amount with its currency, from decimal text: no float in between. */
export function money(amount: string | number | undefined, currency = "USD"): string {
  if (amount === undefined) return "–";
  const format = new Intl.NumberFormat("en-US", { style: "currency", currency });
  return format.format(amount as number);
}

export function count(number: number): string {
  return number.toLocaleString("en-US");
}

/** A command to the sandbox, or to the desk's own server. */
export async function command(path: string, body: object): Promise<void> {
  const answer = await fetch(path, { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) });
  if (!answer.ok) throw new Error(((await answer.json()) as { Message?: string }).Message ?? `${path} was answered with ${answer.status}`);
}
