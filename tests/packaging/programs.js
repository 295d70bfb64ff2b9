// The programs of app/print, taken through a bundler: what each bundle holds, and what it prints when it runs.
import assert from "node:assert/strict";

import { CLIENT, DESK, FORM, LIST } from "./app/expected.js";
import { assertClient, assertDesk, assertForm, assertList, filesIn } from "./bundle.js";
import { result } from "./processes.js";

/** `bundle(app)` resolves to the folder of the output and the script in it that is to be run. */
export async function bundlePrograms(bundle) {
  const look = async (app, expected, check) => {
    const { folder, script } = await bundle(app);
    assert.deepEqual(await result(process.execPath, [script]), expected);
    return check(filesIn(folder));
  };
  const form = await look("form", FORM, assertForm);
  const client = await look("client", CLIENT, assertClient);
  await look("list", LIST, assertList);
  await look("desk", DESK, assertDesk);
  return { form, client };
}
