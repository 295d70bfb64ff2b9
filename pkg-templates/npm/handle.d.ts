// What handles have where the compiler's library knows of `using`. Nobody's library is added to: it may be older than that.

/** `Symbol.dispose`, where there is one: `lib: ["ESNext.Disposable"]`, or Node's types. */
type Dispose = SymbolConstructor extends { readonly dispose: infer Key extends symbol } ? Key : never;

/** Frees itself where its block ends: `using catalog = Catalog.from(products)`. */
export type Handle = { [Key in Dispose]: () => void };
