// A promise of the first page that is also an iterable of every item of every page.

export class PagePromise extends Promise {
  #first;
  #load;

  /** `load(index, seen)` resolves to `[page, hasNext, digest, count]`; `seen` items were before it, if that is known. */
  static of(first, load) {
    const seen = first === 1 ? 0 : undefined;
    const loaded = load(first, seen);
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
    // Whoever iterates gets the failure from the iteration; it is not unhandled because nobody awaits the promise too.
    this.catch(() => {});
    let { index, seen, loaded } = this.#first;
    const known = new Set();
    for (;;) {
      const [page, hasNext, digest, count] = await loaded;
      // A server that begins anew behind its last page would never end.
      if (known.has(digest)) return;
      known.add(digest);
      yield* page.Items;
      if (!hasNext) return;
      index += 1;
      if (seen !== undefined) seen += count;
      loaded = this.#load(index, seen);
    }
  }
}
