// How far a run is, on one line of a terminal that is drawn over and over. Where there is no terminal it is silent.
import { count, decimal, shown, units } from "./decimal.js";

const WIDTH = 20;
const LEAST_MS = 100;

export class Bar {
  #stream;
  #all;
  #begun = Date.now();
  #drawn = 0;
  #done = { orders: 0, cards: 0, amount: 0n };
  #timer;

  /** `orders`, `cards` and `faceValue` of all that is to be placed. */
  constructor(all, { stream = process.stderr, isQuiet = false } = {}) {
    this.#all = all;
    this.#stream = stream.isTTY && !isQuiet ? stream : undefined;
    // The time that is left goes down also while an answer is awaited.
    if (this.#stream) this.#timer = setInterval(() => this.#draw(), 1000);
    this.#timer?.unref?.();
    this.#draw();
  }

  /** An order came to its end. */
  add({ cards, faceValue }) {
    this.#done.orders += 1;
    this.#done.cards += cards;
    this.#done.amount += units(faceValue) ?? 0n;
    if (Date.now() - this.#drawn >= LEAST_MS || this.#done.orders === this.#all.orders) this.#draw();
  }

  /** A sentence above the bar. */
  note(text) {
    if (!this.#stream) return;
    this.#stream.write(`\r\x1b[K${text}\n`);
    this.#draw();
  }

  end() {
    clearInterval(this.#timer);
    if (this.#stream) this.#stream.write("\r\x1b[K");
    this.#stream = undefined;
  }

  #draw() {
    if (!this.#stream) return;
    this.#drawn = Date.now();
    const { orders, cards, amount } = this.#done;
    const full = this.#all.orders === 0 ? WIDTH : Math.floor((WIDTH * orders) / this.#all.orders);
    const seconds = (Date.now() - this.#begun) / 1000;
    const pace = orders / Math.max(seconds, 0.001);
    const parts = [
      `[${"#".repeat(full)}${"-".repeat(WIDTH - full)}]`,
      `${orders}/${count(this.#all.orders, "order")}`,
      `${shown(String(cards))}/${count(this.#all.cards, "card")}`,
      `${shown(decimal(amount))}/${shown(this.#all.faceValue)}`,
      orders > 0 ? `${pace.toFixed(1)}/s` : "",
      orders > 0 ? `${clock((this.#all.orders - orders) / pace)} left` : "",
    ];
    // One column less than there are: a full line would wrap and be left standing.
    const text = parts.filter(Boolean).join("  ").slice(0, Math.max(1, (this.#stream.columns || 80) - 1));
    this.#stream.write(`\r\x1b[K${text}`);
  }
}

function clock(seconds) {
  const whole = Math.ceil(seconds);
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}`;
}
