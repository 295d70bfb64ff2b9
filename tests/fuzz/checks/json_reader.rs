//! What must hold of the JSON reader for any bytes.

use giftcard_partners::json::{ErrorKind, Reader};

/// Panics where the reader and serde_json disagree on whether this is JSON.
pub(crate) fn check(data: &[u8]) {
    let mut reader = Reader::new(data);
    let read = reader.skip().and_then(|_| reader.end());
    if let Err(fault) = read {
        assert!(fault.offset() <= data.len());
        // serde_json's limit is another.
        if fault.kind() == ErrorKind::TooDeep {
            return;
        }
    }
    let expected = serde_json::from_slice::<serde_json::Value>(data).is_ok();
    assert_eq!(
        read.is_ok(),
        expected,
        "{read:?} {:?}",
        data.escape_ascii().to_string()
    );
}
