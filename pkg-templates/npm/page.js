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
    let before;
    for (;;) {
      const [page, hasNext, digest] = await loaded;
      // A server that answers every page with the same one would never end.
      if (digest === before) return;
      yield* page.Items;
      if (!hasNext) return;
      before = digest;
      index += 1;
      loaded = this.#load(index);
    }
  }
}
