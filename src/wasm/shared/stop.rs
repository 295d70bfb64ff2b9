//! Why an instance stopped: what `shared/trap.js` asks once it has trapped.

use core::sync::atomic::{AtomicUsize, Ordering::Relaxed};

use wasm_bindgen::prelude::*;

/// Bytes that memory was asked for and did not have, where that is so of the last time that it was asked.
static REFUSED: AtomicUsize = AtomicUsize::new(0);

/// Notes how the allocator answered.
pub(crate) fn note_memory(is_refused: bool, bytes: usize) {
    REFUSED.store(if is_refused { bytes } else { 0 }, Relaxed);
}

/// Bytes that there was no memory for, if that is what it stopped by. Nothing is allocated: an instance that stopped is not to be trusted.
#[wasm_bindgen(js_name = refusedBytes, skip_typescript)]
pub fn refused_bytes() -> usize {
    REFUSED.load(Relaxed)
}
