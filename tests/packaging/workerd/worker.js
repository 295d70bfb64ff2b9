// A Worker with the root, the order tools and the sandbox.
import { desk } from "./app/desk.js";

export default { fetch: async () => Response.json(await desk()) };
