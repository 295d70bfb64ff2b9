//! A list of the API, read page by page: which page is next, and where the list ends.
//!
//! How lists end is documented nowhere (fact sheet, section 3.5). So one ends where a page says so, where a server begins anew, or
//! where it has no such page and no total says that there are more items. Between two pages the caller holds it as bytes: who walks
//! may stop, or walk twice.

use alloc::vec::Vec;

use crate::answer::Answer;
use crate::api::page::Page;
use crate::error::{Error, Kind, Result};

/// A list up to the page that is read next.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listing {
    /// The page that is read next, from 1, or as an API counts that was found to count from 0.
    index: u32,
    /// Items on the pages before, where that is known.
    seen: Option<u64>,
    /// Items on all pages: the most that a page said.
    total: Option<u64>,
    /// Of the pages before.
    digests: Vec<u64>,
    /// Whether the first page, asked for without its number, is to tell what the API counts from.
    pub learns: bool,
}

/// What came of the request for a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Turned {
    /// The page. It is the last one where nothing is read behind it.
    Page {
        /// What it holds.
        page: Page,
        /// Whether the list ends with it.
        is_last: bool,
    },
    /// The page before once more: the next one is to be read.
    Again,
    /// The list has ended with the page before.
    Ended,
}

impl Listing {
    /// A list that is read from that page on.
    pub fn from_page(index: u32) -> Self {
        Self {
            index,
            seen: (index == 1).then_some(0),
            total: None,
            digests: Vec::new(),
            learns: false,
        }
    }

    /// The page that is read next.
    pub const fn index(&self) -> u32 {
        self.index
    }

    /// Whether no page was read.
    pub const fn is_new(&self) -> bool {
        self.digests.is_empty()
    }

    /// Items on the pages that were read, where it was read from the first.
    pub const fn seen(&self) -> Option<u64> {
        self.seen
    }

    /// Items that the API says there are, and has not listed so far.
    pub fn missing(&self) -> u64 {
        let total = self.total.unwrap_or_default();
        total.saturating_sub(self.seen.unwrap_or_default())
    }

    /// Takes what came of the request for the next page.
    ///
    /// # Errors
    ///
    /// What the request failed with, unless that is the end; [`Kind::Decode`] for what is no list.
    pub fn read(&mut self, answered: Result<Answer>) -> Result<Turned> {
        let answer = match answered {
            Err(error) if self.total.is_none() && self.is_past_end(&error) => {
                return Ok(Turned::Ended);
            }
            answered => answered?,
        };
        let body = answer.body.as_deref().unwrap_or_default();
        let Ok(page) = Page::read(body, self.index, self.seen) else {
            return Err(Error::unreadable(answer));
        };
        self.total = self.total.max(page.total);
        // A server that begins anew behind its last page would never end.
        if self.digests.contains(&page.digest) {
            // One that answers from 0 may be asked from 1 all the same.
            let is_first = self.index == 1;
            self.index = 2;
            return Ok(if is_first {
                Turned::Again
            } else {
                Turned::Ended
            });
        }
        if !(self.learns && self.is_new() && page.is_zero) {
            self.index = self.index.saturating_add(1);
        }
        self.digests.push(page.digest);
        self.seen = self.seen.map(|seen| seen.saturating_add(page.count));
        let is_last = !page.has_next;
        Ok(Turned::Page { page, is_last })
    }

    /// Returns whether an error says that there is no such page, behind one that there was.
    pub fn is_past_end(&self, error: &Error) -> bool {
        !self.digests.is_empty() && matches!(error.kind, Kind::NotFound | Kind::BadRequest)
    }

    /// The list as bytes.
    pub fn to_bytes(&self) -> Vec<u8> {
        let counts = [self.seen, self.total].map(|count| count.unwrap_or(UNKNOWN));
        let mut bytes = Vec::from(u64::from(self.index).to_le_bytes());
        for number in counts.iter().chain(&self.digests) {
            bytes.extend_from_slice(&number.to_le_bytes());
        }
        bytes
    }

    /// The list that [`Self::to_bytes`] wrote; nothing of other bytes.
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let ([index, seen, total, rest @ ..], []) = bytes.as_chunks::<8>() else {
            return None;
        };
        let known =
            |count: &[u8; 8]| Some(u64::from_le_bytes(*count)).filter(|count| *count != UNKNOWN);
        let mut digests = Vec::new();
        for digest in rest {
            digests.push(u64::from_le_bytes(*digest));
        }
        Some(Self {
            index: u32::try_from(u64::from_le_bytes(*index)).ok()?,
            seen: known(seen),
            total: known(total),
            digests,
            learns: false,
        })
    }
}

/// In the place of a count that is not known.
const UNKNOWN: u64 = u64::MAX;

#[cfg(test)]
mod tests {
    use super::*;

