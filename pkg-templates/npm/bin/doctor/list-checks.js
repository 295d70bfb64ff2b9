// Lists: how they are wrapped, where pages begin, and how large they are.
import { keysOf, listOf, member } from "./answer.js";
import { asAssumed, notSeen, otherwise, works } from "./verdict.js";

const PATH = "/v1/Products";
const LARGE = 500;
const MOST_PAGES = 500;
const ENVELOPE = ["Page", "PageSize", "TotalCount"];

export async function listChecks(probe, orders) {
  const plain = await probe.get(PATH);
  const first = listOf(plain);
  if (!first) {
    const seen = { status: plain.status, keys: keysOf(plain.json) };
    return { checks: { "lists.shape": otherwise(seen, { copes: false }), "lists.firstIndex": notSeen(), "lists.pageSize": notSeen() }, profile: {}, products: [] };
  }
  const ask = async (index, size = 1) => listOf(await probe.get(`${PATH}?pageIndex=${index}&pageSize=${size}`));
  const pages = { zero: await ask(0), one: await ask(1), two: await ask(2) };
  const firstPageIndex = firstIndex(first, pages);
  const large = await ask(firstPageIndex ?? 1, LARGE);
  const products = await everything(probe, first, firstPageIndex ?? 1);
  const size = pageSize(first, { small: (firstPageIndex === 0 ? pages.zero : pages.one) ?? pages.zero, large }, products.length);
  const profile = { lists: first.shape, ...(firstPageIndex !== undefined && { firstPageIndex }), ...(size?.largest && { pageSize: size.largest }) };
  // What the client does not see by itself it is told by its option `profile`.
  const copes = (await reads(probe.client(), products)) || (await reads(probe.client(profile), products));

  const index = { 0: () => otherwise(0, { copes }), 1: () => asAssumed(1) }[firstPageIndex] ?? (() => notSeen());
  return {
    checks: {
      "lists.shape": shape(plain, first, orders, copes),
      "lists.firstIndex": index(),
      "lists.pageSize": size && (size.isHonoured && size.largest === LARGE ? asAssumed(size) : otherwise(size, { copes })) || notSeen(),
    },
    profile,
    products,
  };
}

function shape({ json }, first, orders, copes) {
  const seen = { products: first.shape, keys: keysOf(json), ...(orders && { orders: orders.shape }) };
  const isWhole = first.name === "Data" && ENVELOPE.every((name) => member(json, name) !== undefined);
  const isSame = !orders || (orders.shape === first.shape && orders.name === first.name);
  return first.shape === "envelope" && isWhole && isSame ? asAssumed(seen) : otherwise(seen, { copes });
}

/** 1 or 0; undefined where every page is the same one, or there is too little to tell. */
function firstIndex(first, { zero, one, two }) {
  const begins = (page) => page !== undefined && page.items.length > 0 && same(page.items[0], first.items[0]);
  if (first.items.length === 0) return undefined;
  if (begins(one)) return begins(zero) && begins(two) ? undefined : 1;
  return begins(zero) ? 0 : undefined;
}

function pageSize(first, { small, large }, total) {
  if (first.shape === "bare" || !small) return first.shape === "bare" ? undefined : { isHonoured: false };
  if (total < 2 && small.size === undefined) return undefined;
  const isHonoured = small.items.length <= 1 && (small.size ?? 1) === 1;
  // Where there are fewer products than fit on it, what the page says of its size is all there is.
  const largest = large && (large.size ?? (large.items.length >= Math.min(LARGE, total) ? LARGE : large.items.length));
  return { isHonoured, default: first.size, largest };
}

/** Every product, page by page as the API seems to count them. */
async function everything(probe, first, from) {
  const all = [...first.items];
  if (first.shape === "bare") return all;
  let page = first;
  for (let index = from + 1; page.items.length > 0 && all.length < (first.total ?? Infinity) && index < MOST_PAGES; index += 1) {
    page = listOf(await probe.get(`${PATH}?pageIndex=${index}`));
    if (!page || page.items.length === 0 || same(page.items[0], all.at(-page.items.length))) break;
    all.push(...page.items);
  }
  return all;
}

/** Whether the client reads the same products. */
function reads(client, products) {
  const ids = new Set(products.map((product) => String(member(product, "Id"))));
  return works(async () => (await client.catalog()).size === ids.size);
}

const same = (a, b) => JSON.stringify(a) === JSON.stringify(b);
