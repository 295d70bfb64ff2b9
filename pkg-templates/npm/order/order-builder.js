// OrderBuilder: an order, line by line. A line is text from the moment it is added, so what happens to its object afterwards
// does not matter.
import { ConfigError } from "../shared/errors.js";
import { Handle, SHOWN, rawOfThis } from "../shared/handle.js";
import { refusing } from "../shared/input.js";

const decoder = new TextDecoder();
const encoder = new TextEncoder();

/** The class, over the wasm of the entry that it belongs to. */
export function makeOrderBuilder({ checkedOrder }) {
  return class OrderBuilder extends Handle {
    static name = "OrderBuilder";
    static gone = "This OrderBuilder was used up by build(), toBytes() or free(). Start another one.";

    constructor(Type, PONumber) {
      super({ head: { Type, PONumber }, lines: [], free() {} });
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
      const { head } = rawOfThis(this, "note");
      // JSON leaves it out without a word.
      if (typeof text === "symbol" || typeof text === "function") throw new ConfigError(UNWRITABLE);
      head.Note = text;
      return this;
    }

    fulfillmentWebhook(url) {
      rawOfThis(this, "fulfillmentWebhook").head.WebhookSettings = { FulfillmentComplete: refusing(UNWRITABLE, () => String(url)) };
      return this;
    }

    addLine(line) {
      const { lines } = rawOfThis(this, "addLine");
      lines.push(refusing(UNWRITABLE, () => JSON.stringify(line) ?? "null"));
      return this;
    }

    build() {
      return JSON.parse(decoder.decode(this.toBytes()));
    }

    toBytes() {
      const { head, lines } = rawOfThis(this, "toBytes");
      const order = refusing(UNWRITABLE, () => JSON.stringify({ ...head, LineItems: [] }));
      this.free();
      const bytes = encoder.encode(`${order.slice(0, -END.length)}${lines.join()}${END}`);
      return checkedOrder(bytes) ?? bytes;
    }

    [SHOWN]() {
      const { head, lines } = rawOfThis(this, "toJSON");
      return { Type: head.Type, PONumber: head.PONumber, lines: lines.length };
    }
  };
}

/** What stands behind the lines. */
const END = "]}";

/** What the engine says of a value that JSON cannot hold may show the value; ours does not. */
const UNWRITABLE = "OrderBuilder: this cannot be written as JSON: it is a symbol or a function, holds itself or a BigInt, or throws.";
