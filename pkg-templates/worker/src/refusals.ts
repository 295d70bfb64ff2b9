// Why a file is not taken, and how that is answered.
import { isGiftCardError } from "giftcard-partners";

import { EndlessRecord, NoCsv } from "./csv-records.js";
import { UnknownEncoding, WrongEncoding } from "./posted-list.js";

export interface Answer {
  status: number;
  body: Record<string, unknown>;
}

/** Why a file is not taken. */
export class Refused extends Error {
  constructor(readonly status: number, readonly code: string, message: string, readonly more: object = {}) {
    super(message);
  }
}

/** What somebody posted can be mended; anything else is a failure of our own. */
export function refusedBy(error: unknown): Refused {
  if (error instanceof Refused) return error;
  if (error instanceof UnknownEncoding) return new Refused(400, "bad_request", error.message);
  if (error instanceof WrongEncoding) return new Refused(400, "invalid_encoding", "The file is not in the encoding that was said, or that its first bytes say. Nothing was sent.");
  if (error instanceof NoCsv) return new Refused(415, "unsupported_encoding", "Save the file as CSV UTF-8 and send it again.");
  if (!(error instanceof EndlessRecord)) throw error;
  const { line, limit } = error;
  const message = `The row that begins in line ${line} is longer than ${limit} bytes: is its quote never closed? Nothing was sent.`;
  return new Refused(400, "validation_failed", message, { line });
}

export function unclear(line: number): Refused {
  const message = `From line ${line} on it is not clear where rows end. Nothing was sent. Look at the quotes, or send the file's plan.`;
  return new Refused(400, "unsupported_file", message, { line });
}

export function mixed(line: number): Refused {
  const message = `From line ${line} on the file is in another encoding than before. Nothing was sent. Save the file as CSV UTF-8.`;
  return new Refused(400, "invalid_encoding", message, { line });
}

/** What the caller asked for and cannot be had is the caller's to mend. */
export function orRefuse<T>(make: () => T): T {
  try {
    return make();
  } catch (error) {
    return refuse(error);
  }
}

export function refuse(error: unknown): never {
  if (error instanceof Refused) throw error;
  if (isGiftCardError(error)) throw new Refused(400, "bad_request", error.message);
  throw error;
}

export function conflict(id: string, message: string): Answer {
  return { status: 409, body: { code: "conflict", message, id } };
}

/** How a file that has grown is sent. */
export function comesAfter(id: string, latest: string | undefined): Answer {
  const message = "There is a campaign of this name with another content, or another one is the last that was sent after it.";
  const how = `Send the file with ?after=${latest}: whom that campaign and all before it have paid is left out.`;
  return { status: 409, body: { ...conflict(id, `${message} ${how}`).body, after: latest } };
}
