// OrderBuilder: an order, line by line. A line is JSON from the moment it is added, so what happens to its object afterwards
// does not matter, and the order crosses into wasm once, as bytes.
import { ConfigError } from "./errors.js";

const encoder = new TextEncoder();

/** The class, over the wasm of the entry that it belongs to. */
export function makeOrderBuilder({ assertOrder, parseOrder }) {
  return class OrderBuilder {
    #head;
    #lines = [];

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
      this.#open().#head.Note = text;
      return this;
    }

    fulfillmentWebhook(url) {
      this.#open().#head.WebhookSettings = { FulfillmentComplete: String(url) };
      return this;
    }

    addLine(line) {
      this.#open().#lines.push(toJson(line));
      return this;
    }

    build() {
      return parseOrder(this.#take());
    }

    toBytes() {
      const bytes = this.#take();
      assertOrder(bytes);
      return bytes;
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
      const order = toJson({ ...this.#open().#head, LineItems: [] });
      const bytes = encoder.encode(`${order.slice(0, -"]}".length)}${this.#lines.join()}]}`);
      this.free();
      return bytes;
    }
  };
}

/** What the engine says of a value that JSON cannot hold may show the value; ours does not. */
function toJson(value) {
  try {
    return JSON.stringify(value) ?? "null";
  } catch {
    throw new ConfigError("OrderBuilder: this cannot be written as JSON: it holds itself, a BigInt or a function that throws.");
  }
}
