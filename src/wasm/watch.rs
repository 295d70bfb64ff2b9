//! Waiting for a promise, but not for ever: until a time, or until the caller's signal.

use js_sys::{Array, Function, Promise};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::AbortSignal;

use super::number;

#[wasm_bindgen]
extern "C" {
    /// Throws at the global scope of a Worker.
    #[wasm_bindgen(js_name = setTimeout, catch)]
    fn set_timeout(callback: &Function, ms: f64) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(js_name = clearTimeout)]
    fn clear_timeout(id: &JsValue);
}

#[wasm_bindgen(module = "/pkg-templates/npm/shared/signals.js")]
extern "C" {
    /// Throws where the signal is none.
    #[wasm_bindgen(catch)]
    fn listen(signal: &AbortSignal, end: &Function) -> Result<(), JsValue>;
    #[wasm_bindgen(catch)]
    fn unlisten(signal: &AbortSignal, end: &Function) -> Result<(), JsValue>;
}

/// A longer timer fires at once.
const LONGEST_MS: u64 = 2_147_483_647;

/// How a wait ended.
pub(super) enum Waited {
    /// The promise settled.
    Settled(Result<JsValue, JsValue>),
    /// The time was up.
    TimedOut,
    /// The caller's signal.
    Aborted,
}

/// A time and a signal, for one wait after another. Nothing is left behind when it is dropped: no timer, no listener.
///
/// It races JavaScript promises instead of Rust futures: a future over a promise that never settles would never be freed.
pub(super) struct Watch {
    timer: Option<JsValue>,
    signal: Option<AbortSignal>,
    /// Ends the wait.
    end: Option<Function>,
    /// The one promise that `end` resolves, to this very array: nothing else resolves to it.
    ends: Array,
}

impl Watch {
    /// Starts the clock; without a time there is only the signal.
    #[inline(never)]
    pub(super) fn new(ms: Option<u64>, signal: Option<&AbortSignal>) -> Self {
        let ends = Array::new();
        let mut end = None;
        let ended = Promise::new(&mut |resolve: Function, _| {
            let resolve = resolve.bind1(&JsValue::UNDEFINED, &ends);
            end = Some(resolve.unchecked_into::<Function>());
        });
        ends.push(&ended);
        let mut timer = None;
        if let Some(end) = &end {
            if let Some(ms) = ms {
                timer = set_timeout(end, number::to_js(ms.min(LONGEST_MS))).ok();
                // Where there are no timers there is no waiting either: a wait that could not end would hang its promise.
                if timer.is_none() {
                    let _ = end.call0(&JsValue::UNDEFINED);
                }
            }
            if let Some(signal) = signal {
                if signal.aborted() {
                    let _ = end.call0(&JsValue::UNDEFINED);
                } else {
                    let _ = listen(signal, end);
                }
            }
        }
        Self {
            timer,
            signal: signal.cloned(),
            end,
            ends,
        }
    }

    /// Waits for the promise, the time or the signal. The promise's own end goes first where both have come.
    pub(super) async fn settled(&self, promise: &Promise) -> Waited {
        let racers = Array::of1(promise).concat(&self.ends);
        match JsFuture::from(Promise::race(&racers)).await {
            Ok(end) if js_sys::Object::is(&end, &self.ends) => {
                if self.is_signalled() {
                    Waited::Aborted
                } else {
                    Waited::TimedOut
                }
            }
            settled => Waited::Settled(settled),
        }
    }

    /// Waits for the time; returns whether the signal came first.
    pub(super) async fn is_aborted(&self) -> bool {
        let _ = JsFuture::from(Promise::race(&self.ends)).await;
        self.is_signalled()
    }

    fn is_signalled(&self) -> bool {
        self.signal.as_ref().is_some_and(AbortSignal::aborted)
    }
}

impl Drop for Watch {
    #[inline(never)]
    fn drop(&mut self) {
        if let Some(timer) = &self.timer {
            clear_timeout(timer);
        }
        if let (Some(signal), Some(end)) = (&self.signal, &self.end) {
            let _ = unlisten(signal, end);
        }
    }
}
