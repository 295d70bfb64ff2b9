//! The five artifacts: what each is built from. A job has one name at every level: see architecture.md.

/// A WebAssembly file of the package.
pub struct Artifact {
    /// Name of `<name>.wasm`, and of the modules that the build makes for it: see seam.rs.
    pub name: &'static str,
    /// The Cargo feature.
    pub feature: &'static str,
}

pub const ARTIFACTS: [Artifact; 5] = [
    Artifact {
        name: "giftcard_partners_order",
        feature: "order",
    },
    Artifact {
        name: "giftcard_partners",
        feature: "client",
    },
    Artifact {
        name: "giftcard_partners_bulk",
        feature: "bulk",
    },
    Artifact {
        name: "giftcard_partners_workbook",
        feature: "workbook",
    },
    Artifact {
        name: "giftcard_partners_sandbox",
        feature: "sandbox",
    },
];
