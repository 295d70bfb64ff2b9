// Everything together: checks two orders with each entry, and places one in the sandbox.
import { createSandbox } from "giftcard-partners/sandbox";

import { client } from "./client.js";
import { form } from "./form.js";

export async function desk() {
  const sandbox = createSandbox();
  const { valid, issues, outcome } = await client(sandbox);
  return { order: form(), root: { valid, issues }, outcome, orders: sandbox.orders().length };
}
