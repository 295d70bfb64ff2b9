// Everyone who checks an object; each answers with the places that are wrong.
import { checkWithAjv } from "./ajv.js";
import { checkWithArktype } from "./arktype.js";
import { checkByHand } from "./hand.js";
import { checkWithTypebox } from "./typebox.js";
import { checkWithValibot } from "./valibot.js";
import { checkWithZod } from "./zod.js";

export const validators = {
  "by hand": checkByHand,
  "zod": checkWithZod,
  "valibot": checkWithValibot,
  "ajv": checkWithAjv,
  "typebox": checkWithTypebox,
  "arktype": checkWithArktype,
};
