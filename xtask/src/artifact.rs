//! The five artifacts: what each is built from. A job has one name at every level: see architecture.md.

/// A WebAssembly file of the package.
pub struct Artifact {
    /// Name of `<name>.wasm`, and of the modules that the build makes for it: see seam.rs.
    pub name: &'static str,
    /// The Cargo feature.
    pub feature: &'static str,
    /// What the compiler optimises for, as in Cargo's profiles.
    pub opt_level: &'static str,
}

const SMALL: &str = "z";
const FAST: &str = "3";

pub const ARTIFACTS: [Artifact; 5] = [
    Artifact {
        name: "giftcard_partners_order",
        feature: "order",
        opt_level: SMALL,
    },
    Artifact {
        name: "giftcard_partners",
        feature: "client",
        opt_level: SMALL,
    },
    Artifact {
        name: "giftcard_partners_bulk",
        feature: "bulk",
        opt_level: SMALL,
    },
    Artifact {
        name: "giftcard_partners_workbook",
        feature: "workbook",
        // It is downloaded by itself, where somebody has a workbook, and reads megabytes byte by byte.
        opt_level: FAST,
    },
    Artifact {
        name: "giftcard_partners_sandbox",
        feature: "sandbox",
        opt_level: SMALL,
    },
];
