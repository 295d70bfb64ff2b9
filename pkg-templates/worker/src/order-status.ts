/** Whether an order is still being fulfilled: `Pending` is the one status that is documented. An absent or empty one is not finished. */
export function isPending(status: unknown): boolean {
  return ["", "pending"].includes(String(status ?? "").trim().toLowerCase());
}
