//! Bytes that say what they are and whether they are whole: a mark, a version, the content, and a checksum of it all.

use alloc::vec::Vec;

use crate::bulk::CampaignFault;
use crate::bulk::identity::identity;

const VERSION: u8 = 1;
const MARK: usize = 4;
const CHECKSUM: usize = 8;

/// Writes the content between the mark and the checksum.
#[derive(Debug)]
pub(in crate::bulk) struct ChecksummedWriter {
    out: Vec<u8>,
}

impl ChecksummedWriter {
    /// Nothing but the mark.
    pub(in crate::bulk) fn new(mark: [u8; MARK], capacity: usize) -> Self {
        let mut out = Vec::with_capacity(capacity);
        out.extend_from_slice(&mark);
        out.push(VERSION);
        Self { out }
    }

    /// A number, seven bits a byte.
    pub(in crate::bulk) fn number(&mut self, mut number: u64) {
        while number >= 0x80 {
            self.out.push(low_byte(number) | 0x80);
            number >>= 7;
        }
        self.out.push(low_byte(number));
    }

    /// A length.
    pub(in crate::bulk) fn length(&mut self, length: usize) {
        self.number(length as u64);
    }

    /// Bytes whose number the reader knows.
    pub(in crate::bulk) fn raw(&mut self, bytes: &[u8]) {
        self.out.extend_from_slice(bytes);
    }

    /// Bytes after their number.
    pub(in crate::bulk) fn bytes(&mut self, bytes: &[u8]) {
        self.length(bytes.len());
        self.raw(bytes);
    }

    /// All of it.
    pub(in crate::bulk) fn finish(mut self) -> Vec<u8> {
        let checksum = checksum(&self.out);
        self.out.extend_from_slice(&checksum);
        self.out
    }
}

/// Reads the content. Whatever is not there is damage.
#[derive(Debug)]
pub(in crate::bulk) struct ChecksummedReader<'a> {
    rest: &'a [u8],
}

impl<'a> ChecksummedReader<'a> {
    /// The content of bytes with that mark, which are whole.
    pub(in crate::bulk) fn open(
        bytes: &'a [u8],
        mark: [u8; MARK],
        otherwise: CampaignFault,
    ) -> Result<Self, CampaignFault> {
        let rest = bytes.strip_prefix(&mark).ok_or(otherwise)?;
        let (version, rest) = rest.split_first().ok_or(CampaignFault::Damaged)?;
        let end = rest
            .len()
            .checked_sub(CHECKSUM)
            .ok_or(CampaignFault::Damaged)?;
        let (rest, written) = rest.split_at(end);
        let covered = bytes
            .get(..bytes.len().saturating_sub(CHECKSUM))
            .unwrap_or_default();
        if checksum(covered) != written {
            return Err(CampaignFault::Damaged);
        }
        // The checksum first: a version that damage wrote is no newer version.
        if *version != VERSION {
            return Err(CampaignFault::Newer);
        }
        Ok(Self { rest })
    }

    pub(in crate::bulk) fn number(&mut self) -> Result<u64, CampaignFault> {
        let mut number = 0_u64;
        for shift in (0..64).step_by(7) {
            let byte = self.byte()?;
            number |= u64::from(byte & 0x7f) << shift;
            if byte < 0x80 {
                return Ok(number);
            }
        }
        Err(CampaignFault::Damaged)
    }

    /// A number that fits, such as a count of things in memory.
    pub(in crate::bulk) fn small<N: TryFrom<u64>>(&mut self) -> Result<N, CampaignFault> {
        N::try_from(self.number()?).map_err(|_| CampaignFault::Damaged)
    }

    pub(in crate::bulk) fn byte(&mut self) -> Result<u8, CampaignFault> {
        let (byte, rest) = self.rest.split_first().ok_or(CampaignFault::Damaged)?;
        self.rest = rest;
        Ok(*byte)
    }

    pub(in crate::bulk) fn raw(&mut self, length: usize) -> Result<&'a [u8], CampaignFault> {
        let (bytes, rest) = self
            .rest
            .split_at_checked(length)
            .ok_or(CampaignFault::Damaged)?;
        self.rest = rest;
        Ok(bytes)
    }

    pub(in crate::bulk) fn bytes(&mut self) -> Result<&'a [u8], CampaignFault> {
        let length = self.small()?;
        self.raw(length)
    }

    pub(in crate::bulk) fn text(&mut self) -> Result<&'a str, CampaignFault> {
        core::str::from_utf8(self.bytes()?).map_err(|_| CampaignFault::Damaged)
    }

    /// That nothing follows.
    pub(in crate::bulk) fn end(&self) -> Result<(), CampaignFault> {
        if self.rest.is_empty() {
            Ok(())
        } else {
            Err(CampaignFault::Damaged)
        }
    }
}

const fn low_byte(number: u64) -> u8 {
    let [low, ..] = number.to_le_bytes();
    low
}

/// SipHash, which tells damage: whoever writes other bytes could write their checksum too, by whatever hash.
fn checksum(bytes: &[u8]) -> [u8; CHECKSUM] {
    let hash = identity(bytes).to_le_bytes();
    hash.first_chunk().copied().unwrap_or_default()
}
