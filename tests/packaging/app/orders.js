// A valid order and one with two mistakes, as every consumer gives them to the package.
export const VALID = { Type: "Links", LineItems: [{ ProductId: "INKWHISTLE", Value: 25, Quantity: 1 }], PONumber: "PO-1" };
export const INVALID = { Type: "Links", LineItems: [{ ProductId: "INKWHISTLE", Value: -1, Quantity: 1 }] };
/** A list of two people, of whom one has an address. */
export const LIST = "Email,Product,Value\nana@example.com,INKWHISTLE,25\nbob,INKWHISTLE,25\n";
