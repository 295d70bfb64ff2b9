// Making a request's body: from an object that is there, and line by line.
import * as tools from "giftcard-partners/order";
import { order } from "../data.js";
import { validators } from "../peers/validators.js";

const SIZES = [1, 100, 10_000, 100_000];
const decoder = new TextDecoder();
const encoder = new TextEncoder();

const toBytes = (value) => encoder.encode(JSON.stringify(value));

function valid(found) {
  if (found.length) throw new Error("a valid order was refused");
}

/** Every contender must make the same body. */
function expectBody(contenders, value) {
  for (const [name, make] of Object.entries(contenders)) {
    const made = JSON.parse(decoder.decode(make()));
    const sorted = ({ Type, LineItems, PONumber }) => JSON.stringify({ Type, LineItems, PONumber });
    if (sorted(made) !== sorted(value)) throw new Error(`${name} makes another body`);
  }
}

/** Checked bytes, whether the lines are there as an object or come one by one. */
function built({ PONumber, LineItems }) {
  const builder = tools.OrderBuilder.digitalDelivery(PONumber);
  for (const item of LineItems) builder.addLine(item);
  return builder.toBytes();
}

function fromObject(lines) {
  const { value } = order(lines);
  const contenders = { "giftcard-partners": () => built(value), "(nothing checked)": () => toBytes(value) };
  for (const [name, check] of Object.entries(validators)) {
    contenders[name] = () => {
      valid(check(value));
      return toBytes(value);
    };
  }
  expectBody(contenders, value);
  return { contenders };
}

function lineByLine(lines) {
  const { value } = order(lines);
  const collected = () => {
    const made = { Type: value.Type, LineItems: [], PONumber: value.PONumber };
    for (const item of value.LineItems) made.LineItems.push(item);
    return made;
  };
  const contenders = { "giftcard-partners": () => built(value), "(nothing checked)": () => toBytes(collected()) };
  for (const [name, check] of Object.entries(validators)) {
    contenders[name] = () => {
      const made = collected();
      valid(check(made));
      return toBytes(made);
    };
  }
  expectBody(contenders, value);
  return { contenders };
}

export const jobs = [
  { job: "object to checked body", sizes: SIZES, unit: "lines", prepare: fromObject },
  { job: "builder, line by line", sizes: SIZES, unit: "lines", prepare: lineByLine, absent: !tools.OrderBuilder },
];