    fn answered(body: &str) -> Result<Answer> {
        match body.parse() {
            Ok(status) => Err(Error::from_answer(Answer {
                status,
                body: None,
                retry_after_ms: None,
                request_id: None,
            })),
            Err(_) => Ok(Answer {
                status: 200,
                body: Some(body.as_bytes().to_vec()),
                retry_after_ms: None,
                request_id: None,
            }),
        }
    }

    /// Returns how many pages a walk hands out, and whether it is over; between two pages it is nothing but bytes.
    fn walk(from: u32, bodies: &[&str]) -> Result<(usize, bool)> {
        let mut listing = Listing::from_page(from);
        for (count, body) in (1..).zip(bodies) {
            listing = Listing::from_bytes(&listing.to_bytes()).unwrap();
            match listing.read(answered(body))? {
                Turned::Page { is_last: true, .. } => return Ok((count, true)),
                Turned::Page { is_last: false, .. } | Turned::Again => {}
                Turned::Ended => return Ok((count.saturating_sub(1), true)),
            }
        }
        Ok((bodies.len(), false))
    }

    const FIRST: &str = r#"{"data":[{"id":"A"}]}"#;
    const SECOND: &str = r#"{"data":[{"id":"B"}]}"#;
    const OF_THREE: &str = r#"{"data":[{"id":"A"}],"totalCount":3}"#;

    #[test]
    fn a_list_ends_where_a_page_says_so_where_it_begins_anew_or_behind_its_last_page() {
        for (from, bodies, pages) in [
            (1, &[r#"[{"id":"A"}]"#][..], 1),
            (1, &[r#"{"data":[]}"#], 1),
            (1, &[FIRST, r#"{"data":[{"id":"B"}],"totalCount":2}"#], 2),
            (1, &[FIRST, SECOND, FIRST], 2),
            (1, &[FIRST, SECOND, r#"{"data":[]}"#], 3),
            (1, &[FIRST, "404"], 1),
            (1, &[FIRST, SECOND, "400"], 2),
            (7, &[FIRST, "404"], 1),
        ] {
            assert_eq!(walk(from, bodies).unwrap(), (pages, true), "{bodies:?}");
        }
        assert_eq!(walk(1, &[FIRST, SECOND]).unwrap(), (2, false));
    }

    #[test]
    fn a_page_that_is_missing_before_the_total_is_an_error_and_so_is_the_first() {
        for (from, bodies, kind) in [
            (1, &["404"][..], Kind::NotFound),
            (7, &["400"], Kind::BadRequest),
            (1, &[OF_THREE, "404"], Kind::NotFound),
            (1, &[FIRST, "503"], Kind::Server),
            (1, &[FIRST, "<html>"], Kind::Decode),
        ] {
            assert_eq!(walk(from, bodies).unwrap_err().kind, kind, "{bodies:?}");
        }
    }

    #[test]
    fn what_is_missing_is_the_total_less_what_was_listed() {
        let mut listing = Listing::from_page(1);

        listing.read(answered(OF_THREE)).unwrap();
        assert_eq!((listing.missing(), listing.seen()), (2, Some(1)));
        listing.read(answered(SECOND)).unwrap();
        assert_eq!((listing.missing(), listing.index()), (1, 3));
    }

    #[test]
    fn a_total_that_the_last_page_does_not_repeat_is_not_forgotten() {
        let mut listing = Listing::from_page(1);

        listing.read(answered(OF_THREE)).unwrap();
        listing.read(answered(r#"{"data":[]}"#)).unwrap();
        assert_eq!(listing.missing(), 2);
    }

    #[test]
    fn a_list_without_a_number_is_counted_as_its_first_page_says() {
        let zero = r#"{"data":[{"id":"A"}],"page":0}"#;
        for (learns, first, indexes) in [
            (true, FIRST, [2, 3]),
            (true, zero, [1, 2]),
            (false, zero, [2, 3]),
        ] {
            let mut listing = Listing::from_page(1);
            let asked = [first, SECOND].map(|body| {
                listing = Listing::from_bytes(&listing.to_bytes()).unwrap();
                listing.learns = learns;
                listing.read(answered(body)).unwrap();
                listing.index()
            });
            assert_eq!(asked, indexes, "{first}");
        }

        let mut counted_from_one = Listing::from_page(1);
        counted_from_one.learns = true;
        counted_from_one.read(answered(zero)).unwrap();
        assert_eq!(counted_from_one.read(answered(zero)), Ok(Turned::Again));
        assert_eq!(counted_from_one.index(), 2);
        assert_eq!(counted_from_one.read(answered(zero)), Ok(Turned::Ended));
    }

    #[test]
    fn other_bytes_are_no_list() {
        let bytes = Listing::from_page(4).to_bytes();

        assert_eq!(Listing::from_bytes(&bytes), Some(Listing::from_page(4)));
        for end in [0, 8, 16, bytes.len() - 1] {
            assert_eq!(Listing::from_bytes(&bytes[..end]), None, "{end}");
        }
        assert_eq!(Listing::from_bytes(&[0xff; 24]), None);
    }
}
