// The client: what is asked of it goes to the wasm, but for loops over pages and the caller's store.
import {
  Catalog as RawCatalog,
  GiftCardPartners as RawClient,
  checkedOrder,
  derivePoNumber,
  fingerprintOrder,
  orderSummary,
  parseOrder,
  pollDelayMs,
  quoteOrder,
  validateOrder,
} from "../giftcard_partners.js";
import { makeOrderTools } from "../order/tools.js";
import { ConfigError } from "../shared/errors.js";
import { Handle, SHOWN } from "../shared/handle.js";
import { refusing } from "../shared/input.js";
import { checkLimits } from "../shared/limits.js";
import { CALL, onlyKnown, optionOf } from "../shared/options.js";
import { PLACE } from "../shared/place.js";
import { traced } from "../shared/trace.js";
import { called, question, rawClient } from "./ask.js";
import { request } from "./request.js";
import { loadCatalog } from "./catalog-cache.js";
import { confirmFulfillment, findOrder } from "./history.js";
import { list } from "./lists.js";

/** The order tools, over the client's wasm. */
export const tools = makeOrderTools({
  Catalog: RawCatalog,
  checkedOrder,
  derivePoNumber,
  fingerprintOrder,
  orderSummary,
  parseOrder,
  pollDelayMs,
  quoteOrder,
  validateOrder,
});

const OPTIONS = [
  "baseUrl", "credentials", "headers", "fetch", "cache", "cacheToken", "timeoutMs", "deadlineMs", "maxRetries", "catalogTtlSeconds", "limits",
  "allowHttp", "profile", "onEvent", "dangerouslyAllowBrowser",
];

/** What a sandbox has beside options: it may be handed in as it is. */
const SANDBOX = ["inject", "advance", "fund", "settle", "orders", "requests", "webhooks", "free"];

export class GiftCardPartners extends Handle {
  static name = "GiftCardPartners";

  constructor(options) {
    onlyKnown("GiftCardPartners", options, OPTIONS, SANDBOX);
    checkLimits(options);
    onlyKnown("credentials", optionOf(options, "credentials"), ["email", "accessToken"]);
    onlyKnown("profile", optionOf(options, "profile"), ["firstPageIndex", "pageSize", "lists"]);
    super(new RawClient(options));
  }

  createToken(options) {
    return question(this, "createToken", undefined, options);
  }

  accountBalance(options) {
    return question(this, "accountBalance", undefined, options);
  }

  status(options) {
    return question(this, "status", undefined, options);
  }

  listProducts(params, options) {
    return list(this, "listProducts", params, options);
  }

  getProduct(id, options) {
    return question(this, "getProduct", id, options);
  }

  async catalog(options) {
    try {
      onlyKnown("catalog", options, [...CALL, "refresh"]);
      return new tools.Catalog(await loadCatalog(this, options));
    } catch (error) {
      throw traced(error);
    }
  }

  createOrder(order, options) {
    return called(this, "createOrder", order, options, CALL);
  }

  prepareOrder(order) {
    return rawClient(this, "prepareOrder").prepareOrder(order);
  }

  getOrder(id, options) {
    return question(this, "getOrder", id, options);
  }

  listOrders(params, options) {
    return list(this, "listOrders", params, options);
  }

  findOrder(poNumber, options) {
    return findOrder(this, poNumber, options);
  }

  waitForOrder(order, options) {
    return called(this, "waitForOrder", order, options, [...CALL, "onUpdate"]);
  }

  confirmFulfillment(hook, options) {
    return confirmFulfillment(this, hook, options);
  }

  /** A campaign places itself, so that a program without one does not carry the loop. */
  async placeCampaign(campaign, options) {
    const maximum = rawClient(this, "placeCampaign").maxCampaignValue();
    const place = refusing("placeCampaign: campaign cannot be read.", () => campaign?.[PLACE]);
    if (typeof place !== "function") throw new ConfigError("placeCampaign: campaign must be a Campaign.");
    try {
      return await place.call(campaign, this, options, maximum);
    } catch (error) {
      throw traced(error);
    }
  }

  listShippingMethods(options) {
    return list(this, "listShippingMethods", undefined, options);
  }

  listCarriers(options) {
    return list(this, "listCarriers", undefined, options);
  }

  listBrandings(options) {
    return list(this, "listBrandings", undefined, options);
  }

  listDepartments(options) {
    return list(this, "listDepartments", undefined, options);
  }

  request(method, path, init) {
    return request(this, method, path, init);
  }

  [SHOWN]() {
    return { baseUrl: rawClient(this, "toJSON").baseUrl };
  }
}
