// A promise of the first page that is also an iterable of every item of every page.

export class PagePromise extends Promise {
  #first;
  #load;

  /** `load(index)` resolves to `[page, hasNext, digest]`. */
  static of(first, load) {
    const loaded = load(first);
    // Not by its name: esbuild renames a class that names itself.
    const promise = new this((resolve, reject) => {
      loaded.then(([page]) => resolve(page), reject);
    });
    promise.#first = { index: first, loaded };
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
    let { index, loaded } = this.#first;
    const known = new Set();
    // Only from the first page on can it be told whether that was all.
    let seen = index === 1 ? 0 : NaN;
    for (;;) {
      const [page, hasNext, digest] = await loaded;
      // A server that begins anew behind its last page would never end.
      if (known.has(digest)) return;
      known.add(digest);
      yield* page.Items;
      seen += page.Items.length;
      if (!hasNext || seen >= page.TotalCount) return;
      index += 1;
      loaded = this.#load(index);
    }
  }
}
