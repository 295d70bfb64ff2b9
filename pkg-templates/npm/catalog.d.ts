// The catalog and what it is good for: choosing, checking, quoting.
import type { Handle } from "./handle.js";
import type { OrderRequest } from "./order.js";

/**
 * A compact index of products: what choosing, checking and quoting need of them. 2,000 products take 100 to 160 KB, so it fits in a
 * page. Texts and pictures are not in it; `getProduct` has them.
 *
 * Every entry of the package takes it. Between a server and a page it travels as {@link toBytes} and `Catalog.from(bytes)`.
 */
export declare class Catalog {
  private constructor();

  /**
   * Makes a catalog from products, or from bytes: those of {@link toBytes}, or a products answer of the API as it came (an envelope
   * or a bare array, in any casing). A product without an `Id` is left out. If two products have the same `Id`, one is kept.
   *
   * @throws {ConfigError} For anything else, and for bytes that were cut or altered.
   */
  static from(products: readonly (CatalogSource | CatalogProduct)[] | Uint8Array | ArrayBuffer): Catalog;

  /** The index as bytes, with a checksum. Their form may change with a version of the package: then make them again. */
  toBytes(): Uint8Array;

  /**
   * A hash of everything that is kept, in hexadecimal. Two catalogs with the same hash are the same. The order of the products and
   * the casing of the answer do not matter.
   */
  readonly hash: string;

  /** How many products there are. */
  readonly size: number;

  /** The product with exactly this id; `undefined` if there is none. */
  product(id: string): CatalogProduct | undefined;

  /**
   * The products that match everything in the query, in the order of their ids. A product of which the catalog does not know a
   * field does not match a query for that field.
   *
   * ```js
   * catalog.search({ text: "coffee", amount: "25.00", deliveryType: "Links", limit: 10 });
   * ```
   *
   * @throws {ConfigError} For a query that cannot be used.
   */
  search(query?: CatalogQuery): CatalogProduct[];

  /** Gives its memory back at once. You need not call it. Calling it twice is fine; any other use afterwards is a `ConfigError`. */
  free(): void;
}
export interface Catalog extends Handle {}

/** A product as the API answers it. */
export interface CatalogSource {
  /** The product's code in orders. */
  Id: string;
  [field: string]: unknown;
}

/** What a catalog keeps of a product, in the API's own shape. */
export interface CatalogProduct {
  /** The product's code in orders: the `ProductId` of a line. */
  Id: string;
  /** What people call it. */
  Name?: string;
  /** Such as `"Digital"`. */
  Type?: string;
  /** Such as `"USD"`. */
  CurrencyCode?: string;
  /** `"Fixed"`: `Denominations` are the values on offer. `"Variable"`: they are the least and the most. */
  DenominationType?: string;
  /** Sorted, the least first. */
  Denominations: number[];
  /** The values of an order's `Type` that the product can be ordered with. */
  AvailableDeliveryTypes: string[];
  /** As the API says them, rounded to eight decimals. How they are applied is not documented: see {@link Quote.assumptions}. */
  Cost: {
    Fee?: number;
    /** In percent, at most 100. */
    DiscountPercentage?: number;
  };
  /** What is kept of the API's `Meta`. */
  Meta: {
    ShippingConfiguration: {
      /** Whether a `PhysicalShipment` must name a `CarrierId`. */
      HasRequiredCardCarriers: boolean;
    };
  };
}

/** What is looked for. A field that is left out does not matter. */
export interface CatalogQuery {
  /** Words that must all be in the id or the name, in any case. */
  text?: string;
  /**
   * A value that a card must be able to have, such as `"25.00"` or `25`: one of a Fixed product's values, or within a Variable
   * one's range.
   */
  amount?: string | number;
  /** One of `AvailableDeliveryTypes`. */
  deliveryType?: string;
  /** `CurrencyCode`. */
  currency?: string;
  /** `Type`. */
  type?: string;
  /** How many products at most. Default: all. */
  limit?: number;
}

/**
 * What an order will cost by the catalog, and whether a balance covers it.
 *
 * ```js
 * const { total, short } = quoteOrder(order, catalog, await client.accountBalance());
 * if (short) console.log(`${total}: ${short} is missing`);
 * ```
 *
 * @param balance An account balance as answered, in any casing. Its `Available` counts, as a number or as decimal text. What is
 *   `Pending` pays for nothing.
 * @throws {ValidationError} For an order that breaks a rule of the API or of the catalog.
 * @throws {ConfigError} For an argument that is not a catalog, and for a balance without `Available`.
 */
export declare function quoteOrder(
  input: OrderRequest | string | Uint8Array | ArrayBuffer,
  catalog: Catalog,
  balance?: { Available?: number | string; [field: string]: unknown } | null,
): Quote;

/** Amounts are exact decimal texts with the decimals of the currency, such as `"75.00"`, or `"1500"` for yen. */
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
  /** The balance's `Available`. It is below zero if the account owes. Absent without a balance. */
  available?: string;
  /** What `available` lacks of `total`. Absent if it is enough, and without a balance. */
  short?: string;
  /** How fields were read whose meaning the API does not document. */
  assumptions: QuoteAssumption[];
}

/** One reading of a field whose meaning is not documented. */
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
