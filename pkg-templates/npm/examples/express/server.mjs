// An Express server that takes orders and hears when large ones are done. It needs the three GIFTCARD_ variables and CALLBACK_SECRET.
import express from "express";
import { GiftCardPartners, isGiftCardError, verifyCallbackUrl } from "giftcard-partners";

const { GIFTCARD_BASE_URL: baseUrl, GIFTCARD_EMAIL: email, GIFTCARD_ACCESS_TOKEN: accessToken, CALLBACK_SECRET } = process.env;
const client = new GiftCardPartners({ baseUrl, credentials: { email, accessToken }, limits: { maxOrderValue: "500.00" } });
const STATUS = { validation_failed: 422, insufficient_funds: 402, po_number_conflict: 409, unauthorized: 401 };

export const app = express();

// The bytes as they came: they are checked, and sent on as they are. Put your own sign-in in front.
app.post("/orders", express.raw({ type: () => true, limit: "4mb" }), async (request, response) => {
  const { order, outcome } = await client.createOrder(request.body);
  response.status(201).json({ id: order.Id, status: order.Status, outcome });
});

app.get("/orders/:id", async (request, response) => {
  const { Id, Status } = await client.getOrder(request.params.id); // Without its claim links: they are money.
  response.json({ id: Id, status: Status });
});

// The URL of WebhookSettings.FulfillmentComplete, made with signCallbackUrl. What is posted is only a reason to look.
app.post("/fulfilled", express.raw({ type: () => true }), async (request, response) => {
  const { poNumber } = await verifyCallbackUrl(request.originalUrl, CALLBACK_SECRET);
  const { Id, Status } = await client.confirmFulfillment(request.body, { poNumber });
  console.log(`Order ${Id} is ${Status}`);
  response.sendStatus(204);
});

app.use((error, request, response, next) => {
  if (!isGiftCardError(error)) return next(error);
  const { code, outcome, poNumber, issues } = error;
  response.status(error.status === 404 ? 404 : (STATUS[code] ?? 502)).json({ code, outcome, poNumber, issues });
});

if (import.meta.main ?? process.argv[1]?.endsWith("server.mjs")) app.listen(Number(process.env.PORT ?? 3000), "127.0.0.1");
