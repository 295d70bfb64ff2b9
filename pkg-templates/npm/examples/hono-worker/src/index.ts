// A Worker with Hono: one route that places orders, behind a bearer token.
import { sValidator } from "@hono/standard-validator";
import { GiftCardPartners, isGiftCardError, orderSchema } from "giftcard-partners";
import { type Context, Hono } from "hono";
import { bearerAuth } from "hono/bearer-auth";
import { HTTPException } from "hono/http-exception";

interface Bindings {
  GIFTCARD_BASE_URL: string;
  GIFTCARD_EMAIL: string;
  GIFTCARD_ACCESS_TOKEN: string;
  CALLER_TOKEN: string;
}
const STATUS: Record<string, 402 | 409 | 422> = { validation_failed: 422, insufficient_funds: 402, po_number_conflict: 409 };
let client: GiftCardPartners | undefined; // One for each isolate: its calls share a token.

function clientOf({ GIFTCARD_BASE_URL: baseUrl, GIFTCARD_EMAIL: email, GIFTCARD_ACCESS_TOKEN: accessToken }: Bindings): GiftCardPartners {
  client ??= new GiftCardPartners({ baseUrl, credentials: { email, accessToken }, limits: { maxOrderValue: "500.00" } });
  return client;
}

const app = new Hono<{ Bindings: Bindings }>();

app.use("/orders", (context, next) => bearerAuth({ token: context.env.CALLER_TOKEN })(context as Context, next));

app.post("/orders", sValidator("json", orderSchema), async (context) => {
  const { order, outcome } = await clientOf(context.env).createOrder(context.req.valid("json"));
  return context.json({ id: order.Id, status: order.Status, outcome }, 201);
});

app.onError((error, context) => {
  if (error instanceof HTTPException) return error.getResponse();
  if (!isGiftCardError(error)) throw error;
  const { code, outcome, poNumber, issues } = error;
  return context.json({ code, outcome, poNumber, issues }, STATUS[code] ?? 502);
});

export default app;
