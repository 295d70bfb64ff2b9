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
   * `load(next)` resolves to `[page, next, missing]`: what to load behind the page, which is nothing at first and behind the last one, and how
   * many items are not listed yet. There is no page where the one before was the last, or came twice. `seenFrom` shows in an error who asked for the list.
   */
  static of(seenFrom, load) {
    const loaded = load().catch((error) => {
      throw seenFrom(error);
    });
    // Not by its name: esbuild renames a class that names itself.
    const promise = new this((resolve, reject) => {
      loaded.then(([page]) => resolve(page), reject);
    });
    promise.#first = loaded;
    promise.#load = load;
    return promise;
  }

  /** What `then` makes is a plain promise. */
  static get [Symbol.species]() {
    return Promise;
  }

  async *[Symbol.asyncIterator]() {
    for await (const [{ Items }] of this.#pages()) yield* Items;
  }

  async *#pages() {
    // Whoever iterates gets the failure from the iteration; it is not unhandled because nobody awaits the promise too.
    this.catch(() => {});
    for (let loaded = this.#first; loaded; ) {
      const [page, next, missing] = await loaded;
      if (page) yield [page, missing];
      loaded = next && this.#load(next);
    }
  }
}

/** Every page behind a promise of the first, each with how many items are not listed yet. */
export const pagesOf = (promise) => walk(promise);
