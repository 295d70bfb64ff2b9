// What was posted, told by its first bytes: a workbook, which is read as a whole, or text, which is cut into pieces as it comes and leaves
// here as UTF-8 where its line breaks would not be seen in its bytes.

/** What it is, and all of it. */
export interface PostedList {
  kind: "workbook" | "csv";
  content: ReadableStream<Uint8Array>;
  /** How the text leaves here, where that is not as it came. */
  encoding?: "utf-8";
}

/** Bytes that tell a file apart. */
const MARK = 8;

/** The label does not exist. */
export class UnknownEncoding extends Error {}

/** The bytes are not in it. */
export class WrongEncoding extends Error {}

export async function openList(posted: ReadableStream<Uint8Array>, encoding: string | undefined): Promise<PostedList> {
  const { start, content } = await opened(posted);
  if (isContainer(start)) return { kind: "workbook", content };
  const wide = encoding ?? wideEncodingOf(start);
  if (wide === undefined || /^utf-?8$/i.test(wide)) return { kind: "csv", content, ...(wide ? { encoding: "utf-8" } : {}) };
  return { kind: "csv", content: content.pipeThrough(toUtf8(wide)), encoding: "utf-8" };
}

/** A stream that begins where it began, and its first bytes. */
async function opened(posted: ReadableStream<Uint8Array>): Promise<{ start: Uint8Array; content: ReadableStream<Uint8Array> }> {
  const reader = posted.getReader();
  const parts: Uint8Array[] = [];
  let length = 0;
  while (length < MARK) {
    const { done, value } = await reader.read();
    if (done) break;
    parts.push(value);
    length += value.length;
  }
  const start = new Uint8Array(Math.min(length, MARK));
  let place = 0;
  for (const part of parts) {
    start.set(part.subarray(0, Math.max(0, MARK - place)), Math.min(place, MARK));
    place += part.length;
  }
  const content = new ReadableStream<Uint8Array>({
    async pull(controller) {
      const known = parts.shift();
      if (known) return controller.enqueue(known);
      const { done, value } = await reader.read();
      if (done) controller.close();
      else controller.enqueue(value);
    },
    cancel: (reason) => reader.cancel(reason),
  });
  return { start, content };
}

/** A zip, as `.xlsx` is one, or the container of old Office files and of encrypted ones: the package says what is in it. */
function isContainer([first, second, third, fourth]: Uint8Array): boolean {
  const isZip = first === 0x50 && second === 0x4b && third === 3 && fourth === 4;
  return isZip || (first === 0xd0 && second === 0xcf && third === 0x11 && fourth === 0xe0);
}

/** Of text with a byte order mark of UTF-16. UTF-32 begins alike, with zeros behind it, and is nobody's export. */
function wideEncodingOf([first, second, third, fourth]: Uint8Array): string | undefined {
  if (first === 0xff && second === 0xfe && !(third === 0 && fourth === 0)) return "utf-16le";
  return first === 0xfe && second === 0xff ? "utf-16be" : undefined;
}

function toUtf8(encoding: string): TransformStream<Uint8Array, Uint8Array> {
  let decoder: TextDecoder;
  try {
    decoder = new TextDecoder(encoding, { fatal: true, ignoreBOM: false });
  } catch {
    throw new UnknownEncoding(`?encoding= is a label that TextDecoder knows, such as windows-1250, shift_jis or utf-16le.`);
  }
  const encoder = new TextEncoder();
  const encoded = (...decoded: Parameters<TextDecoder["decode"]>) => {
    try {
      return encoder.encode(decoder.decode(...decoded));
    } catch {
      throw new WrongEncoding("the file is not in the encoding");
    }
  };
  return new TransformStream({
    transform: (chunk, controller) => controller.enqueue(encoded(chunk, { stream: true })),
    flush: (controller) => controller.enqueue(encoded()),
  });
}
