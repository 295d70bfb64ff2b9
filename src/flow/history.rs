//! The history of orders, walked page by page for a PO number: by a placement, and for the caller.
//!
//! How it is sorted is documented nowhere (fact sheet, section 3.5). It ends as any list does ([`Listing`]); what was not seen of it is never
//! taken for what is not there.

use alloc::borrow::ToOwned;
use alloc::boxed::Box;
use alloc::string::String;

use crate::answer::Answer;
use crate::api::orders;
use crate::error::{Error, Kind, Result};
use crate::flow::listing::{Listing, Turned};

/// A walk.
#[derive(Clone, Debug)]
pub struct History {
    po_number: String,
    /// Pages that are read at most.
    most: Option<u32>,
    listing: Listing,
    /// Whether any order showed a PO number at all.
    shows_any: bool,
}

/// What a page told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Looked {
    /// The id of the order.
    Found(String),
    /// Nothing yet: the next page is to be read.
    Further,
    /// The history has no such order, as far as it was to be read.
    Absent,
    /// The history does not say, and why.
    Untold(&'static str),
    /// It cannot be read.
    Failed(Box<Error>),
}

/// What a page leads a caller to, who wants the order itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Found {
    /// The order of that id is to be fetched.
    Order(String),
    /// The next page is to be read.
    Further,
    /// There is no such order.
    Nothing,
}

impl History {
    /// A walk that has not begun, of so many pages at most.
    pub fn new(po_number: &str, most: Option<u32>) -> Self {
        Self {
            po_number: po_number.to_owned(),
            most,
            listing: Listing::from_page(1),
            shows_any: false,
        }
    }

    /// The PO number that is looked for.
    pub fn po_number(&self) -> &str {
        &self.po_number
    }

    /// The path of the page that is to be read.
    pub fn path(&self) -> String {
        orders::history_path(self.listing.index())
    }

    /// Takes what came of the request for it.
    pub fn read(&mut self, answered: Result<Answer>) -> Looked {
        if let Ok(answer) = &answered {
            let body = answer.body.as_deref().unwrap_or_default();
            let searched = orders::search(body, &self.po_number);
            if let Some(id) = searched.id {
                if id.is_empty() {
                    return Looked::Untold("The history shows no id of the order");
                }
                return Looked::Found(id);
            }
            self.shows_any |= searched.shows_any;
        }
        match self.listing.read(answered) {
            Ok(Turned::Page { is_last: false, .. }) => {
                let read = self.listing.index().saturating_sub(1);
                if self.most.is_some_and(|most| read >= most) {
                    self.not_found()
                } else {
                    Looked::Further
                }
            }
            Ok(_) => self.ended(),
            Err(error) if self.listing.is_past_end(&error) => self.ended(),
            Err(error) => Looked::Failed(error),
        }
    }

    /// Takes what came of the request for it, for a caller. An order that a notification is about must be there.
    ///
    /// # Errors
    ///
    /// What the request failed with; [`Kind::Decode`] where the history does not say, and [`Kind::NotFound`] where an order that must be
    /// there is not.
    pub fn find(&mut self, answered: Result<Answer>, must_be_there: bool) -> Result<Found> {
        let mut error = match self.read(answered) {
            Looked::Found(id) => return Ok(Found::Order(id)),
            Looked::Further => return Ok(Found::Further),
            Looked::Absent if !must_be_there => return Ok(Found::Nothing),
            Looked::Absent => Error::new(Kind::NotFound).with_message(
                "The notification names no order, and the history has none of that PO number.",
            ),
            Looked::Untold(reason) => Error::new(Kind::Decode)
                .with_message([reason, ": whether it has the order cannot be told."].concat()),
            Looked::Failed(error) => return Err(error),
        };
        error.po_number = Some(self.po_number.clone());
        Err(error)
    }

    /// There is no further page.
    fn ended(&self) -> Looked {
        if self.listing.missing() > 0 {
            Looked::Untold("The history ends before its TotalCount")
        } else {
            self.not_found()
        }
    }

