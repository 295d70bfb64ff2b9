// Once a day: a card for everybody whose birthday is today. It may run twice, be killed or be late: nobody has two cards in a year.
import { readFile } from "node:fs/promises";
import { GiftCardPartners, derivePoNumber, isGiftCardError } from "giftcard-partners";

const { GIFTCARD_BASE_URL: baseUrl, GIFTCARD_EMAIL: email, GIFTCARD_ACCESS_TOKEN: accessToken, TODAY = new Date().toISOString() } = process.env;
const client = new GiftCardPartners({ baseUrl, credentials: { email, accessToken }, limits: { maxOrderValue: "50.00" } });
const people = JSON.parse(await readFile(process.argv[2] ?? "people.json", "utf8")); // [{ id, name, email, birthday: "12-24" }]

// Three days, so that a day on which nothing ran, or nothing was certain, is made up for by the next.
const DAY_MS = 86_400_000;
const days = [2, 1, 0].map((ago) => new Date(Date.parse(TODAY) - ago * DAY_MS).toISOString().slice(0, 10));
const due = days.flatMap((day) => people.filter(({ birthday }) => day.endsWith(`-${birthday}`)).map((person) => [day.slice(0, 4), person]));

for (const [year, { id, name, email: to }] of due) {
  // The same person and year is the same PO number: sent again, it is the same order.
  const PONumber = derivePoNumber(["birthday", id, year], { prefix: "BDAY" });
  const card = { ProductId: "INKWHISTLE", Value: 25, Quantity: 1 };
  const line = { ...card, DigitalDeliveryAddress: { Email: to }, Personalization: { To: name, Message: "Happy birthday!" } };
  try {
    const { outcome } = await client.createOrder({ Type: "DigitalDelivery", LineItems: [line], PONumber });
    console.log(`${id} ${PONumber} ${outcome}`); // An id of yours, and no name: logs are read by many.
  } catch (error) {
    if (!isGiftCardError(error)) throw error;
    console.error(`${id} ${PONumber} ${error.outcome} ${error.code}`);
    process.exitCode = 1;
    // What concerns one person is left to be looked at. What concerns everybody (funds, credentials, the connection) ends the run.
    if (!["validation_failed", "po_number_conflict", "bad_request"].includes(error.code)) break;
  }
}
