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
    /// What a use of the bulk part says that nobody has provided; of an artifact that has one.
    pub no_bulk: Option<&'static str>,
    /// Most bytes, gzip -9, of wasm with its JavaScript: of all that is loaded before the bulk part is used.
    pub budget: usize,
    /// Most bytes of that wasm alone.
    pub wasm_budget: Option<usize>,
    /// Most bytes of the bulk part, which is loaded when it is used.
    pub bulk_budget: usize,
    /// Bytes over its budgets that an artifact is known to be and still owes. The build fails past budget and debt together, and
    /// says the debt each time. It may only ever shrink.
    pub owed: usize,
}

impl Artifact {
    /// Whether a part of it is only loaded when it is used.
    pub fn has_bulk(&self) -> bool {
        self.no_bulk.is_some()
    }
}

pub const ARTIFACTS: [Artifact; 3] = [
    Artifact {
        name: "giftcard_partners",
        features: "client,bulk",
        entry: "index.js",
        not_initialised: "giftcard-partners/slim is not initialised: await init(wasm) or call initSync(module) first",
        no_bulk: Some(
            "RecipientImport, ImportReport, Campaign and claimsCsv are in giftcard_partners_bulk.wasm: await initBulk(wasm) first",
        ),
        budget: 45_000,
        wasm_budget: Some(40 * 1024),
        bulk_budget: 50_100,
        owed: 71_750,
    },
    Artifact {
        name: "giftcard_partners_order",
        features: "bulk",
        entry: "order.js",
        not_initialised: "giftcard-partners/order is not initialised: import its entry, and keep the entry's side effects when bundling",
        no_bulk: Some(
            "the entry of giftcard-partners/order provides the bulk part: import it, and keep its side effects when bundling",
        ),
        budget: 25_000,
        wasm_budget: None,
        bulk_budget: 51_700,
        owed: 38_320,
    },
    Artifact {
        name: "giftcard_partners_sandbox",
        features: "sandbox",
        entry: "sandbox.js",
        not_initialised: "giftcard-partners/sandbox is not initialised: import its entry, and keep the entry's side effects when bundling",
        no_bulk: None,
        budget: 90_000,
        wasm_budget: None,
        bulk_budget: 0,
        owed: 0,
    },
];
