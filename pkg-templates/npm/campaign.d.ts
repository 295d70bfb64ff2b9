import type { Catalog, QuoteAssumption } from "./catalog.js";
import type { ErrorCode, GiftCardError } from "./errors.js";
import type { Handle } from "./handle.js";
import type { AbortSignalLike, AccountBalance, Order } from "./index.js";
import type { IssueCode } from "./order.js";

/**
 * The orders that a file became, and what is known of each: made by `ImportReport.plan()`.
 *
 * The same file planned twice has the same orders under the same PO numbers; appended rows leave full orders alone; a changed row
 * changes its own order only, though of orders that hold the same to the last letter any one may be the one that is new. A row put
 * in or taken out between others moves those behind it into other orders: give the campaign before as `after`, which goes by the rows,
 * and nobody is paid twice.
 *
 * Each line has an `ExternalId` that follows from what it pays to whom, numbered where several lines of an order pay the same, unless the
 * file has one.
 *
 * A handle belongs to the entry that made it and crosses to another one by {@link Campaign.toBytes}.
 */
export declare class Campaign {
  private constructor();

  /** Every order, in the order of the file, as they are when this is called. Each body is written when its turn comes. */
  orders(): Iterable<PlannedOrder>;

  /**
   * The orders of the campaigns before (`after`) that were placed or may have been, the oldest first. They are never handed out by
   * {@link Campaign.next} and never sent by `placeCampaign`. One in doubt (`sent`, `unknown`) is settled by hand: send its `body` to
   * `createOrder`, under the same PO number, and {@link Campaign.record} what became of it.
   */
  earlier(): Iterable<PlannedOrder>;

  /**
   * The orders that are to be sent, in the order of the file: `planned`, `sent`, `unknown` and `short` ones. It changes nothing.
   * Before one is sent, record `"sent"` and save the ledger; `placeCampaign` does.
   *
   * @param limit How many at most. Default: all.
   * @throws {ConfigError} for what is no whole number.
   */
  next(limit?: number): PlannedOrder[];

  /**
   * Records what became of an order. A success is never forgotten: whatever is said of it later changes nothing. A `conflict`
   * is overruled by a success alone. What was `"sent"` and is so again is `unknown`, and that is overruled by a success or a conflict
   * alone: what the API says of a later attempt does not clear an earlier one. Nor does a conflict: whom such an order should pay, `after`
   * leaves out. Anything else is taken at its word: say `"sent"` of a
   * rejected order to have it handed out again. It takes the PO numbers of {@link Campaign.earlier} orders too.
   *
   * @param orderId The API's id of the order.
   * @throws {ConfigError} for a PO number that no order of the campaign has, for an outcome that is none, and for an id that is no text
   *   or holds half a surrogate pair.
   */
  record(poNumber: string, outcome: CampaignOutcome, orderId?: string | null): void;

  /** How far it is. What it counts are the campaign's own orders; those of the campaigns before are counted apart, under `earlier`. */
  progress(): CampaignProgress;

  /** Rows of the file that are in no order, because `after` or a campaign before it has paid them or may have. */
  readonly alreadyPlanned: number;

  /**
   * What the orders that {@link Campaign.next} hands out will cost, by currency, and how many of them, in the order of the file,
   * the balance covers.
   *
   * @throws {ValidationError} for an order that the catalog does not allow.
   * @throws {ConfigError} for what is no catalog of this entry, or a balance without `Available`.
   */
  quote(catalog: Catalog, balance?: AccountBalance | null): CampaignQuote[];

  /**
   * Holds the ledger against the API's history (`client.listOrders()`), the orders of earlier campaigns included. It changes nothing; what
   * is `extra` and yours can be recorded as `"reconciled"`.
   *
   * @throws {ConfigError} for what is no iterable of orders.
   */
  reconcile(orders: Iterable<Order>): CampaignReconciliation;

  /**
   * Plan, bodies and states, with a checksum, and those of the campaigns before. These bytes hold people; {@link Campaign.ledger} does
   * not.
   */
  toBytes(): Uint8Array;

  /** @throws {ConfigError} for other bytes, and for those that are cut or altered. */
  static fromBytes(bytes: Uint8Array | ArrayBuffer): Campaign;

  /**
   * The states, the order ids and the reasons alone, with a checksum: a byte an order, its id, a code where it is not placed, and no
   * person and none of the API's words. The orders of earlier campaigns are in it. It can be applied to the same plan, also one that was
   * planned again from the same file after the same campaign.
   */
  ledger(): Uint8Array;

  /**
   * Merges a ledger into what is known. It does not matter in which order copies are merged, or how often: the most that is known
   * of each order stands, and a success above all.
   *
   * @throws {ConfigError} for other bytes, for those that are cut or altered, and for the ledger of another plan. Nothing is
   * changed then.
   */
  applyLedger(bytes: Uint8Array | ArrayBuffer): void;

