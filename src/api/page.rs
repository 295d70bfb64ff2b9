//! Lists: an envelope (`data`, `page`, `pageSize`, `totalCount`) or a bare array, in any casing.

use super::casing;
use super::fields::identifier;
use crate::json::{self, ErrorKind, Kind, Reader, Writer};
use alloc::vec::Vec;

/// One page of a list, in the one form that we hand out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page {
    /// `{"Items":[…],"PageIndex":1,"PageSize":…,"TotalCount":…}`, with what else the envelope had.
    pub json: Vec<u8>,
    /// Elements of `Items`.
    pub count: u64,
    /// How many there are on all pages, where the answer says so.
    pub total: Option<u64>,
    /// Whether there may be a page behind this one.
    pub has_next: bool,
    /// Whether the answer says that it is page 0.
    pub is_zero: bool,
    /// A digest of the items, to notice a server that answers every page with the same one.
    pub digest: u64,
}

impl Page {
    /// Reads the answer to a request for page `asked` (from 1), before which there were `seen` items, if that is known.
    ///
    /// # Errors
    ///
    /// Where the answer is not JSON, or neither an array nor an object with one.
    pub fn read(answer: &[u8], asked: u32, seen: Option<u64>) -> Result<Self, json::Error> {
        let mut reader = Reader::new(answer);
        let mut envelope = Envelope::default();
        let mut writer = Writer::with_capacity(answer.len());
        let mut others = Writer::new();
        writer.object();
        let bare = reader.peek()? == Kind::Array;
        if bare {
            envelope.items = Some(Items::copy(&mut reader, &mut writer)?);
        } else {
            let mut members = reader.object()?;
            while let Some(key) = members.next(&mut reader)? {
                let key = key.decode();
                let key = casing::documented_key(&key);
                let kind = reader.peek()?;
                match (&*key, kind) {
                    ("Data" | "Items" | "Results", Kind::Array) if envelope.items.is_none() => {
                        envelope.items = Some(Items::copy(&mut reader, &mut writer)?);
                    }
                    // .NET's serializer may write an empty list so.
                    ("Data" | "Items" | "Results", Kind::Null) if envelope.items.is_none() => {
                        reader.skip()?;
                        envelope.is_null = true;
                    }
                    (
                        "Page" | "PageIndex" | "PageSize" | "TotalCount",
                        Kind::Number | Kind::String,
                    ) => envelope.number(&key, reader.skip()?),
                    _ => casing::copy_member(&key, &mut reader, &mut others)?,
                }
            }
        }
        reader.end()?;
        // Without a total of 0 nobody says that there is nothing.
        if envelope.items.is_none() && envelope.is_null && envelope.total == Some(0) {
            envelope.items = Some(Items::copy(&mut Reader::new(b"[]"), &mut writer)?);
        }
        let Some(items) = envelope.items.take() else {
            return Err(json::Error::new(ErrorKind::UnexpectedCharacter, 0));
        };
        Ok(envelope.page(
            &items,
            u64::from(asked),
            seen,
            bare,
            writer,
            &others.into_bytes(),
        ))
    }
}

#[derive(Debug, Default)]
struct Envelope {
    items: Option<Items>,
    /// Whether there is a null in their place.
    is_null: bool,
    index: Option<u64>,
    size: Option<u64>,
    total: Option<u64>,
}

#[derive(Debug)]
struct Items {
    count: u64,
    digest: u64,
}

impl Items {
    /// Writes them as the member that they become.
    fn copy(reader: &mut Reader<'_>, writer: &mut Writer) -> Result<Self, json::Error> {
        let items = reader.rest();
        let mut count = 0_u64;
        writer.key("Items");
        writer.array();
        let mut elements = reader.array()?;
        while elements.next(reader)? {
            casing::copy(reader, writer)?;
            count = count.saturating_add(1);
        }
        writer.close_array();
        let length = items.len().saturating_sub(reader.rest().len());
        let digest = digest(items.get(..length).unwrap_or_default());
        Ok(Self { count, digest })
    }
}

impl Envelope {
    /// Some servers write their numbers as text.
    fn number(&mut self, key: &str, value: &[u8]) {
        let number = identifier(value).and_then(|number| whole(&number));
        match key {
            "PageSize" => self.size = number,
            "TotalCount" => self.total = number,
            _ => self.index = number,
        }
    }

