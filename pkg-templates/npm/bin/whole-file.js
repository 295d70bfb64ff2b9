// A file that is there whole or not at all, also after a crash at any point.
import { open, rename, rm } from "node:fs/promises";
import { dirname } from "node:path";

/** Only the caller's user may read what names people or is worth money. */
const PRIVATE = 0o600;

/** Writes beside the file, has the disk keep it, and puts it in the file's place. */
export async function writeWhole(path, bytes) {
  const beside = `${path}.new`;
  try {
    await writeSynced(beside, bytes, "w");
    await rename(beside, path);
  } catch (error) {
    await rm(beside, { force: true }).catch(() => {});
    throw error;
  }
  await syncFolder(dirname(path));
}

/** Adds to the end of a file, and has the disk keep it. */
export function append(path, bytes) {
  return writeSynced(path, bytes, "a");
}

async function writeSynced(path, bytes, flags) {
  const file = await open(path, flags, PRIVATE);
  try {
    // What a program of before left there may be open to others.
    if (flags === "w") await file.chmod(PRIVATE);
    await file.writeFile(bytes);
    await file.sync();
  } finally {
    await file.close();
  }
}

/** Names of files are kept by their folder. Windows has no such call and needs none. */
async function syncFolder(path) {
  if (process.platform === "win32") return;
  const folder = await open(path, "r");
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}
