//! What several jobs need: memory, errors, and JavaScript's values read and made.

mod allocator;
#[cfg(feature = "order")]
pub(crate) mod clock;
#[cfg(feature = "order")]
pub(crate) mod compose;
#[cfg(feature = "order")]
pub(crate) mod convert;
#[cfg(any(feature = "order", feature = "sandbox"))]
pub(crate) mod error;
#[cfg(feature = "order")]
pub(crate) mod field;
#[cfg(feature = "order")]
pub(crate) mod number;
pub mod stop;
