// Placing a campaign's orders with a bar, and two ways to stop: Ctrl-C lets those under way end, a second one gives them up.
import { Bar } from "./bar.js";
import { decimal, units } from "./decimal.js";

/** Places what is open; resolves to how far it came and, where it ended early, why. */
export async function place(client, campaign, { folder, out }) {
  const cards = cardsOf(campaign.next());
  const bar = new Bar(sum([...cards.values()]), { isQuiet: out.isJson });
  const stop = stopping((sentence) => bar.note(sentence));
  try {
    const progress = await client.placeCampaign(campaign, {
      save: (ledger) => folder.save(ledger),
      finish: stop.finish,
      signal: stop.signal,
      onProgress: (progress) => out.event("progress", progress),
      onOrder({ poNumber, outcome, orderId, attempts, error }) {
        out.event("order", { poNumber, outcome, orderId, attempts, ...(error && { error: { code: error.code, message: error.message } }) });
        const order = cards.get(poNumber);
        if (order) bar.add(order);
      },
    });
    return { progress, isStopped: stop.isAsked };
  } catch (error) {
    return { progress: campaign.progress(), isStopped: stop.isAsked, error };
  } finally {
    bar.end();
    stop.end();
  }
}

/** What is in each order, by its PO number. */
function cardsOf(orders) {
  const decoder = new TextDecoder();
  return new Map(
    orders.map(({ poNumber, faceValue, body }) => {
      const cards = JSON.parse(decoder.decode(body)).LineItems.reduce((all, { Quantity = 1 }) => all + Quantity, 0);
      return [poNumber, { cards, faceValue }];
    }),
  );
}

function sum(orders) {
  const amount = orders.reduce((all, { faceValue }) => all + (units(faceValue) ?? 0n), 0n);
  return { orders: orders.length, cards: orders.reduce((all, { cards }) => all + cards, 0), faceValue: decimal(amount) };
}

function stopping(say) {
  const finish = new AbortController();
  const giveUp = new AbortController();
  const stop = () => {
    if (finish.signal.aborted) return giveUp.abort();
    finish.abort();
    say("Stopping: the orders under way end first. Ctrl-C once more gives them up; they are looked at when you call it again.");
  };
  for (const name of ["SIGINT", "SIGTERM"]) process.on(name, stop);
  return {
    finish: finish.signal,
    signal: giveUp.signal,
    get isAsked() {
      return finish.signal.aborted;
    },
    end() {
      for (const name of ["SIGINT", "SIGTERM"]) process.off(name, stop);
    },
  };
}
