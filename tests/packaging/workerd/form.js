// A Worker with the order tools alone.
import { form } from "./app/form.js";

export default { fetch: () => Response.json(form()) };