  /** Gives its memory back. Twice is fine; anything else afterwards is a `ConfigError`. */
  free(): void;
}
export interface Campaign extends Handle {}

/** How a campaign is planned. */
export interface PlanOptions {
  /**
   * The campaign's name, without half a surrogate pair. The same rows in a campaign of another name are other orders. `Noël` is one name,
   * whether its `ë` is one character or two, as in a file name of a Mac.
   */
  campaign: string;
  /**
   * What every PO number begins with, for people who read it: `"XMAS"` makes `XMAS-7FGR…`. Capitals, digits and hyphens, 19 at most.
   * Another prefix makes other orders: keep it for all files of a campaign. Default: none.
   */
  poPrefix?: string;
  /** Lines of an order, 1 to 1000. Default: 1000. An order is full at 4 MB too. */
  maxLinesPerOrder?: number;
  /** Another salt makes the same rows other orders, to send again on purpose. A text as the name is one. Default: none. */
  salt?: string;
  /**
   * The campaign of an earlier version of the file. Rows that are already in an order of it that is `sent`, `unknown`, `created` or
   * `reconciled`, or in one that was `unknown` and is a `conflict` (same recipient, product and value) are left out, as often as they were paid; and so is what campaigns before it
   * paid. Of rows that pay the same, those are left out first that say the same in everything else, then those of the same quantity.
   * The recipient is the e-mail address, else the phone number, else name and address; neither the case of letters nor the
   * order's type makes another payment, nor whether an accent is a character of its own.
   *
   * Its orders, and those of the campaigns before it, are carried: their rows, ids and states are in {@link claimsCsv},
   * {@link resultsCsv}, `toBytes()`, `ledger()` and `reconcile()`, and {@link Campaign.earlier} hands them out. One that was refused is
   * carried as far as the new file has not its rows again, and one that was never sent is not. Place the earlier campaign no more
   * afterwards.
   *
   * Without it, a changed file is sent again but for the orders whose content did not change.
   */
  after?: Campaign;
}

/** An order that is ready to be sent. */
export interface PlannedOrder {
  /** Derived from the campaign's name, the salt and what the order holds. */
  poNumber: string;
  /** Elements of `LineItems`. */
  lineCount: number;
  /** Sum of value times quantity, as decimal text such as `"75.00"`. */
  faceValue: string;
  /** ISO 4217; where the import had a catalog to know it from. */
  currency?: string;
  state: CampaignState;
  /** The API's id of the order, where one was recorded. */
  orderId?: string;
  /**
   * Why it is not placed, where `placeCampaign` was told: the `code` of the error, or that of the first issue of an order that is not valid, such
   * as `over_limit`.
   */
  reason?: ErrorCode | IssueCode;
  /** JSON, always the same bytes: goes to `createOrder` as it is. */
  body: Uint8Array;
}

/** What can be recorded of an order. */
export type CampaignOutcome =
  /** It is about to be sent. */
  | "sent"
  /** It was sent, and may exist or not. */
  | "unknown"
  /** It was placed. */
  | "created"
  /** It was there already, and it is the same. */
  | "reconciled"
  /**
   * Its PO number names an order with other content. PO numbers of campaigns are made of the content, so it is nearly always this one,
   * shown by the API otherwise than it was sent.
   */
  | "conflict"
  /** The API, or one of the client's `limits`, refused it for what it holds, and there is no order. */
  | "rejected"
  /** 422: the deposit account did not cover it, and there is no order. */
  | "short";

/** What is known of an order. */
export type CampaignState = "planned" | CampaignOutcome;

/** Some orders together. */
export interface CampaignTotals {
  orders: number;
  /** Elements of their `LineItems`. */
  lines: number;
  /** Decimal text such as `"75.00"`; of all currencies together. */
  faceValue: string;
}

/** How far a campaign is: all of it, the number of orders in each state, and what these come to. */
export interface CampaignProgress extends CampaignTotals, Record<CampaignState, number> {
  /** `created` and `reconciled`. */
  placed: CampaignTotals;
  /** `planned`, `sent`, `unknown` and `short`: what `next()` hands out. */
  remaining: CampaignTotals;
  /** `conflict` and `rejected`: a person has to look at these. */
  refused: CampaignTotals;
  /** Whether nothing remains. */
  done: boolean;
  /** The orders of the campaigns before that are carried; absent where there are none. */
  earlier?: CampaignTotals & {
    placed: CampaignTotals;
    /** `sent` and `unknown`: see {@link Campaign.earlier}. */
    inDoubt: CampaignTotals;
    refused: CampaignTotals;
  };
}

