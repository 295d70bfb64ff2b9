/** Whether an order is still being fulfilled: `Pending` is the one status that is documented. An absent one is not finished. */
export function isPending(status: unknown): boolean {
  return status === undefined || status === null || String(status).toLowerCase() === "pending";
}
