// A page that is rendered on the server: what can be ordered as an e-mail, and what the account holds.
import { giftCards } from "../client";

export const dynamic = "force-dynamic"; // The balance is asked for at each visit; the catalog is kept for a week.

export default async function Page() {
  const client = giftCards();
  const [catalog, { Available = 0 }] = await Promise.all([client.catalog(), client.accountBalance()]);
  const products = catalog.search({ deliveryType: "DigitalDelivery" });

  return (
    <main>
      <h1>Gift cards</h1>
      <p>Available: {Available.toFixed(2)}</p>
      <ul>
        {products.map(({ Id, Name = Id, CurrencyCode, Denominations }) => (
          <li key={Id}>
            {Name}: {Denominations.join(", ")} {CurrencyCode}
          </li>
        ))}
      </ul>
    </main>
  );
}
