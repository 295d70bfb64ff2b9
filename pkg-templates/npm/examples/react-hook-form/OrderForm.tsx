// A form for one card. The schema is the check that the server makes, and its messages speak of this form's own fields.
import { standardSchemaResolver } from "@hookform/resolvers/standard-schema";
import { type OrderRequest, orderSchema, parseAmount, randomPoNumber } from "giftcard-partners/order";
import { useState } from "react";
import { useForm } from "react-hook-form";

const schema = orderSchema.with({
  labels: {
    "LineItems.*.DigitalDeliveryAddress.Email": "E-mail",
    "LineItems.*.Value": "Amount",
    "LineItems.*.Personalization.Message": "Message",
  },
});
const SAID: Record<number, string> = { 201: "Sent.", 409: "It was sent already, as it was before you changed it." };

export function OrderForm({ productId }: { productId: string }) {
  const [poNumber] = useState(() => randomPoNumber("WEB")); // One for each order, not for each attempt.
  const [answer, setAnswer] = useState("");
  const { register, handleSubmit, formState } = useForm<OrderRequest>({
    resolver: standardSchemaResolver(schema),
    defaultValues: { Type: "DigitalDelivery", PONumber: poNumber, LineItems: [{ ProductId: productId, Quantity: 1 }] },
  });
  const errors = formState.errors.LineItems?.[0];

  async function send(order: OrderRequest) {
    const response = await fetch("/api/orders", { method: "POST", body: JSON.stringify(order) }).catch(() => undefined);
    setAnswer(SAID[response?.status ?? 0] ?? "Not confirmed. Press again: it will not be sent twice.");
  }

  return (
    <form noValidate onSubmit={handleSubmit(send)}>
      <Field name="E-mail" error={errors?.DigitalDeliveryAddress?.Email?.message ?? errors?.DigitalDeliveryAddress?.message}>
        <input type="email" {...register("LineItems.0.DigitalDeliveryAddress.Email")} />
      </Field>
      <Field name="Amount" error={errors?.Value?.message}>
        <input inputMode="decimal" {...register("LineItems.0.Value", { setValueAs: parseAmount })} />
      </Field>
      <Field name="Message" error={errors?.Personalization?.Message?.message}>
        <textarea {...register("LineItems.0.Personalization.Message")} />
      </Field>
      <button disabled={formState.isSubmitting}>Send the card</button>
      <output>{answer}</output>
    </form>
  );
}

function Field({ name, error, children }: { name: string; error?: string | undefined; children: React.ReactNode }) {
  return (
    <p>
      <label>
        {name} {children}
      </label>
      {error && <span role="alert">{error}</span>}
    </p>
  );
}
