//! The constructor, and what its errors are on the other side.

use giftcard_partners::wasm::client::GiftCardPartners;
use wasm_bindgen::JsValue;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::support::{failure, field, holds, js, settled, text};

fn refusal(options: &str) -> JsValue {
    let made = GiftCardPartners::new(&js(options));
    made.err().expect("the options are refused")
}

#[wasm_bindgen_test]
fn options_that_cannot_be_used_are_a_real_error_of_its_own_class() {
    for options in [
        "undefined",
        "null",
        "'https://api.example'",
        "{}",
        "{ baseUrl: 7 }",
        "{ baseUrl: 'ftp://api.example' }",
        "{ baseUrl: 'https://user:secret@api.example' }",
        "{ baseUrl: 'https://api.example?key=secret' }",
        "{ baseUrl: 'https://api.example', headers: { 'X-Key': 'secret\\n' } }",
        "{ baseUrl: 'https://api.example', fetch: {} }",
        "{ baseUrl: 'https://api.example', timeoutMs: 0 }",
        "{ baseUrl: 'http://api.example', dangerouslyAllowBrowser: true, credentials: { email: 'a@b.c', accessToken: 'secret' } }",
        "{ baseUrl: 'https://api.example', dangerouslyAllowBrowser: true, credentials: { email: 'a@b.c', accessToken: 'secret\\r' } }",
    ] {
        let error = refusal(options);

        assert!(
            holds(
                &error,
                "it instanceof Error && Object.prototype.toString.call(it) === '[object Error]'"
            ),
            "{options}"
        );
        assert_eq!(text(&error, "name"), "ConfigError", "{options}");
        assert_eq!(text(&error, "code"), "invalid_config", "{options}");
        assert!(
            holds(
                &error,
                "!JSON.stringify(it).includes('secret') && !it.stack.includes('secret')"
            ),
            "{options}"
        );
    }
}

#[wasm_bindgen_test]
fn credentials_in_a_page_must_be_allowed() {
    let credentials = "credentials: { email: 'a@b.c', accessToken: 'x' }";
    let plain = ["{ baseUrl: 'https://api.example', ", credentials, " }"].concat();
    let allowed = [
        "{ baseUrl: 'https://api.example', dangerouslyAllowBrowser: true, ",
        credentials,
        " }",
    ]
    .concat();
    let is_page = js("typeof window !== 'undefined' && !!window.document").is_truthy();

    let made = GiftCardPartners::new(&js(&plain));

    assert_eq!(made.is_err(), is_page);
    assert!(GiftCardPartners::new(&js(&allowed)).is_ok());
}

#[wasm_bindgen_test]
async fn bad_arguments_of_a_call_reject_and_send_nothing() {
    let options = js(
        "{ baseUrl: 'https://api.example', sent: 0, fetch() { globalThis.__sent = true; return new Response('{}'); } }",
    );
    let client = GiftCardPartners::new(&options).expect("the options are good");
    let none = JsValue::UNDEFINED;

    let errors = [
        failure(client.ask("getOrder", &JsValue::from_str(".."), &none, None)).await,
        failure(client.ask("getOrder", &none, &none, None)).await,
        failure(client.ask("accountBalance", &JsValue::UNDEFINED, &js("7"), None)).await,
        failure(client.ask(
            "accountBalance",
            &JsValue::UNDEFINED,
            &js("{ signal: {} }"),
            None,
        ))
        .await,
        failure(client.wait_for_order(&js("{}"), &none)).await,
    ];

    for error in errors {
        assert_eq!(text(&error, "name"), "ConfigError");
        assert!(field(&error, "outcome").is_undefined());
    }
    assert!(js("globalThis.__sent").is_undefined());
}

#[wasm_bindgen_test]
async fn a_call_outlives_its_client() {
    let client = crate::support::client("return new Response('{\"available\":1}');");

    let promise = client.ask(
        "accountBalance",
        &JsValue::UNDEFINED,
        &JsValue::UNDEFINED,
        None,
    );
    drop(client);

    let balance = settled(promise).await.expect("it answers");
    assert!(holds(&balance, "it.Available === 1"));
}
