// A page that reads a list, plans a campaign and places it: what README's table calls "everything".
import { GiftCardPartners, RecipientImport, claimsCsv } from "giftcard-partners";

const client = new GiftCardPartners({ baseUrl: "/api" });

export async function place(list, campaign, save) {
  const recipients = new RecipientImport({ type: "Links", catalog: await client.catalog() });
  recipients.push(list);
  const plan = recipients.finish().plan({ campaign });
  await client.placeCampaign(plan, { save });
  return claimsCsv(plan, []);
}