    fn not_found(&self) -> Looked {
        if self.listing.seen() != Some(0) && !self.shows_any {
            Looked::Untold("The history shows no PO numbers")
        } else {
            Looked::Absent
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answered(body: &str) -> Answer {
        Answer {
            status: 200,
            body: Some(body.as_bytes().to_vec()),
            retry_after_ms: None,
            request_id: None,
        }
    }

    fn walk(pages: &[&str]) -> Looked {
        let mut history = History::new("PO-1", Some(9));
        for (page, body) in (1_u32..).zip(pages) {
            assert_eq!(history.path(), orders::history_path(page));
            let looked = match body.parse() {
                Ok(kind) => history.read(Err(Error::new(match kind {
                    400 => Kind::BadRequest,
                    404 => Kind::NotFound,
                    _ => Kind::Server,
                }))),
                Err(_) => history.read(Ok(answered(body))),
            };
            if looked != Looked::Further {
                return looked;
            }
        }
        Looked::Further
    }

    const OTHER: &str = r#"{"data":[{"id":"A","poNumber":"PO-2"}]}"#;

    #[test]
    fn a_walk_ends_where_the_history_does_and_says_whether_it_could_tell() {
        let early = Looked::Untold("The history ends before its TotalCount");
        for (pages, looked) in [
            (
                &[OTHER, r#"[{"id":"B","poNumber":"PO-1"}]"#][..],
                Looked::Found("B".into()),
            ),
            (&[OTHER], Looked::Further),
            (&[OTHER, OTHER], Looked::Absent),
            (&[OTHER, r#"{"data":[]}"#], Looked::Absent),
            (&[OTHER, "404"], Looked::Absent),
            (&[OTHER, "400"], Looked::Absent),
            (&["[]"], Looked::Absent),
            (
                &[r#"[{"poNumber":"PO-1"}]"#],
                Looked::Untold("The history shows no id of the order"),
            ),
            (
                &[
                    r#"{"data":[{"id":"A","poNumber":"B"}],"totalCount":3}"#,
                    r#"{"data":[]}"#,
                ],
                early.clone(),
            ),
            (
                &[r#"[{"id":"A"}]"#],
                Looked::Untold("The history shows no PO numbers"),
            ),
            (
                &[
                    r#"{"data":[{"id":"A","poNumber":"B"}],"totalCount":3}"#,
                    "404",
                ],
                early.clone(),
            ),
            (
                &[
                    r#"{"data":[{"id":"A","poNumber":"B"}],"totalCount":3}"#,
                    r#"{"data":[],"totalCount":3}"#,
                ],
                early,
            ),
            (
                &[
                    r#"{"data":[{"id":"A","poNumber":"B"}],"totalCount":2}"#,
                    r#"{"data":[{"poNumber":"C"}],"totalCount":2}"#,
                ],
                Looked::Absent,
            ),
        ] {
            assert_eq!(walk(pages), looked, "{pages:?}");
        }
    }

    #[test]
    fn what_cannot_be_read_is_a_failure_and_no_end() {
        for (pages, kind) in [
            (&["404"][..], Kind::NotFound),
            (&["400"], Kind::BadRequest),
            (&[OTHER, "503"], Kind::Server),
            (&[OTHER, "<html>"], Kind::Decode),
        ] {
            let Looked::Failed(error) = walk(pages) else {
                panic!("{pages:?}")
            };
            assert_eq!(error.kind, kind);
        }
    }

    #[test]
    fn only_an_order_that_must_be_there_fails_where_the_history_has_none() {
        let find = |body, must_be_there| {
            let mut history = History::new("PO-1", None);
            history.find(Ok(answered(body)), must_be_there)
        };
        let kind = |found: Result<Found>| {
            let error = found.unwrap_err();
            assert_eq!(error.po_number.as_deref(), Some("PO-1"));
            error.kind
        };

        for must_be_there in [false, true] {
            assert_eq!(find(OTHER, must_be_there), Ok(Found::Further));
            assert_eq!(
                find(r#"[{"id":"B","poNumber":"PO-1"}]"#, must_be_there),
                Ok(Found::Order("B".into()))
            );
            let untold = find(r#"[{"id":"A"}]"#, must_be_there);
            assert_eq!(kind(untold), Kind::Decode);
        }
        assert_eq!(find("[]", false), Ok(Found::Nothing));
        assert_eq!(kind(find("[]", true)), Kind::NotFound);
    }

    #[test]
    fn no_more_pages_are_read_than_were_asked_for() {
        let mut history = History::new("PO-1", Some(2));

        assert_eq!(history.read(Ok(answered(OTHER))), Looked::Further);
        let second = OTHER.replace("PO-2", "PO-3");
        assert_eq!(history.read(Ok(answered(&second))), Looked::Absent);
    }
}
