// A campaign's folder: the plan, whose first lines say what it is, and the ledger, which says what became of its orders. Neither is believed
// without the other: one that is gone takes along who was paid.
import { mkdir, readFile, readdir, rmdir, stat } from "node:fs/promises";
import { dirname, join } from "node:path";

import { Campaign } from "giftcard-partners";

import { Refusal, WRONG_CALL } from "./fault.js";
import { lock } from "./lock.js";
import { writeWhole } from "./whole-file.js";

const MAGIC = "giftcard-partners campaign";
const FORMAT = 1;
const LONGEST_NAME = 100;
const DAMAGED = "a file of it is damaged, or of another version or program";

/** What stands for the ledger until an order of the plan is begun. The first one says that the folder had no plan before, so that it is no loss where none came. */
const EMPTY = Buffer.from(`${MAGIC} ${FORMAT}\nno order of this plan was begun\n`);
const FIRST = Buffer.from(`${MAGIC} ${FORMAT}\nno order of this campaign was begun\n`);

export const FOLDER_OPTIONS = {
  dir: { type: "string", value: "FOLDER", help: "where campaigns have their folders (here)" },
};

export class CampaignFolder {
  /** The campaign's name, which is the folder's too. */
  name;
  path;
  #release;

  constructor(name, { dir = "." } = {}) {
    this.name = checked(name);
    this.path = join(dir, this.name);
  }

  /** Makes the folder where it is missing, and keeps other runs out until `close()`. */
  async open() {
    await made(this.path);
    this.#release = await lock(this.path);
  }

  /** Lets others in. A folder in which nothing was begun goes. */
  async close() {
    this.#release?.();
    this.#release = undefined;
    await rmdir(this.path).catch(() => {});
  }

  file(name) {
    return join(this.path, name);
  }

  /** The campaign as it stands, with what is known of its plan: `source`, `account`, `type`. Undefined where none was begun. */
  async load() {
    const [bytes, ledger] = [await kept(this.file("plan")), await kept(this.file("ledger"))];
    if (!bytes && (!ledger || ledger.equals(FIRST))) return undefined;
    if (!bytes) throw this.#unreadable(`${this.file("plan")} is missing`);
    const { header, body } = this.#headed(bytes);
    if (!ledger) throw this.#unreadable(`${this.file("ledger")} is missing`);
    const campaign = this.#read(() => Campaign.fromBytes(body));
    if (!ledger.equals(FIRST) && !ledger.equals(EMPTY)) this.#read(() => campaign.applyLedger(ledger));
    return { ...header, campaign };
  }

  /** As `load()`, for a command that needs a campaign that was begun. */
  async existing() {
    const found = await this.load();
    if (!found) throw new Refusal(`There is no campaign ${this.name} in ${dirname(this.path) === "." ? "this folder" : dirname(this.path)}${await others(this.path)}.`, WRONG_CALL);
    return found;
  }

  /** Puts a plan in the place of another, of which `before` has all that is known. A crash between any two steps leaves one of them whole. */
  async begin(campaign, header, before) {
    if (before) await this.#write(before.campaign, before);
    await this.save(before ? EMPTY : FIRST);
    await this.#write(campaign, header);
  }

  /** Keeps what became of the orders. */
  save(ledger) {
    return writeWhole(this.file("ledger"), ledger);
  }

  /** A file whose name is not taken yet, unless by the same content: what somebody began to mend is not written over. */
  async addition(name, bytes) {
    return addition(this.path, name, bytes);
  }

  #write(campaign, { source, account, type }) {
    const header = JSON.stringify({ campaign: this.name, source, account, type });
    return writeWhole(this.file("plan"), Buffer.concat([Buffer.from(`${MAGIC} ${FORMAT}\n${header}\n`), campaign.toBytes()]));
  }

  #headed(bytes) {
    const first = bytes.indexOf(10);
    const second = bytes.indexOf(10, first + 1);
    const [, format] = new RegExp(`^${MAGIC} (\\d+)$`).exec(bytes.subarray(0, Math.max(first, 0)).toString("latin1")) ?? [];
    if (format === undefined || second < 0) throw this.#unreadable(DAMAGED);
    if (Number(format) !== FORMAT) {
      throw new Refusal(`${this.path} was written by another version of giftcard-partners (format ${format}, this one has ${FORMAT}). Go on with that version. Nothing was changed.`);
    }
    const header = this.#read(() => JSON.parse(bytes.subarray(first + 1, second).toString()));
    if (header.campaign !== this.name) throw new Refusal(`${this.path} holds the campaign ${header.campaign}: call it by that name.`, WRONG_CALL);
    return { header, body: bytes.subarray(second + 1) };
  }

  #read(act) {
    try {
      return act();
    } catch (error) {
      throw this.#unreadable(DAMAGED, error);
    }
  }

  #unreadable(reason, cause) {
    const error = new Refusal(`The campaign in ${this.path} cannot be read: ${reason}. Put it back from a copy: without it nobody can tell who was paid. Nothing was changed.`);
    error.cause = cause;
    return error;
  }
}

export async function addition(folder, name, bytes) {
  for (let number = 1; ; number += 1) {
    const path = join(folder, number === 1 ? name : name.replace(/(\.\w+)?$/, `-${number}$1`));
    const there = await kept(path);
    if (there && !there.equals(bytes)) continue;
    if (!there) await writeWhole(path, bytes);
    return path;
  }
}

/** Step by step: a recursive call says "there is no such folder" of a file system that is read-only. */
async function made(path) {
  try {
    await mkdir(path, { mode: 0o700 });
  } catch (error) {
    if (error.code === "EEXIST") return;
    if (error.code !== "ENOENT" || dirname(path) === path) throw error;
    await made(dirname(path));
    await made(path);
  }
}

/** Spelled in one way, and fit to be a folder's name everywhere. */
function checked(name) {
  const composed = name.normalize("NFC");
  const isFit = composed.length <= LONGEST_NAME && composed !== "" && !/[\p{C}<>:"/\\|?*]|^[\s.]|[\s.]$/u.test(composed);
  if (isFit) return composed;
  throw new Refusal(`A campaign's name is its folder's: ${LONGEST_NAME} characters at most, without / \\ : * ? " < > |, and no dot or space at its ends.`, WRONG_CALL);
}

async function kept(path) {
  try {
    return await readFile(path);
  } catch (error) {
    if (error.code === "ENOENT" || error.code === "ENOTDIR") return undefined;
    throw error;
  }
}

/** The campaigns beside a path that has none. */
async function others(path) {
  const folder = join(path, "..");
  const names = await readdir(folder).catch(() => []);
  const found = [];
  for (const name of names) if (await stat(join(folder, name, "plan")).catch(() => undefined)) found.push(name);
  return found.length > 0 ? `; there is ${found.slice(0, 10).join(", ")}` : "";
}
