// The catalog and what it is good for: choosing, checking, quoting.
import type { Handle } from "./handle.js";
import type { OrderRequest } from "./order.js";

/**
 * A compact index over products: what a list to choose from, the validator and a quote need of them. 2,000 products take 100
 * to 160 KB, so it fits in a page; texts and pictures stay with `getProduct`.
 *
 * It belongs to the entry that made it and crosses by {@link toBytes}: a worker's catalog becomes a page's with
 * `Catalog.from(bytes)`.
 */
export declare class Catalog {
  private constructor();

  /**
   * A catalog of products, or of bytes: those of {@link toBytes}, or a products answer of the API as it came (an envelope or a
   * bare array, in any casing). A product without an `Id` is left out; of two with one `Id`, one is kept.
   *
   * @throws {ConfigError} for anything else, such as bytes that were cut or altered.
   */
  static from(products: readonly (CatalogSource | CatalogProduct)[] | Uint8Array | ArrayBuffer): Catalog;

  /** The index, with its own checksum. */
  toBytes(): Uint8Array;

  /**
   * A hash of everything that is kept, in hexadecimal: two places that have the same one hold the same catalog. The order of
   * the products and the casing of the answer do not count.
   */
  readonly hash: string;

  /** How many products there are. */
  readonly size: number;

  /** The product of that id, letter for letter. */
  product(id: string): CatalogProduct | undefined;

  /**
   * The products that have everything that is asked for, in the order of their ids. What the catalog does not know of a
   * product, the product does not have.
   *
   * ```js
   * catalog.search({ text: "coffee", amount: "25.00", deliveryType: "Links", limit: 10 });
   * ```
   *
   * @throws {ConfigError} for a query that cannot be used.
   */
  search(query?: CatalogQuery): CatalogProduct[];

  /** Gives its memory back. Twice is fine; anything else afterwards is a `ConfigError`. */
  free(): void;
}
export interface Catalog extends Handle {}

/** A product as the API answers it. */
export interface CatalogSource {
  Id: string;
  [field: string]: unknown;
}

/** What a catalog keeps of a product, in the API's own shape. */
export interface CatalogProduct {
  Id: string;
  Name?: string;
  /** Such as `"Digital"`. */
  Type?: string;
  /** Such as `"USD"`. */
  CurrencyCode?: string;
  /** `"Fixed"`: `Denominations` are the values on offer. `"Variable"`: they are the least and the most. */
  DenominationType?: string;
  /** From the least to the most. */
  Denominations: number[];
  /** The types of order that can have it. */
  AvailableDeliveryTypes: string[];
  /** As the API says them, rounded to eight decimals; how they are applied is not documented: see {@link Quote.assumptions}. */
  Cost: {
    Fee?: number;
    /** In percent, at most 100. */
    DiscountPercentage?: number;
  };
  Meta: {
    ShippingConfiguration: {
      /** Whether a `PhysicalShipment` must name a `CarrierId`. */
      HasRequiredCardCarriers: boolean;
    };
  };
}

/** What is looked for. A field that is left out does not matter. */
export interface CatalogQuery {
  /** Words, all of which are in the id or the name, in any case. */
  text?: string;
  /** A value that a card may have, such as `"25.00"` or `25`: in the list of a Fixed product, in the range of a Variable one. */
  amount?: string | number;
  /** One of `AvailableDeliveryTypes`. */
  deliveryType?: string;
  /** `CurrencyCode`. */
  currency?: string;
  /** `Type`. */
  type?: string;
  /** Products at most. Default: all. */
  limit?: number;
}

/**
 * What an order will cost, and whether a balance covers it.
 *
 * ```js
 * const { total, short } = quoteOrder(order, catalog, await client.accountBalance());
 * if (short) console.log(`${total}: ${short} is missing`);
 * ```
 *
 * @param balance An account balance as answered, in any casing. Its `Available` counts, as a number or as decimal text; what is
 *   `Pending` pays for nothing.
 * @throws {ValidationError} for an order that breaks a rule of the API or of the catalog.
 * @throws {ConfigError} for what is no catalog of this entry, and for a balance without `Available`.
 */
export declare function quoteOrder(
  input: OrderRequest | string | Uint8Array | ArrayBuffer,
  catalog: Catalog,
  balance?: { Available?: number | string; [field: string]: unknown } | null,
): Quote;

/** Amounts are decimal text with the decimals of the currency, such as `"75.00"` or, of yen, `"1500"`; exact. */
export interface Quote {
  /** Of all lines; absent where the catalog names none. */
  currency?: string;
  /** Value times quantity. */
  faceValue: string;
  /** Taken off. */
  discount: string;
  /** Put on. */
  fees: string;
  /** Face value less discount plus fees. */
  total: string;
  /** The balance's `Available`; below zero where the account owes. Absent without a balance. */
  available?: string;
  /** How much `available` lacks of `total`; absent where it is enough, and without a balance. */
  short?: string;
  /** The readings of undocumented fields that the quote rests on. */
  assumptions: QuoteAssumption[];
}

export interface QuoteAssumption {
  /** An open set. */
  code: QuoteAssumptionCode | (string & {});
  /** A sentence, in English. */
  message: string;
}

export type QuoteAssumptionCode =
  /** `Cost.Fee` is charged for each card. */
  | "fee_per_card"
  /** `Cost.DiscountPercentage` is taken off the face value of each line. */
  | "discount_of_face_value"
  /** Each line's discount and fees are rounded to the currency's smallest unit, half away from zero. */
  | "rounded_per_line"
  /** Some products have no fee or no discount; it was taken for zero. */
  | "unknown_cost_is_zero"
  /** No product has a currency. */
  | "currency_unknown"
  /** The balance has no currency. */
  | "balance_in_order_currency";
