//! Waiting for a promise, but not for ever: until a time, or until the caller's signal.

use js_sys::{Array, Function, Promise};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::AbortSignal;

use super::number;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_name = setTimeout)]
    fn set_timeout(callback: &Function, ms: f64) -> JsValue;
    #[wasm_bindgen(js_name = clearTimeout)]
    fn clear_timeout(id: &JsValue);
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
    listener: Option<Function>,
    timed_out: JsValue,
    aborted: JsValue,
    ends: Array,
}

impl Watch {
    /// Starts the clock; without a time there is only the signal.
    pub(super) fn new(ms: Option<u64>, signal: Option<&AbortSignal>) -> Self {
        let mut watch = Self {
            timer: None,
            signal: signal.cloned(),
            listener: None,
            timed_out: js_sys::Object::new().into(),
            aborted: js_sys::Object::new().into(),
            ends: Array::new(),
        };
        if let Some(ms) = ms {
            let mut timer = None;
            let promise = resolving_to(&watch.timed_out, |resolve| {
                timer = Some(set_timeout(resolve, number::to_js(ms.min(LONGEST_MS))));
            });
            watch.timer = timer;
            watch.ends.push(&promise);
        }
        if let Some(signal) = signal {
            let mut listener = None;
            let promise = resolving_to(&watch.aborted, |resolve| {
                if signal.aborted() {
                    let _ = resolve.call0(&JsValue::UNDEFINED);
                } else {
                    let _ = signal.add_event_listener_with_callback("abort", resolve);
                    listener = Some(resolve.clone());
                }
            });
            watch.listener = listener;
            watch.ends.push(&promise);
        }
        watch
    }

    /// Waits for the promise, the time or the signal. The promise's own end goes first where both have come.
    pub(super) async fn settled(&self, promise: &Promise) -> Waited {
        let racers = Array::of1(promise).concat(&self.ends);
        let settled = JsFuture::from(Promise::race(&racers)).await;
        match settled {
            Ok(end) if end == self.timed_out => Waited::TimedOut,
            Ok(end) if end == self.aborted => Waited::Aborted,
            settled => Waited::Settled(settled),
        }
    }

    /// Waits for the time; returns whether the signal came first.
    pub(super) async fn is_aborted(&self) -> bool {
        match JsFuture::from(Promise::race(&self.ends)).await {
            Ok(end) => end == self.aborted,
            Err(_) => false,
        }
    }
}

impl Drop for Watch {
    fn drop(&mut self) {
        if let Some(timer) = &self.timer {
            clear_timeout(timer);
        }
        if let (Some(signal), Some(listener)) = (&self.signal, &self.listener) {
            let _ = signal.remove_event_listener_with_callback("abort", listener);
        }
    }
}

/// A promise that resolves to `value` when the function that is handed out is called, with whatever.
fn resolving_to(value: &JsValue, hand_out: impl FnOnce(&Function)) -> Promise {
    let mut hand_out = Some(hand_out);
    Promise::new(&mut |resolve: Function, _| {
        if let Some(hand_out) = hand_out.take() {
            hand_out(resolve.bind1(&JsValue::UNDEFINED, value).unchecked_ref());
        }
    })
}
