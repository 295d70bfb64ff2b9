// Checking an order: as the bytes of a request, and as an object in memory.
import { validateOrder } from "giftcard-partners/order";
import { kinds, order } from "../data.js";
import { validators } from "../peers/validators.js";

const OURS = "giftcard-partners";
const decoder = new TextDecoder();
const encoder = new TextEncoder();

const errors = ({ issues }) => issues.filter(({ severity }) => severity === "error").map(({ path }) => path.join("."));

/** Every contender must find exactly what is wrong, and nothing in what is right. */
function expectSame(contenders, wrong) {
  for (const [name, check] of Object.entries(contenders)) {
    const found = [...new Set(check())].sort();
    if (JSON.stringify(found) !== JSON.stringify([...wrong].sort())) {
      throw new Error(`${name} found ${JSON.stringify(found.slice(0, 5))} (${found.length}), not ${JSON.stringify(wrong.slice(0, 5))} (${wrong.length})`);
    }
  }
}

/** The others have no bound on what they list. */
const optionsFor = (kind) => (kind === "1 % bad" ? { maxIssues: 1_000_000 } : undefined);

function fromBytes(lines, { kind, space }) {
  const options = optionsFor(kind);
  const { value, wrong } = order(lines, kind);
  const bytes = encoder.encode(JSON.stringify(value, null, space));
  const contenders = { [OURS]: () => validateOrder(bytes, options) };
  for (const [name, check] of Object.entries(validators)) contenders[name] = () => check(JSON.parse(decoder.decode(bytes)));
  expectSame({ ...contenders, [OURS]: () => errors(validateOrder(bytes, options)) }, wrong);
  return { contenders, bytes: bytes.length };
}

function fromObject(lines, { kind }) {
  const options = optionsFor(kind);
  const { value, wrong } = order(lines, kind);
  const contenders = { [OURS]: () => validateOrder(value, options) };
  for (const [name, check] of Object.entries(validators)) contenders[name] = () => check(value);
  expectSame({ ...contenders, [OURS]: () => errors(validateOrder(value, options)) }, wrong);
  return { contenders };
}

const SIZES = [1, 100, 10_000, 100_000];

export const jobs = [
  { job: "bytes, valid, compact", sizes: SIZES, unit: "lines", prepare: (lines) => fromBytes(lines, { kind: "valid" }) },
  { job: "bytes, valid, pretty", sizes: SIZES, unit: "lines", prepare: (lines) => fromBytes(lines, { kind: "valid", space: 2 }) },
  { job: "bytes, one bad line", sizes: SIZES, unit: "lines", prepare: (lines) => fromBytes(lines, { kind: "one bad line" }) },
  { job: "bytes, 1 % bad lines", sizes: SIZES.slice(1), unit: "lines", prepare: (lines) => fromBytes(lines, { kind: "1 % bad" }) },
  ...kinds.map((kind) => ({ job: `a body of people's texts, ${kind}`, sizes: [100], unit: "lines", prepare: (lines) => fromBytes(lines, { kind }) })),
  { job: "object, valid", sizes: SIZES, unit: "lines", prepare: (lines) => fromObject(lines, { kind: "valid" }) },
  { job: "object, one bad line", sizes: SIZES, unit: "lines", prepare: (lines) => fromObject(lines, { kind: "one bad line" }) },
  { job: "object, 1 % bad lines", sizes: SIZES.slice(1), unit: "lines", prepare: (lines) => fromObject(lines, { kind: "1 % bad" }) },
];
