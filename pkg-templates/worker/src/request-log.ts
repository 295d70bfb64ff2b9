// Each request to this Worker has a name: Cloudflare's, where it comes through there. The answer says it in the header `request-id`, and so
// does the log wherever it speaks of that request.
import type { MiddlewareHandler } from "hono";
import { routePath } from "hono/route";

import type { Routed } from "./roles.js";

/** Names a request, and writes down what it was and how it ended: the route, and not the URL, which holds ids and names. */
export const logged: MiddlewareHandler<Routed> = async (context, next) => {
  const ray = context.req.header("cf-ray") ?? "";
  const request = /^[\w-]{8,64}$/.test(ray) ? ray : crypto.randomUUID();
  context.set("request", request);
  await next();
  context.header("request-id", request);
  const { req: { method }, res: { status } } = context;
  console.log(JSON.stringify({ request, method, route: routePath(context, -1), status }));
};
