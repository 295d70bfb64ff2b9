// What the handles of a file and of a campaign have that costs less here than in wasm.
import { ConfigError } from "./errors.js";

/** What was read of a report: a list of 100,000 takes its time. */
const read = new WeakMap();

function part(report, method) {
  const parts = read.get(report) ?? {};
  read.set(report, parts);
  // Asked of a handle that was freed, it throws.
  if (!parts[method] || !report.__wbg_ptr) parts[method] = report[method]();
  return parts[method];
}

const planned = (campaign, place) => ({ ...campaign.__order(place), body: campaign.__body(place) });

/** One at a time, since all their bodies at once are as large as the file. */
function* plannedOrders(campaign) {
  try {
    for (let place = 0; place < campaign.__size; place += 1) yield planned(campaign, place);
  } finally {
    campaign.free();
  }
}

function* earlierOrders(campaign) {
  try {
    for (let place = campaign.__nextEarlier(0); place !== undefined; place = campaign.__nextEarlier(place + 1)) yield planned(campaign, place);
  } finally {
    campaign.free();
  }
}

const freed = new WeakSet();

/** All of an entry's handles, so that none is bundled without what it has here. */
export function completeHandles(handles) {
  // The generated code is minified; a console should still say what it shows.
  for (const [name, handle] of Object.entries(handles)) {
    Object.defineProperty(handle, "name", { value: name });
    const { prototype } = handle;
    const { free } = prototype;
    const get = () => {
      throw new ConfigError(`This ${name} was freed. Make another one.`);
    };
    prototype.free = function () {
      if (freed.has(this)) return;
      freed.add(this);
      free.call(this);
      // Whatever else is called asks for this first.
      Object.defineProperty(this, "__wbg_ptr", { get });
    };
    if (Symbol.dispose) prototype[Symbol.dispose] = prototype.free;
  }
  const report = handles.ImportReport.prototype;
  const getter = (name, get) => Object.defineProperty(report, name, { get, configurable: true });
  for (const name of ["rows", "accepted", "duplicates", "totals", "ignoredColumns", "issues", "encoding"]) {
    getter(name, function () {
      return Object.freeze(part(this, "__summary")[name]);
    });
  }
  getter("rejected", function () {
    return Object.freeze(part(this, "__rejected"));
  });
  report.toJSON = function () {
    return { ...part(this, "__summary"), rejected: this.rejected };
  };
  const campaign = handles.Campaign.prototype;
  campaign.orders = function () {
    return plannedOrders(this.__copy());
  };
  campaign.earlier = function () {
    return earlierOrders(this.__copy());
  };
  campaign.next = function (limit) {
    if (limit !== undefined && !(Number.isSafeInteger(limit) && limit >= 0)) {
      throw new ConfigError("next: limit must be a whole number from 0.");
    }
    const orders = [];
    for (let place = this.__nextOpen(0); place !== undefined && !(orders.length >= limit); place = this.__nextOpen(place + 1)) {
      orders.push(planned(this, place));
    }
    return orders;
  };
  return handles;
}