/** What the orders in one currency will cost: decimal texts. */
export interface CampaignQuote {
  /** ISO 4217; absent where the catalog names none. */
  currency?: string;
  orders: number;
  /** Elements of their `LineItems`. */
  lines: number;
  faceValue: string;
  discount: string;
  fees: string;
  /** What is paid: face value less discount, plus fees. */
  total: string;
  /** `Available` of the balance, where one was given. */
  available?: string;
  /** What is missing; absent where it is enough. */
  short?: string;
  /** How many of the orders, in the order of the file, the balance pays for before the first that it does not. */
  covered?: number;
  /** Which readings of undocumented fields the quote rests on. */
  assumptions: QuoteAssumption[];
}

/** A ledger held against the history. */
export interface CampaignReconciliation {
  /** The ledger has them placed, the history does not show them. */
  missing: ReconciledOrder[];
  /** The history shows them, the ledger does not know that they are placed. */
  extra: ReconciledOrder[];
  /** The history shows another content under their PO number, or another id. */
  different: ReconciledOrder[];
  /** Placed and the same, and still `Pending`. They are among the matched. */
  pending: ReconciledOrder[];
  /** Orders on which ledger and history agree. */
  matched: number;
  /** Orders of the history that are not of this campaign. */
  others: number;
}

export interface ReconciledOrder {
  poNumber: string;
  state: CampaignState;
  /** As recorded. */
  orderId?: string;
  /** As the history has it. */
  foundId?: string;
}

/** How a campaign is placed. */
export interface PlaceCampaignOptions {
  /**
   * Keeps the ledger. Before an order is sent, a call has ended that says so; its answer goes into the next call. One call follows
   * the other, and what is recorded while one is under way goes into the next. What it throws ends the run before anything further is
   * sent, and is what `placeCampaign` rejects with. After the signal or the deadline one that does not end is waited for a second.
   */
  save: (ledger: Uint8Array) => Promise<unknown>;
  /** Orders that are sent at once, 1 to 100. Default: 4. */
  concurrency?: number;
  /** Ends the run at once: orders under way are given up and become `unknown`. */
  signal?: AbortSignalLike;
  /** Ends the run gently: no further order is begun, those under way end, and the call resolves with the progress. */
  finish?: AbortSignalLike;
  /** For the whole run, in milliseconds; it then ends as by the signal, with a {@link TimeoutError}. Default: none. */
  deadlineMs?: number;
  /** Called after each answer. What it throws is ignored. */
  onProgress?: (progress: CampaignProgress) => void;
  /** Called once the call for an order has ended, with what is known of it now. What it throws is ignored. */
  onOrder?(order: CampaignOrderResult): void;
}

/** What became of an order that `placeCampaign` has sent, or tried to. */
export interface CampaignOrderResult {
  poNumber: string;
  /**
   * What is recorded of it. `planned` where nothing is held against the order: what went wrong concerns every order (credentials, the
   * address, your `signal`), and the run ends with it.
   */
  outcome: CampaignState;
  /** The API's id of the order that the PO number names. */
  orderId?: string;
  /** As of `createOrder`; 0 where nothing left. */
  attempts?: number;
  /** Why it is not placed. */
  error?: GiftCardError;
}

/**
 * A CSV file of the cards of the campaign and of those before it, the oldest first: line of the spreadsheet, `ExternalId`, recipient, product, value, card and cards, claim link and
 * challenge answer, status, PO number and order id. In UTF-8 with a byte order mark, safe to open in a spreadsheet.
 *
 * Lines are joined by the `ExternalId` that an answer echoes, else by their place, and only where what it echoes of recipient, product
 * and value agrees; one that would be as good for somebody else's row of the same `ExternalId` is given to neither. A card without a link
 * is listed with an empty one and the order's status; `not matched` where its line cannot be told from others. Links are money: keep the file as you would keep cash.
 *
 * An order's id is the one that was recorded. A number beyond 2^53, which JavaScript has rounded, is the id of no order.
 *
 * @param orders As answered, in any order; those of other campaigns are passed over. Of two answers for one order the later
 * one stands.
 * @throws {ConfigError} for what is no campaign of this entry, or no iterable of orders.
 */
export declare function claimsCsv(campaign: Campaign, orders: Iterable<Order>): Uint8Array;

/**
 * A CSV file of what became of each recipient: `Line` of the spreadsheet, `Recipient` (the e-mail address, else the phone number, the
 * name or whom the card is to), `ProductId`, `Value`, `Quantity`, `PONumber`, `OrderId`, `State`, `Reason` and `Status`. The rows of
 * earlier campaigns come first, each with the line of its own file. In UTF-8 with a byte order mark, safe to open in a spreadsheet. It
 * holds people.
 *
 * `Reason` is a code: see {@link PlannedOrder.reason}.
 *
 * @param orders As answered, in any order; those of other campaigns are passed over. They give `Status` and ids; an order that is
 * there and is the same is `reconciled`, also where the ledger does not know it. Default: none.
 * @throws {ConfigError} for what is no campaign, or no iterable of orders.
 */
export declare function resultsCsv(campaign: Campaign, orders?: Iterable<Order> | null): Uint8Array;
