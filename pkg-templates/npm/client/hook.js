// The body of a notification, read no further than it may be long: whoever knows the URL can send one.
import { ConfigError } from "../shared/errors.js";
import { isBytes, isPlain, refusing } from "../shared/input.js";

const encoder = new TextEncoder();

/** What promises the bytes, or nothing where there are more than `most`, once it is called; and what gives up reading. */
export function readHook(given) {
  let hook = given;
  let isRounded = false;
  const mark = (_, value) => {
    isRounded ||= Number.isInteger(value) && !Number.isSafeInteger(value);
    return value;
  };
  const [isWhole, isRead] = refusing("confirmFulfillment: hook must be a Request, or its body: as text, as bytes, or as the object that it is.", () => {
    if (typeof hook === "string" || isBytes(hook)) return [true];
    if (typeof hook.arrayBuffer !== "function") {
      // What `await request.json()` gave.
      if (!Array.isArray(hook) && !isPlain(hook)) throw hook;
      hook = JSON.stringify(hook, mark);
      return [true];
    }
    return [false, hook.bodyUsed || hook.body?.locked];
  });
  if (isRead) {
    throw new ConfigError("confirmFulfillment: the body of the Request is read already. Hand in its text, or request.clone().");
  }
  if (isRounded) {
    // It would name another order.
    throw new ConfigError("confirmFulfillment: hook has a number of which JavaScript does not hold every digit. Hand in the body as text, or as bytes.");
  }
  const isText = typeof hook === "string";
  let reader;
  return {
    async read(most) {
      if (isText) return hook.length > most ? undefined : encoder.encode(hook);
      if (isWhole) return hook;
      if (typeof hook.body?.getReader !== "function") return hook.arrayBuffer();
      reader = hook.body.getReader();
      return readAll(reader, most);
    },
    cancel: () => reader?.cancel().catch(() => {}),
  };
}

async function readAll(reader, most) {
  const chunks = [];
  let length = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    length += value.byteLength;
    if (length > most) return undefined;
    chunks.push(value);
  }
  const bytes = new Uint8Array(length);
  let at = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, at);
    at += chunk.byteLength;
  }
  return bytes;
}
