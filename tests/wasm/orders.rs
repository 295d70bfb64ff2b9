//! `validateOrder`, on every kind of value.

use giftcard_partners::wasm::order::tools::{poll_delay_ms, validate_order};
use js_sys::Uint8Array;
use wasm_bindgen::JsValue;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::support::{ORDER, field, holds, js, number, text};

fn report(input: &JsValue) -> JsValue {
    validate_order(input, &JsValue::UNDEFINED, None)
}

#[wasm_bindgen_test]
fn an_object_its_text_and_its_bytes_have_the_same_report() {
    let bytes: JsValue = Uint8Array::from(ORDER.as_bytes()).into();

    for input in [js(ORDER), JsValue::from_str(ORDER), bytes] {
        let report = report(&input);

        assert_eq!(field(&report, "valid"), true);
        assert_eq!(number(&report, "lineCount"), Some(1.0));
        assert_eq!(text(&report, "faceValue"), "50.00");
        assert!(holds(&report, "it.issues.length === 0"));
    }
}

#[wasm_bindgen_test]
fn what_is_no_order_is_reported_and_never_thrown() {
    for input in [
        "undefined",
        "null",
        "7",
        "true",
        "7n",
        "Symbol('x')",
        "() => 1",
        "[]",
        "''",
        "'{'",
        "new Uint8Array([255])",
        "new Uint8Array()",
        "(() => { const it = {}; it.it = it; return it; })()",
        "({ get Type() { throw new Error('x'); } })",
        "new Proxy({}, { ownKeys() { throw undefined; } })",
        "'\\ud800'",
        "(() => { const { buffer } = new Uint8Array(8); structuredClone(buffer, { transfer: [buffer] }); return buffer; })()",
    ] {
        let report = report(&js(input));

        assert_eq!(field(&report, "valid"), false, "{input}");
        assert!(
            holds(&report, "it.issues[0].severity === 'error'"),
            "{input}"
        );
    }
}

#[wasm_bindgen_test]
fn the_first_look_comes_after_a_second_or_so() {
    let [zero, none] = [JsValue::from_f64(0.0), JsValue::UNDEFINED];
    let wait = poll_delay_ms(&zero, &zero, &none).expect("it is a wait");

    assert!((900.0..=1_100.0).contains(&wait));
    assert!(poll_delay_ms(&JsValue::from_f64(-1.0), &zero, &none).is_err());
    assert!(poll_delay_ms(&zero, &JsValue::from_f64(f64::NAN), &none).is_err());
}
