//! What can be ordered, in a few kilobytes: an index over products, for pickers, validation and quotes.
//!
//! A products answer is read once, in one pass, and only what the rules, a quote and a list to choose from need is kept: texts and
//! pictures stay with `GET /v1/Products/{id}`. The index is canonical, so its hash tells whether two places hold the same catalog,
//! whatever the order, the casing and the paging of the answers that they made it from.
//!
//! It is lenient in what it reads of the API (an unknown type, a missing currency), and trusts no byte of its own form.

use alloc::borrow::ToOwned;
use alloc::string::String;
use alloc::vec::Vec;

use crate::hash::base_text::hex;
use crate::hash::sha256::sha256;
use crate::sorted::sorted;

mod answer;
mod bytes;
mod lists;
mod product;
mod search;
mod units;

pub use lists::Values;
pub use product::{DenominationType, Denominations, Product};
pub use search::{Query, fold, lower};
pub use units::Units;

use bytes::Cursor;

/// What the bytes of an index begin with.
const MAGIC: &[u8; 4] = b"GCPC";
/// The form of the index. Another one is refused, and the catalog loaded again.
const VERSION: u8 = 2;
/// Bytes of the hash.
const HASH: usize = 32;

/// An index over products.
///
/// ```
/// use giftcard_partners::catalog::Catalog;
///
/// let answer = br#"{"data":[{"id":"CVS","name":"CVS Pharmacy","denominationType":"Variable","denominations":[5,200]}]}"#;
/// let catalog = Catalog::from_answer(answer)?;
///
/// assert_eq!(catalog.product("CVS").map(|product| product.name), Some("CVS Pharmacy"));
/// assert_eq!(Catalog::from_bytes(catalog.as_bytes())?.hash(), catalog.hash());
/// # Ok::<(), giftcard_partners::catalog::Fault>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Catalog {
    /// Magic number, version, hash of the rest, then the products in the order of their ids.
    bytes: Vec<u8>,
    /// Where each product begins.
    offsets: Vec<usize>,
}

/// Why something is no catalog.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Fault {
    /// Neither an index nor JSON.
    Foreign,
    /// JSON, but no list of products.
    NoProducts,
    /// An index in a form of the future.
    Version,
    /// An index that was cut or altered.
    Broken,
}

impl Fault {
    /// A sentence for people.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Foreign => {
                "These bytes are no catalog: neither a products answer nor what toBytes() gave."
            }
            Self::NoProducts => {
                "This is no catalog: it must be an array of products with an Id, or the API's answer with one."
            }
            Self::Version => {
                "This catalog was written by another version of the package. Make it again."
            }
            Self::Broken => "This catalog was cut or altered. Make it again.",
        }
    }
}

impl core::fmt::Display for Fault {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str(self.as_str())
    }
}

impl core::error::Error for Fault {}

impl Catalog {
    /// Reads either: an index, or a products answer.
    pub fn read(bytes: Vec<u8>) -> Result<Self, Fault> {
        if bytes.starts_with(MAGIC) {
            Self::from_owned(bytes)
        } else {
            Self::from_answer(&bytes)
        }
    }

    /// Reads a products answer: an envelope or a bare array, in any casing. What has no id is left out, since it cannot be
    /// ordered; of two products with one id one is kept, the same whichever came first.
    ///
    /// # Errors
    ///
    /// [`Fault::Foreign`] where it is not JSON, [`Fault::NoProducts`] where it is no list, or one of other things.
    pub fn from_answer(answer: &[u8]) -> Result<Self, Fault> {
        let drafts = answer::read(answer)?;
        let key = |index: u32| {
            let draft = drafts.get(usize::try_from(index).ok()?)?;
            Some((&draft.id, &draft.rest))
        };
        let id = |index: u32| key(index).map(|(id, _)| id);
        let mut indices = sorted(drafts.len(), &|a, b| key(a).cmp(&key(b)));
        indices.dedup_by(|index, before| id(*index) == id(*before));
        let mut body = Vec::with_capacity(indices.len().saturating_mul(80));
        bytes::put_number(&mut body, indices.len() as u64);
        for (id, rest) in indices.into_iter().filter_map(key) {
            bytes::put_text(&mut body, id);
            body.extend_from_slice(rest);
        }
        let bytes = [MAGIC.as_slice(), &[VERSION], &sha256(&[&body]), &body].concat();
        Self::from_owned(bytes)
    }

    /// Reads an index.
    ///
    /// # Errors
    ///
    /// [`Fault::Foreign`], [`Fault::Version`], or [`Fault::Broken`] where a byte is missing or another.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, Fault> {
        Self::from_owned(bytes.to_owned())
    }

    fn from_owned(bytes: Vec<u8>) -> Result<Self, Fault> {
        let rest = bytes.strip_prefix(MAGIC).ok_or(Fault::Foreign)?;
        let (version, rest) = rest.split_first().ok_or(Fault::Broken)?;
        if *version != VERSION {
            return Err(Fault::Version);
        }
        let (hash, body) = rest.split_at_checked(HASH).ok_or(Fault::Broken)?;
        if hash != sha256(&[body]) {
            return Err(Fault::Broken);
        }
        // The hash proves that nothing was altered, not who wrote it: every length is checked all the same.
        let offsets = offsets(&bytes, body).ok_or(Fault::Broken)?;
        Ok(Self { bytes, offsets })
    }

    /// The index: compact, with its own checksum.
    pub fn as_bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// A hash of everything that is kept, in hexadecimal.
    pub fn hash(&self) -> String {
        let hash = self.bytes.get(MAGIC.len().saturating_add(1)..);
        let hash = hash.and_then(|rest| rest.get(..HASH));
        hex(hash.unwrap_or_default())
    }

    /// Returns how many products there are.
    pub fn len(&self) -> usize {
        self.offsets.len()
    }

    /// Returns whether there are none.
    pub fn is_empty(&self) -> bool {
        self.offsets.is_empty()
    }

    /// The product of that id, letter for letter.
    pub fn product(&self, id: &str) -> Option<Product<'_>> {
        let id_at = |offset: &usize| self.cursor(*offset).and_then(|mut cursor| cursor.slice());
        let found = self
            .offsets
            .binary_search_by(|offset| id_at(offset).cmp(&Some(id.as_bytes())))
            .ok()?;
        self.at(*self.offsets.get(found)?)
    }

    /// Every product, in the order of their ids.
    pub fn products(&self) -> impl Iterator<Item = Product<'_>> {
        self.offsets.iter().filter_map(|offset| self.at(*offset))
    }

    fn at(&self, offset: usize) -> Option<Product<'_>> {
        Product::read(&mut self.cursor(offset)?)
    }

    fn cursor(&self, offset: usize) -> Option<Cursor<'_>> {
        self.bytes.get(offset..).map(Cursor::new)
    }
}

/// Where each product begins; nothing where they are not what the index promises, in the order that the search needs.
fn offsets(bytes: &[u8], body: &[u8]) -> Option<Vec<usize>> {
    let mut cursor = Cursor::new(body);
    let count = cursor.number()?;
    let mut offsets = Vec::new();
    let mut before = None;
    while !cursor.is_empty() {
        offsets.push(bytes.len().checked_sub(cursor.left())?);
        let id = Product::read(&mut cursor)?.id;
        if id.is_empty() || before >= Some(id) {
            return None;
        }
        before = Some(id);
    }
    (offsets.len() as u64 == count).then_some(offsets)
}
