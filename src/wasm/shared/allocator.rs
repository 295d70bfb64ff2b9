//! What the standard library would bring along: the allocator, and what a panic does.
#![expect(
    unsafe_code,
    reason = "an allocator is unsafe by its trait: each call goes to talc's as it came, and only whether it gave memory is noted"
)]

use core::alloc::{GlobalAlloc, Layout};

use talc::wasm::{WasmDynamicTalc, new_wasm_dynamic_allocator};

use super::stop;

/// Talc's, which is smaller than the standard library's (figures in HACKING.md), and a note of where there was no memory.
struct Noting(WasmDynamicTalc);

#[global_allocator]
static ALLOCATOR: Noting = Noting(new_wasm_dynamic_allocator());

unsafe impl GlobalAlloc for Noting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        noted(unsafe { self.0.alloc(layout) }, layout.size())
    }

    unsafe fn dealloc(&self, memory: *mut u8, layout: Layout) {
        unsafe { self.0.dealloc(memory, layout) }
    }

    unsafe fn realloc(&self, memory: *mut u8, layout: Layout, bytes: usize) -> *mut u8 {
        noted(unsafe { self.0.realloc(memory, layout, bytes) }, bytes)
    }
}

fn noted(memory: *mut u8, bytes: usize) -> *mut u8 {
    stop::note_memory(memory.is_null(), bytes);
    memory
}

/// No path of ours panics. Where one of another's did, the instance stops: with std it would too.
#[cfg(not(any(feature = "client", feature = "sandbox")))]
#[panic_handler]
fn panic(_: &core::panic::PanicInfo<'_>) -> ! {
    core::arch::wasm32::unreachable()
}
