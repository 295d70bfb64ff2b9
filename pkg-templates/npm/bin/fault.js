// What went wrong, as a sentence, and the exit status that it ends with.
import { isGiftCardError } from "giftcard-partners";

export const LEFT = 1;
export const WRONG_CALL = 2;

/** Something that the caller has to change. Its message is a sentence for him. */
export class Refusal extends Error {
  constructor(message, status = LEFT) {
    super(message);
    this.name = "Refusal";
    this.status = status;
  }
}

export function statusOf(error) {
  if (error instanceof Refusal) return error.status;
  // An option that the package does not take came from the command line.
  return isGiftCardError(error) && error.code === "invalid_config" ? WRONG_CALL : LEFT;
}

/** A code for programs and a sentence for people. Neither has a cell of the list in it. */
export function wordsOf(error) {
  if (error instanceof Refusal) return { code: error.status === WRONG_CALL ? "wrong_call" : "refused", message: error.message };
  if (isGiftCardError(error)) return { code: error.code, message: error.message, outcome: error.outcome };
  const sentence = SYSTEM[error?.code];
  if (sentence) return { code: error.code, message: `${sentence}${error.path ? ` (${error.path})` : ""}.` };
  return { code: "fault", message: `It stopped by a fault of its own, please report it: ${error?.stack ?? error}` };
}

const SYSTEM = {
  ENOSPC: "No space is left on the disk",
  EDQUOT: "The disk quota is used up",
  EFBIG: "The file is too large for its disk",
  EACCES: "Permission is denied: the file or folder may not be read or written",
  EPERM: "Permission is denied: the file or folder may not be changed",
  EROFS: "The file system is read-only",
  ENOENT: "There is no such file or folder",
  ENOTDIR: "A part of the path is no folder",
  EISDIR: "It is a folder, not a file",
  EIO: "The disk failed to read or write",
  EMFILE: "Too many files are open",
  ENAMETOOLONG: "The name is too long",
  EADDRINUSE: "The port is in use",
  EPIPE: "Nobody reads the output any more",
};
