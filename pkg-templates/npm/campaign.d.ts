import type { Catalog, QuoteAssumption } from "./catalog.js";
import type { ErrorCode, GiftCardError } from "./errors.js";
import type { Handle } from "./handle.js";
import type { AbortSignalLike, AccountBalance, Order } from "./index.js";
import type { IssueCode } from "./order.js";

/**
 * The orders that a list became, and what is known of each. `ImportReport.plan()` makes it.
 *
 * **PO numbers** follow from the campaign's name and the rows, so the same file planned twice has the same orders under the same PO
 * numbers. Rows added at the end leave full orders as they are. A changed row changes its own order only; of several orders with
 * exactly the same content, any one may be the one that changes. A row put in or taken out in the middle moves the rows behind it
 * into other orders: give the earlier campaign as `after`, which compares rows, and nobody is paid twice.
 *
 * **Lines** have an `ExternalId` that follows from what they pay to whom, unless the file has one. Lines of one order that pay the
 * same are numbered.
 *
 * A `Campaign` belongs to the entry that made it; other entries take it as an argument, and its bytes ({@link Campaign.toBytes}) go
 * anywhere.
 */
export declare class Campaign {
  private constructor();

  /**
   * Every order, in the order of the file, with its state at the moment of this call. Each `body` is written when its turn comes.
   */
  orders(): Iterable<PlannedOrder>;

  /**
   * The orders of earlier campaigns (`after`) that were placed or may have been, the oldest first. They are never in
   * {@link Campaign.next} and never sent by `placeCampaign`.
   *
   * One in doubt (`sent`, `unknown`) is settled by hand: give its `body` to `createOrder`, and {@link Campaign.record} the result.
   */
  earlier(): Iterable<PlannedOrder>;

  /**
   * What each line pays, without whom, for programs that have to know later whom they have paid and may not keep people: the lines of
   * {@link Campaign.orders}, order by order, then those of {@link Campaign.earlier}. 28 bytes a line, numbers of 32 bits with the lowest byte
   * first:
   *
   * - 0 to 11: a keyed hash of recipient, product and value. Lines with the same one are the same payment, as {@link PlanOptions.after}
   *   judges it. From the same key and rows follow the same hashes.
   * - 12 to 15: a number that tells apart what lines of one payment say beside that.
   * - 16 to 19: value times quantity in thousandths, of which the lowest 32 bits.
   * - 20 to 23: the line of the file, as reports say it.
   * - 24 to 27: 1 where the line says who gets it, and 2 more where it has a phone number beside an e-mail address.
   *
   * @param key 16 bytes that nobody else knows.
   * @throws {ConfigError} For a key of another length.
   */
  payments(key: Uint8Array): Uint8Array;

  /** The order with that PO number, one of an earlier campaign too; nothing where there is none. */
  order(poNumber: string): PlannedOrder | undefined;

  /**
   * The orders that are still to be sent, in the order of the file: those that are `planned`, `sent`, `unknown` or `short`. It
   * changes nothing. Before you send one, record `"sent"` and save the ledger; `placeCampaign` does so.
   *
   * @param limit How many at most. Default: all.
   * @throws {ConfigError} For a limit that is not a whole number.
   */
  next(limit?: number): PlannedOrder[];

  /**
   * Records what became of an order. PO numbers of {@link Campaign.earlier} orders are taken too.
   *
   * - A success (`created`, `reconciled`) is never overwritten.
   * - A `conflict` is overwritten by a success only.
   * - `"sent"` recorded twice is `unknown`: the first attempt was never answered. That is overwritten by a success or a conflict
   *   only, because what the API says of a later attempt does not clear an earlier one. Such a conflict still counts as possibly
   *   paid, and `after` leaves its recipients out.
   * - Anything else is overwritten. To have a rejected order sent again, record `"sent"`.
   *
   * @param orderId The API's id of the order.
   * @throws {ConfigError} For a PO number that no order has, an unknown outcome, and an id that is not a text or holds half a
   *   surrogate pair.
   */
  record(poNumber: string, outcome: CampaignOutcome, orderId?: string | null): void;

  /** How far the campaign is. Its own orders are counted; those of earlier campaigns are counted apart, under `earlier`. */
  progress(): CampaignProgress;

  /** Rows of the file that are in no order, because `after`, or a campaign before that, paid them or may have. */
  readonly alreadyPlanned: number;

  /**
   * What the orders of {@link Campaign.next} will cost, one quote for each currency, and how many of them the balance covers, in
   * the order of the file.
   *
   * @throws {ValidationError} For an order that the catalog does not allow.
   * @throws {ConfigError} For an argument that is not a catalog, and for a balance without `Available`.
   */
  quote(catalog: Catalog, balance?: AccountBalance | null): CampaignQuote[];

