// Compiled at build time (prepare.js): Workers allow no `new Function`, and nothing is faster.
import validate from "compiled:ajv";

export function checkWithAjv(order) {
  if (validate(order)) return [];
  return validate.errors.map(({ instancePath, params }) => {
    const path = instancePath.slice(1).replaceAll("/", ".");
    return params.missingProperty === undefined ? path : [path, params.missingProperty].filter(Boolean).join(".");
  });
}
