//! The three artifacts: what each is built from, and how large it may become.
//!
//! The table is architecture.md's; HACKING.md repeats it for people.

/// A WebAssembly file of the package, with its glue.
pub struct Artifact {
    /// Name of `<name>.wasm`, and of the modules `<name>.js` and `<name>.inline.js`, which are joined into the scripts.
    pub name: &'static str,
    /// Cargo features, comma-separated.
    pub features: &'static str,
    /// The entry whose JavaScript counts into the budget.
    pub entry: &'static str,
    /// What a call before initialisation says.
    pub not_initialised: &'static str,
    /// Most bytes of wasm with its JavaScript, gzip -9.
    pub budget: usize,
    /// Most bytes of the wasm alone, gzip -9.
    pub wasm_budget: Option<usize>,
    /// Bytes over its budgets that an artifact is known to be and still owes. The build fails past budget and debt together, and
    /// says the debt each time. It may only ever shrink.
    pub owed: usize,
}

pub const ARTIFACTS: [Artifact; 3] = [
    Artifact {
        name: "giftcard_partners",
        features: "client,bulk",
        entry: "index.js",
        not_initialised: "giftcard-partners/slim is not initialised: await init(wasm) or call initSync(module) first",
        budget: 45_000,
        wasm_budget: Some(40 * 1024),
        owed: 103_200,
    },
    Artifact {
        name: "giftcard_partners_order",
        features: "bulk",
        entry: "order.js",
        not_initialised: "giftcard-partners/order is not initialised: import its entry, and keep the entry's side effects when bundling",
        budget: 25_000,
        wasm_budget: None,
        owed: 76_480,
    },
    Artifact {
        name: "giftcard_partners_sandbox",
        features: "sandbox",
        entry: "sandbox.js",
        not_initialised: "giftcard-partners/sandbox is not initialised: import its entry, and keep the entry's side effects when bundling",
        budget: 90_000,
        wasm_budget: None,
        owed: 0,
    },
];
