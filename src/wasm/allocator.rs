//! What the standard library would bring along: the allocator, and what a panic does.

use talc::wasm::{WasmDynamicTalc, new_wasm_dynamic_allocator};

/// Smaller than the standard library's (figures in HACKING.md).
#[global_allocator]
static ALLOCATOR: WasmDynamicTalc = new_wasm_dynamic_allocator();

/// No path of ours panics. Where one of another's did, the instance stops: with std it would too, behind a message.
#[cfg(not(any(feature = "client", feature = "sandbox")))]
#[panic_handler]
fn panic(_: &core::panic::PanicInfo<'_>) -> ! {
    core::arch::wasm32::unreachable()
}
