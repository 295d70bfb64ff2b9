// What the API sends to `FulfillmentComplete`: a server of this machine takes it and says its shape.
import { once } from "node:events";
import { createServer } from "node:http";

import { Refusal, WRONG_CALL } from "../fault.js";
import { shapeOf } from "./answer.js";

const BODY_LIMIT = 1024 * 1024;

/** Listens for what is posted to the URL, which leads to this machine by itself or through a tunnel. */
export async function receiver(url, port) {
  if (!URL.canParse(url) || !/^https?:$/.test(new URL(url).protocol)) throw new Refusal("--webhook must be an address such as https://tunnel.example/hook.", WRONG_CALL);
  const { hostname, port: ownPort } = new URL(url);
  const isLocal = hostname === "localhost" || hostname.startsWith("127.");
  const server = createServer();
  server.listen(port ?? (isLocal && ownPort ? Number(ownPort) : 8788), "127.0.0.1");
  await once(server, "listening");
  return {
    /** What came, within so many milliseconds. */
    async seen(ms) {
      const signal = AbortSignal.timeout(ms);
      try {
        const [request, response] = await once(server, "request", { signal });
        const body = await read(request);
        response.end();
        return told(request, body);
      } catch (error) {
        if (error.name === "AbortError") return "nothing came";
        throw error;
      } finally {
        server.close();
        server.closeAllConnections();
      }
    },
    close: () => server.close(),
  };
}

async function read(request) {
  const chunks = [];
  let length = 0;
  for await (const chunk of request) {
    length += chunk.length;
    if (length > BODY_LIMIT) break;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString();
}

function told({ method, headers }, body) {
  let json;
  try {
    json = JSON.parse(body);
  } catch {
    // Told as "not JSON".
  }
  const { contentType, body: keys } = shapeOf({ headers: new Headers({ "content-type": headers["content-type"] ?? "" }), json });
  const isSigned = Object.keys(headers).filter((name) => /signature|hmac|digest|authorization/.test(name));
  return { method, contentType, keys, signatures: isSigned };
}
