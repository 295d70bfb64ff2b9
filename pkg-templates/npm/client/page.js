// A promise of the first page that is also an iterable of every item of every page.

let walk;

export class PagePromise extends Promise {
  #first;
  #load;

  static name = "PagePromise";

  static {
    walk = (promise) => promise.#pages();
  }

  /**
   * `load(index, seen)` resolves to `[page, hasNext, digest, count]`; `seen` items were before it, if that is known. `seenFrom` shows in an error
   * who asked for the list.
   */
  static of(first, seenFrom, load) {
    const seen = first === 1 ? 0 : undefined;
    const loaded = load(first, seen).catch((error) => {
      throw seenFrom(error);
    });
    // Not by its name: esbuild renames a class that names itself.
    const promise = new this((resolve, reject) => {
      loaded.then(([page]) => resolve(page), reject);
    });
    promise.#first = { index: first, seen, loaded };
    promise.#load = load;
    return promise;
  }

  /** What `then` makes is a plain promise. */
  static get [Symbol.species]() {
    return Promise;
  }

  async *[Symbol.asyncIterator]() {
    for await (const { Items } of this.#pages()) yield* Items;
  }

  async *#pages() {
    // Whoever iterates gets the failure from the iteration; it is not unhandled because nobody awaits the promise too.
    this.catch(() => {});
    let { index, seen, loaded } = this.#first;
    const known = new Set();
    let before;
    for (;;) {
      const answer = await behind(before, loaded);
      if (!answer) return;
      const [page, hasNext, digest, count, total] = answer;
      // A server that begins anew behind its last page would never end.
      if (known.has(digest)) return;
      known.add(digest);
      yield page;
      if (!hasNext) return;
      before = { total };
      index += 1;
      if (seen !== undefined) seen += count;
      loaded = this.#load(index, seen);
    }
  }
}

/** Every page behind a promise of the first. */
export const pagesOf = (promise) => walk(promise);

/**
 * The answer to the request for a page; nothing where it is behind the last one. Where no total says which that is, some servers
 * answer the page behind it as one that does not exist. `before` has the total of the page before it, if there is one.
 */
async function behind(before, loaded) {
  try {
    return await loaded;
  } catch (error) {
    if (before && before.total === undefined && [400, 404].includes(error?.status)) return undefined;
    throw error;
  }
}
