//! Lists: an envelope (`data`, `page`, `pageSize`, `totalCount`) or a bare array, in any casing.

use super::casing;
use crate::json::{self, ErrorKind, Kind, Reader, Writer};
use alloc::vec::Vec;

/// One page of a list, in the one form that we hand out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page {
    /// `{"Items":[…],"PageIndex":1,"PageSize":…,"TotalCount":…}`, with what else the envelope had.
    pub json: Vec<u8>,
    /// Elements of `Items`.
    pub count: u64,
    /// Whether there may be a page behind this one.
    pub has_next: bool,
    /// A digest of the items, to notice a server that answers every page with the same one.
    pub digest: u64,
}

impl Page {
    /// Reads the answer to a request for page `asked` (from 1).
    ///
    /// # Errors
    ///
    /// Where the answer is not JSON, or neither an array nor an object with one.
    pub fn read(answer: &[u8], asked: u32) -> Result<Self, json::Error> {
        let mut reader = Reader::new(answer);
        let mut envelope = Envelope::default();
        let mut others = Writer::new();
        let bare = reader.peek()? == Kind::Array;
        if bare {
            envelope.items = Some(reader.skip()?);
        } else {
            let mut members = reader.object()?;
            while let Some(key) = members.next(&mut reader)? {
                let key = casing::documented_key(&key.decode()).into_owned();
                let kind = reader.peek()?;
                match (key.as_str(), kind) {
                    ("Data" | "Items" | "Results", Kind::Array) if envelope.items.is_none() => {
                        envelope.items = Some(reader.skip()?);
                    }
                    ("Page" | "PageIndex", Kind::Number) => {
                        envelope.index = whole(reader.number()?);
                    }
                    ("PageSize", Kind::Number) => envelope.size = whole(reader.number()?),
                    ("TotalCount", Kind::Number) => envelope.total = whole(reader.number()?),
                    _ => {
                        others.key(&key);
                        casing::copy(&mut reader, &mut others)?;
                    }
                }
            }
        }
        reader.end()?;
        let Some(items) = envelope.items else {
            return Err(json::Error::new(ErrorKind::UnexpectedCharacter, 0));
        };
        envelope.write(items, u64::from(asked), bare, &others.into_bytes())
    }
}

#[derive(Debug, Default)]
struct Envelope<'a> {
    items: Option<&'a [u8]>,
    index: Option<u64>,
    size: Option<u64>,
    total: Option<u64>,
}

impl Envelope<'_> {
    fn write(
        &self,
        items: &[u8],
        asked: u64,
        bare: bool,
        others: &[u8],
    ) -> Result<Page, json::Error> {
        let mut reader = Reader::new(items);
        let mut writer = Writer::with_capacity(items.len());
        let mut count = 0_u64;
        writer.object();
        writer.key("Items");
        writer.array();
        let mut elements = reader.array()?;
        while elements.next(&mut reader)? {
            casing::copy(&mut reader, &mut writer)?;
            count = count.saturating_add(1);
        }
        writer.close_array();

        let index = self.index.filter(|index| *index > 0).unwrap_or(asked);
        let size = self.size.filter(|size| *size > 0);
        writer.key("PageIndex");
        writer.number(index);
        writer.key("PageSize");
        writer.number(size.unwrap_or(count));
        if let Some(total) = self.total.or(bare.then_some(count)) {
            writer.key("TotalCount");
            writer.number(total);
        }
        if !others.is_empty() {
            writer.raw(others);
        }
        writer.close_object();

        let seen_before = asked
            .saturating_sub(1)
            .saturating_mul(size.unwrap_or(count));
        let complete = self
            .total
            .is_some_and(|total| seen_before.saturating_add(count) >= total);
        Ok(Page {
            json: writer.into_bytes(),
            count,
            has_next: !bare && count > 0 && !complete,
            digest: digest(items),
        })
    }
}

fn whole(number: &str) -> Option<u64> {
    json::Decimal::parse(number)?.units(0).ok()
}

/// FNV-1a: it tells pages apart, it does not prove anything.
fn digest(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(answer: &str, asked: u32) -> Page {
        Page::read(answer.as_bytes(), asked).unwrap()
    }

    #[test]
    fn an_envelope_and_a_bare_array_become_the_same_page() {
        let envelope = read(
            r#"{"data":[{"id":"A"}],"page":1,"pageSize":50,"totalCount":1,"nextLink":null}"#,
            1,
        );
        let bare = read(r#"[{"id":"A"}]"#, 1);

        assert_eq!(
            String::from_utf8(envelope.json).unwrap(),
            r#"{"Items":[{"Id":"A"}],"PageIndex":1,"PageSize":50,"TotalCount":1,"NextLink":null}"#
        );
        assert_eq!(
            String::from_utf8(bare.json).unwrap(),
            r#"{"Items":[{"Id":"A"}],"PageIndex":1,"PageSize":1,"TotalCount":1}"#
        );
        assert!(!envelope.has_next && !bare.has_next);
    }

    #[test]
    fn a_page_is_the_last_where_it_is_empty_or_the_total_is_reached() {
        assert!(read(r#"{"Data":[1,2],"Page":1,"PageSize":2,"TotalCount":3}"#, 1).has_next);
        assert!(!read(r#"{"Data":[3],"Page":2,"PageSize":2,"TotalCount":3}"#, 2).has_next);
        assert!(read(r#"{"Data":[1,2]}"#, 1).has_next);
        assert!(!read(r#"{"Data":[]}"#, 9).has_next);
    }

    #[test]
    fn what_is_no_list_is_refused() {
        for answer in ["", "7", "{}", r#"{"data":7}"#, r#"{"data":[1}"#, "[1] 2"] {
            assert!(Page::read(answer.as_bytes(), 1).is_err(), "{answer}");
        }
    }
}
