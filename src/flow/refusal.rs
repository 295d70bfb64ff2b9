//! What an answer other than 2xx means, in words that lead somewhere.

use alloc::boxed::Box;

use crate::answer::Answer;
use crate::api::Verb;
use crate::api::base_url::shown;
use crate::api::named_fields::named_fields;
use crate::error::{Error, Kind};

/// The error of an answer to that request. A 404 names the request, and a 400 the fields that the API named.
#[cold]
#[inline(never)]
pub(super) fn refusal(answer: Answer, verb: Verb, path: &str) -> Box<Error> {
    let mut error = Error::from_answer(answer);
    match error.kind {
        Kind::NotFound => {
            let request = [verb.as_str(), " ", &shown(path)].concat();
            error.message = [
                "The API knows nothing by that name (404): ",
                &request,
                ". Is baseUrl right?",
            ]
            .concat()
            .into();
        }
        Kind::BadRequest => {
            let fields = named_fields(error.body.as_deref().unwrap_or_default());
            if !fields.is_empty() {
                error.message = [
                    "The API refused the request (400) and named ",
                    &fields.join(", "),
                    ". `responseBody(error)` has its answer.",
                ]
                .concat()
                .into();
            }
        }
        _ => {}
    }
    error
}

/// Returns whether an error is about the id that was asked for, and not about the API or the call.
pub(crate) const fn is_of_the_id(kind: Kind) -> bool {
    matches!(
        kind,
        Kind::NotFound
            | Kind::BadRequest
            | Kind::PoNumberConflict
            | Kind::InsufficientFunds
            | Kind::Status
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn message(status: u16, body: &str, path: &str) -> String {
        let answer = Answer {
            status,
            body: Some(body.as_bytes().to_vec()),
            retry_after_ms: None,
            request_id: None,
        };
        refusal(answer, Verb::Get, path).message.into_owned()
    }

    #[test]
    fn a_404_names_method_and_path_and_asks_for_the_base_url() {
        for (path, request) in [
            ("/v1/Products?productName=Ann", "GET /v1/Products."),
            ("/v1/Orders/ORDER-1", "GET /v1/Orders/ORDER-1."),
            ("/v1/Recipients/ann%40example.com", "GET /v1/Recipients/…."),
        ] {
            let message = message(404, "ann@example.com", path);
            assert!(
                message.contains(request) && message.ends_with("Is baseUrl right?"),
                "{message}"
            );
            assert!(
                !message.contains("ann") && !message.contains("Ann"),
                "{message}"
            );
        }
    }

    #[test]
    fn a_400_names_the_field_that_the_api_named_and_none_of_its_words() {
        let said = message(
            400,
            r#"{"errors":{"LineItems[0].Value":["Ann may not have 500."]}}"#,
            "/v1/Orders",
        );
        assert!(
            said.contains("named LineItems[0].Value.") && !said.contains("Ann"),
            "{said}"
        );

        let said = message(400, r#"{"errors":{"Ann":["is unknown"]}}"#, "/v1/Orders");
        assert_eq!(said, Kind::BadRequest.sentence());
    }
}