  /**
   * Compares the ledger with the API's history (`client.listOrders()`), orders of earlier campaigns included. It changes nothing.
   * An order in `extra` that you know to be yours can be recorded as `"reconciled"`.
   *
   * @throws {ConfigError} For an argument that is not an iterable of orders.
   */
  reconcile(orders: Iterable<Order>): CampaignReconciliation;

  /**
   * The whole campaign with a checksum: plan, bodies and states, those of earlier campaigns too. These bytes hold people; those of
   * {@link Campaign.ledger} do not.
   */
  toBytes(): Uint8Array;

  /** Reads what {@link Campaign.toBytes} wrote. @throws {ConfigError} For other bytes, and for bytes that were cut or altered. */
  static fromBytes(bytes: Uint8Array | ArrayBuffer): Campaign;

  /**
   * The states alone, with a checksum: for each order, earlier ones included, a byte, its order id, and a code if it is not placed.
   * It holds no person and none of the API's words. It fits the same plan, also one that was planned again from the same file after
   * the same campaign.
   */
  ledger(): Uint8Array;

  /**
   * Merges a saved ledger into what is known. Ledgers may be merged in any order and several times: for each order, what is known
   * most surely stays, a success above all.
   *
   * @throws {ConfigError} For other bytes, for bytes that were cut or altered, and for the ledger of another plan. Then nothing is
   *   changed.
   */
  applyLedger(bytes: Uint8Array | ArrayBuffer): void;

  /** Gives its memory back at once. You need not call it. Calling it twice is fine; any other use afterwards is a `ConfigError`. */
  free(): void;
}
export interface Campaign extends Handle {}

/** How a campaign is planned. */
export interface PlanOptions {
  /**
   * The campaign's name. The same rows under another name are other orders. How an accent is encoded does not matter: `Noël` is one
   * name, whether `ë` is one character or two. Half a surrogate pair is a {@link ConfigError}.
   */
  campaign: string;
  /**
   * What every PO number begins with, for people who read it: `"XMAS"` makes `XMAS-7FGR…`. Capitals, digits and hyphens, 19 at most.
   * Another prefix makes other orders: keep it for all files of a campaign. Default: none.
   */
  poPrefix?: string;
  /** Lines of an order, 1 to 1,000. Default: 1,000. An order is full at 4 MB too. */
  maxLinesPerOrder?: number;
  /** Makes other orders of the same rows, to send them again on purpose. Any text. Default: none. */
  salt?: string;
  /**
   * The campaign of an earlier version of the file. Rows that it paid, or may have paid, are left out, as often as they were paid;
   * so are those that campaigns before it paid. Without `after`, a changed file is sent again, except for orders whose content did
   * not change.
   *
   * **Paid** are the rows of its orders that are `sent`, `unknown`, `created` or `reconciled`, or that were `unknown` and are now a
   * `conflict`.
   *
   * **The same row** has the same recipient, product and value. The recipient is the e-mail address, else the phone number, else
   * name and address. Case, the encoding of accents and the order's type do not matter. If several rows pay the same, those that
   * agree in everything else are left out first, then those of the same quantity.
   *
   * **Carried along** are its orders and those of campaigns before it: {@link claimsCsv}, {@link resultsCsv}, `toBytes()`,
   * `ledger()` and `reconcile()` include them, and {@link Campaign.earlier} hands them out. A refused order is carried for those of
   * its rows that the new file does not have; one that was never sent is not carried. Do not place the earlier campaign any more
   * afterwards.
   */
  after?: Campaign;
}

