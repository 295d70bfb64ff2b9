// A request, passed on as it is, and its answer on the way back.
import { request } from "node:http";

/**
 * @param {{ headers?: Record<string, string>, lose?: boolean }} [options] `lose`: the connection breaks in the middle of the answer. Earlier, a
 *   browser may send the request again by itself, and the page would learn of nothing.
 */
export function forward(incoming, outgoing, base, { headers = {}, lose = false } = {}) {
  const { host } = new URL(base);
  return new Promise((resolve) => {
    const onward = request(new URL(incoming.url, base), {
      method: incoming.method,
      headers: { ...incoming.headers, ...headers, host },
    });
    onward.on("response", (answer) => {
      if (lose) {
        answer.resume().once("end", () => incoming.socket.destroy());
        outgoing.writeHead(answer.statusCode, { ...answer.headers, "content-length": "1000000" }).write("{");
        return resolve();
      }
      outgoing.writeHead(answer.statusCode, answer.headers);
      answer.pipe(outgoing);
      answer.once("close", resolve);
    });
    onward.on("error", () => {
      incoming.socket.destroy();
      resolve();
    });
    // Who closes the page gives up what is under way, as in production.
    outgoing.once("close", () => onward.destroy());
    incoming.pipe(onward);
  });
}
