import * as z from "zod";
import { EMAIL, PHONE, TYPES, isCents } from "./rules.js";

const identifier = z.string().min(1).max(255);
const name = z.string().max(500);
const email = z.string().max(254).regex(EMAIL);

export const zodOrder = z.object({
  Type: z.enum(TYPES),
  PONumber: identifier,
  Note: z.string().max(10000).optional(),
  LineItems: z.array(z.object({
    ProductId: identifier,
    Value: z.number().positive().refine(isCents),
    Quantity: z.int().min(1).max(1000000),
    DigitalDeliveryAddress: z.object({ Email: email.optional(), Sms: z.string().regex(PHONE).optional() })
      .refine((address) => address.Email !== undefined || address.Sms !== undefined),
    Personalization: z.object({
      To: name.optional(), FromName: name.optional(), FromEmail: email.optional(), Message: z.string().max(10000).optional(),
    }).optional(),
    BrandingId: identifier.optional(),
    ExternalId: identifier.optional(),
    Culture: identifier.optional(),
  })).min(1),
});

export function checkWithZod(order) {
  const result = zodOrder.safeParse(order);
  return result.success ? [] : result.error.issues.map((issue) => issue.path.join("."));
}
