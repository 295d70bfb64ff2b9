//! Why an instance stopped: what `shared/trap.js` reads once it has trapped.
//!
//! An instance that stopped is not to be trusted, so nothing here allocates: numbers are noted while it still runs, and read one by one.

use core::panic::Location;
use core::sync::atomic::{AtomicUsize, Ordering::Relaxed};

use wasm_bindgen::prelude::*;

/// Bytes that memory was asked for and did not have, the last time that it was asked.
static REFUSED: AtomicUsize = AtomicUsize::new(0);
/// Of the last panic: where the name of its file stands, how long that is, and the line.
static FILE: AtomicUsize = AtomicUsize::new(0);
static LENGTH: AtomicUsize = AtomicUsize::new(0);
static LINE: AtomicUsize = AtomicUsize::new(0);

/// Notes how the allocator answered.
pub(super) fn note_memory(is_refused: bool, bytes: usize) {
    REFUSED.store(if is_refused { bytes } else { 0 }, Relaxed);
}

/// Notes where a panic began.
pub(super) fn note_panic(place: &Location<'_>) {
    FILE.store(place.file().as_ptr() as usize, Relaxed);
    LENGTH.store(place.file().len(), Relaxed);
    LINE.store(place.line() as usize, Relaxed);
}

/// One of the four numbers.
#[wasm_bindgen(js_name = stoppedBy, skip_typescript)]
pub fn stopped_by(part: u8) -> usize {
    let part = match part {
        0 => &REFUSED,
        1 => &FILE,
        2 => &LENGTH,
        _ => &LINE,
    };
    part.load(Relaxed)
}

/// Has panics noted, of which the standard library would only say something that nobody hears here.
#[cfg(any(feature = "client", feature = "sandbox"))]
#[wasm_bindgen(start, skip_typescript)]
pub fn note_panics() {
    std::panic::set_hook(std::boxed::Box::new(|panic| {
        if let Some(place) = panic.location() {
            note_panic(place);
        }
    }));
}