    fn page(
        &self,
        items: &Items,
        asked: u64,
        seen: Option<u64>,
        bare: bool,
        mut writer: Writer,
        others: &[u8],
    ) -> Page {
        let count = items.count;
        // Ours are from 1; a server that counts from 0 says one less.
        let is_ours = |index: &u64| *index > 0 && index.saturating_add(1) != asked;
        let index = self.index.filter(is_ours).unwrap_or(asked);
        let size = self.size.filter(|size| *size > 0);
        writer.key("PageIndex");
        writer.number(index);
        writer.key("PageSize");
        writer.number(size.unwrap_or(count));
        let total = self.total.or(bare.then_some(count));
        if let Some(total) = total {
            writer.key("TotalCount");
            writer.number(total);
        }
        if !others.is_empty() {
            writer.raw(others);
        }
        writer.close_object();

        // By the pages' size only where it must be: a server may hold back some of each and still repeat the size that it was asked for.
        let seen_before = seen.unwrap_or_else(|| {
            let pages = asked.saturating_sub(1);
            pages.saturating_mul(size.unwrap_or(count))
        });
        let complete = self
            .total
            .is_some_and(|total| seen_before.saturating_add(count) >= total);
        Page {
            json: writer.into_bytes(),
            count,
            total,
            has_next: !bare && count > 0 && !complete,
            is_zero: self.index == Some(0),
            digest: items.digest,
        }
    }
}

fn whole(number: &str) -> Option<u64> {
    json::Decimal::parse(number)?.units(0).ok()
}

/// After FNV-1a, with eight bytes at a time and four sums, since a sum's next step waits for its last: it tells pages apart, it does not
/// prove anything.
fn digest(bytes: &[u8]) -> u64 {
    const BEGIN: u64 = 0xcbf2_9ce4_8422_2325;
    let mixed = |hash: u64, word: u64| {
        let hash = (hash ^ word).wrapping_mul(0x0100_0000_01b3);
        hash.rotate_left(29)
    };
    let (blocks, end) = bytes.as_chunks::<32>();
    let mut sums = [BEGIN; 4];
    for block in blocks {
        let (words, _) = block.as_chunks::<8>();
        for (sum, word) in sums.iter_mut().zip(words) {
            *sum = mixed(*sum, u64::from_le_bytes(*word));
        }
    }
    let hash = sums.into_iter().fold(BEGIN, mixed);
    end.iter()
        .fold(hash, |hash, byte| mixed(hash, u64::from(*byte)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(answer: &str, asked: u32) -> Page {
        Page::read(answer.as_bytes(), asked, None).unwrap()
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
    fn numbers_that_are_written_as_text_are_numbers() {
        let page = read(
            r#"{"data":[1],"page":"2","pageSize":"1","totalCount":"2"}"#,
            2,
        );
        let odd = read(r#"{"data":[1],"pageSize":"many","totalCount":""}"#, 1);

        assert_eq!(
            String::from_utf8(page.json).unwrap(),
            r#"{"Items":[1],"PageIndex":2,"PageSize":1,"TotalCount":2}"#
        );
        assert!(!page.has_next && page.total == Some(2));
        assert_eq!(
            String::from_utf8(odd.json).unwrap(),
            r#"{"Items":[1],"PageIndex":1,"PageSize":1}"#
        );
    }

    #[test]
    fn the_index_is_from_1_whatever_the_server_counts_from() {
        for (asked, answered) in [(1, 0), (2, 1), (2, 2), (3, 3)] {
            let answer = format!(r#"{{"data":[1],"page":{answered}}}"#);
            let page = String::from_utf8(read(&answer, asked).json).unwrap();
            assert!(page.contains(&format!(r#""PageIndex":{asked}"#)), "{page}");
        }
    }

    #[test]
    fn a_page_is_the_last_where_it_is_empty_or_the_total_is_reached() {
        assert!(read(r#"{"Data":[1,2],"Page":1,"PageSize":2,"TotalCount":3}"#, 1).has_next);
        assert!(!read(r#"{"Data":[3],"Page":2,"PageSize":2,"TotalCount":3}"#, 2).has_next);
        for (seen, has_next) in [(None, false), (Some(2), true), (Some(4), false)] {
            let answer = br#"{"Data":[1,2],"Page":2,"PageSize":9,"TotalCount":6}"#;
            assert_eq!(Page::read(answer, 2, seen).unwrap().has_next, has_next);
        }
        assert!(read(r#"{"Data":[1,2]}"#, 1).has_next);
        assert!(!read(r#"{"Data":[]}"#, 9).has_next);
    }

    #[test]
    fn pages_that_differ_in_one_byte_are_told_apart() {
        let page = |item: &str| read(&["{\"pad\":0,\"data\":[", item, "]}"].concat(), 1).digest;
        let text = br#"{"id":"0123456789"}"#;
        let mut seen = std::collections::HashSet::from([page(r#"{"id":"0123456789"}"#)]);

        for at in 7..17 {
            let mut other = *text;
            other[at] ^= 0x40;
            assert!(
                seen.insert(page(core::str::from_utf8(&other).unwrap())),
                "{at}"
            );
        }
        assert_eq!(read("[ 1]", 1).digest, read("{\"data\" : [ 1] }", 2).digest);
    }

    #[test]
    fn what_is_no_list_is_refused() {
        for answer in ["", "7", "{}", r#"{"data":7}"#, r#"{"data":[1}"#, "[1] 2"] {
            assert!(Page::read(answer.as_bytes(), 1, None).is_err(), "{answer}");
        }
    }
}
