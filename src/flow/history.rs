//! The history of orders, walked page by page for a PO number: by a placement, and for the caller.
//!
//! How it is sorted and where it ends is documented nowhere (fact sheet, section 3.5). So the walk ends where a page says so, where a
//! server begins anew, or where it has no such page; and what was not seen of it is never taken for what is not there.

use alloc::borrow::ToOwned;
use alloc::boxed::Box;
use alloc::string::String;
use alloc::vec::Vec;

use crate::answer::Answer;
use crate::api::orders;
use crate::api::page::Page;
use crate::error::{Error, Kind, Result};

/// A walk.
#[derive(Clone, Debug)]
pub struct History {
    po_number: String,
    /// Pages that are read at most.
    most: Option<u32>,
    /// The page that is read next, from 1.
    page: u32,
    /// Orders on the pages before.
    seen: u64,
    /// How many there are on all pages, as the page before said.
    total: Option<u64>,
    /// Of the pages before.
    digests: Vec<u64>,
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

impl History {
    /// A walk that has not begun, of so many pages at most.
    pub fn new(po_number: &str, most: Option<u32>) -> Self {
        Self {
            po_number: po_number.to_owned(),
            most,
            page: 1,
            seen: 0,
            total: None,
            digests: Vec::new(),
            shows_any: false,
        }
    }

    /// The PO number that is looked for.
    pub fn po_number(&self) -> &str {
        &self.po_number
    }

    /// The path of the page that is to be read.
    pub fn path(&self) -> String {
        orders::history_path(self.page)
    }

    /// Takes what came of the request for it.
    pub fn read(&mut self, answered: Result<Answer>) -> Looked {
        let answer = match answered {
            Ok(answer) => answer,
            // There is no such page: the one before was the last.
            Err(error)
                if self.page > 1 && matches!(error.kind, Kind::NotFound | Kind::BadRequest) =>
            {
                return self.ended();
            }
            Err(error) => return Looked::Failed(error),
        };
        let body = answer.body.as_deref().unwrap_or_default();
        let searched = orders::search(body, &self.po_number);
        if let Some(id) = searched.id {
            return Looked::Found(id);
        }
        self.shows_any |= searched.shows_any;
        let Ok(page) = Page::read(body, self.page, Some(self.seen)) else {
            return Looked::Failed(Error::unreadable(answer));
        };
        self.total = page.total;
        // A server that begins anew behind its last page would never end.
        if self.digests.contains(&page.digest) {
            return self.ended();
        }
        self.seen = self.seen.saturating_add(page.count);
        if !page.has_next {
            return self.ended();
        }
        if self.most.is_some_and(|most| self.page >= most) {
            return self.not_found();
        }
        self.digests.push(page.digest);
        self.page = self.page.saturating_add(1);
        Looked::Further
    }

    /// There is no further page.
    fn ended(&self) -> Looked {
        match self.total {
            Some(total) if self.seen < total => {
                Looked::Untold("The history ends before its TotalCount")
            }
            _ => self.not_found(),
        }
    }

    fn not_found(&self) -> Looked {
        if self.seen > 0 && !self.shows_any {
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
    fn no_more_pages_are_read_than_were_asked_for() {
        let mut history = History::new("PO-1", Some(2));

        assert_eq!(history.read(Ok(answered(OTHER))), Looked::Further);
        let second = OTHER.replace("PO-2", "PO-3");
        assert_eq!(history.read(Ok(answered(&second))), Looked::Absent);
    }
}