/** One order of a campaign. */
export interface PlannedOrder {
  /** Derived from the campaign's name, the salt and what the order holds. */
  poNumber: string;
  /** Elements of `LineItems`. */
  lineCount: number;
  /** Sum of value times quantity, as decimal text such as `"75.00"`. */
  faceValue: string;
  /** ISO 4217; where the import had a catalog to know it from. */
  currency?: string;
  /** What is known of it. */
  state: CampaignState;
  /** The API's id of the order, where one was recorded. */
  orderId?: string;
  /**
   * Why it is not placed, if `placeCampaign` learned that: the `code` of the error; for an order that is not valid, the `code` of
   * its first issue, such as `over_limit`.
   */
  reason?: ErrorCode | IssueCode;
  /** The order as JSON, always the same bytes. Give it to `createOrder` as it is. */
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
   * Its PO number names an order with other content. Because a campaign's PO numbers are made from the content, that is nearly always this
   * very order, which the API shows otherwise than it was sent.
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
  /** How many orders. */
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
  /** How many orders. */
  orders: number;
  /** Elements of their `LineItems`. */
  lines: number;
  /** Sum of value times quantity. */
  faceValue: string;
  /** What is taken off. */
  discount: string;
  /** What is put on. */
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

/** An order on which ledger and history are compared. */
export interface ReconciledOrder {
  /** Its PO number. */
  poNumber: string;
  /** What the ledger says of it. */
  state: CampaignState;
  /** As recorded. */
  orderId?: string;
  /** As the history has it. */
  foundId?: string;
}

/** How a campaign is placed. */
export interface PlaceCampaignOptions {
  /**
   * Stores the ledger. Calls never overlap: what is recorded during one goes into the next. An order is sent only after a call that
   * contains its `"sent"` has ended; its answer goes into a later call.
   *
   * If it throws or rejects, nothing more is sent, and `placeCampaign` rejects with that error. After your signal or the deadline,
   * `placeCampaign` waits a second at most for a call to end.
   */
  save: (ledger: Uint8Array) => Promise<unknown>;
  /** How many orders are sent at the same time, 1 to 100. Default: 4. */
  concurrency?: number;
  /** Ends the run at once. Orders under way are given up and become `unknown`; the next run settles them. */
  signal?: AbortSignalLike;
  /** Ends the run gently: no further order is begun, those under way end, and the call resolves with the progress. */
  finish?: AbortSignalLike;
  /** For the whole run, in milliseconds; it then ends as by the signal, with a {@link TimeoutError}. Default: none. */
  deadlineMs?: number;
  /** Called after each answer. What it throws is ignored. */
  onProgress?: (progress: CampaignProgress) => void;
  /**
   * Called when an order's call has ended, with what is known of it now. It is not called for an order that is still `planned`: what
   * kept it from being placed concerns every order (403, 404, a long 429, your `signal`), and `placeCampaign` rejects with that error,
   * whose `poNumber` is the order's. What it throws is ignored.
   */
  onOrder?(order: CampaignOrderResult): void;
}

/** What became of an order that `placeCampaign` has sent, or tried to. */
export interface CampaignOrderResult {
  /** Its PO number. */
  poNumber: string;
  /** What is recorded of the order, by this call or by one before. */
  outcome: CampaignOutcome;
  /** The API's id of the order that the PO number names. */
  orderId?: string;
  /** As of `createOrder`; 0 where nothing left. */
  attempts?: number;
  /** Why it is not placed. */
  error?: GiftCardError;
}

/**
 * A CSV of the cards of a campaign and of those before it, the oldest first: line of the spreadsheet, `ExternalId`, recipient,
 * product, value, card and cards, claim link and challenge answer, status, PO number and order id. UTF-8 with a byte order mark,
 * safe to open in a spreadsheet. Links are money: keep the file as you would keep cash.
 *
 * A line of an answer is joined to a row by the `ExternalId` that it shows, else by its place, and only if the recipient, product
 * and value that it shows agree. If it fits two rows with the same `ExternalId` equally well, neither gets it. A card without a
 * link has an empty one and the order's status; `not matched` means that its line could not be told from others. The order id is
 * the recorded one. A number beyond 2^53, which JavaScript has rounded, is no order's id.
 *
 * @param orders Orders as answered, in any order. Orders of other campaigns are skipped. Of two answers for one order the later one
 *   counts.
 * @throws {ConfigError} For an argument that is not a campaign, or not an iterable of orders.
 */
export declare function claimsCsv(campaign: Campaign, orders: Iterable<Order>): Uint8Array;

/**
 * A CSV of what became of each recipient: `Line` of the spreadsheet, `Recipient`, `ProductId`, `Value`, `Quantity`, `PONumber`,
 * `OrderId`, `State`, `Reason` and `Status`. `Recipient` is the e-mail address, else the phone number, the name, or whom the card
 * is to. `Reason` is a code: see {@link PlannedOrder.reason}. Rows of earlier campaigns come first, each with the line of its own
 * file. UTF-8 with a byte order mark, safe to open in a spreadsheet. It holds people.
 *
 * @param orders Orders as answered, in any order; orders of other campaigns are skipped. They add `Status` and ids; an order that
 *   is there and is the same counts as `reconciled`, even if the ledger does not know it. Default: none.
 * @throws {ConfigError} For an argument that is not a campaign, or not an iterable of orders.
 */
export declare function resultsCsv(campaign: Campaign, orders?: Iterable<Order> | null): Uint8Array;
