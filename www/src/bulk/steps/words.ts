// What the import says to developers, in the words of this page.

/** A field is called by its path in an order, and options are named that this page does not have. */
export function words(message: string): string {
  return message
    .replace(/[,:.]?(?: [Oo]r)? [Ss]ay (?:which [^.]*, such as |with )?(?:`columns`|columns: |duplicates: )[^.]*(?=\.)/g, "")
    .replace(/, and its columns what `columns` says/g, "")
    .replace(/^DigitalDeliveryAddress is required.*/, "An e-mail address or a phone number is missing.")
    .replace(/^(?:[A-Z]\w+\.)*([A-Z]\w+)(?= [a-z])/, (_, field: string) => nameOf(field));
}

function nameOf(field: string): string {
  const text = field.replace(/Id$/, "").replace(/(?<=[a-z])(?=[A-Z\d])/g, " ").toLowerCase();
  return text.charAt(0).toUpperCase() + text.slice(1);
}
