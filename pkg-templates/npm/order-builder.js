// OrderBuilder: an order, line by line. A line is text from the moment it is added, so what happens to its object afterwards
// does not matter, and the order crosses into wasm once, packed.
import { ConfigError } from "./errors.js";
import { refusing } from "./input.js";
import { Packer } from "./packer.js";

const decoder = new TextDecoder();

/** The class, over the wasm of the entry that it belongs to. */
export function makeOrderBuilder({ checkedOrder }) {
  return class OrderBuilder {
    #head;
    #lines = new Packer();

    constructor(Type, PONumber) {
      this.#head = { Type, PONumber };
    }

    static digitalDelivery(poNumber) {
      return new OrderBuilder("DigitalDelivery", poNumber);
    }

    static links(poNumber) {
      return new OrderBuilder("Links", poNumber);
    }

    static physicalShipment(poNumber) {
      return new OrderBuilder("PhysicalShipment", poNumber);
    }

    note(text) {
      const head = this.#open().#head;
      // JSON leaves it out without a word.
      if (typeof text === "symbol" || typeof text === "function") throw new ConfigError(UNWRITABLE);
      head.Note = text;
      return this;
    }

    fulfillmentWebhook(url) {
      this.#open().#head.WebhookSettings = { FulfillmentComplete: refusing(UNWRITABLE, () => String(url)) };
      return this;
    }

    addLine(line) {
      const lines = this.#open().#lines;
      refusing(UNWRITABLE, () => lines.add(line));
      return this;
    }

    build() {
      return JSON.parse(decoder.decode(this.toBytes()));
    }

    toBytes() {
      return checkedOrder(this.#take());
    }

    free() {
      this.#lines = undefined;
      this.#head = undefined;
    }

    #open() {
      if (this.#lines) return this;
      throw new ConfigError("This OrderBuilder was used up by build(), toBytes() or free(). Start another one.");
    }

    #take() {
      const head = this.#open().#head;
      const order = refusing(UNWRITABLE, () => JSON.stringify({ ...head, LineItems: [] }));
      const packed = this.#lines.finish(order.slice(0, -END.length), END);
      this.free();
      return packed;
    }
  };
}

/** What stands behind the lines. */
const END = "]}";

/** What the engine says of a value that JSON cannot hold may show the value; ours does not. */
const UNWRITABLE = "OrderBuilder: this cannot be written as JSON: it is a symbol or a function, holds itself or a BigInt, or throws.";
