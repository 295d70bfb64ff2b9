//! What lines pay, without whom: for a program that has to know later whom it has paid, and may not keep who that is.

use alloc::vec::Vec;

use crate::bulk::Campaign;
use crate::bulk::identity::siphash;
use crate::order::OrderType;

impl Campaign {
    /// What each line of the order at that index pays, in 28 bytes, in which whoever has not the secret finds nobody.
    ///
    /// Twelve of a hash of the payment by the secret, four that tell apart what else lines of one payment say; and three numbers of 32 bits, the
    /// lowest byte first: what the line comes to, in thousandths, its line of the file, and what it says of whom: 1 that it does, 2 that there is
    /// a phone number beside the address.
    pub fn pay(&self, index: usize, secret: [u8; 16], payments: &mut Vec<u8>) {
        let Some((order, file)) = self
            .order(index)
            .and_then(|order| Some((order, self.file_of(order)?)))
        else {
            return;
        };
        let has_recipient = u32::from(file.rows.order_type() != OrderType::Links);
        for row in self.rows_of(order) {
            let key = siphash(secret, &row.identity.to_le_bytes());
            let said = has_recipient | u32::from(row.phone > 0) << 1;
            let place = u64::from(said) << 32 | u64::from(row.sheet_line);
            payments.extend_from_slice(&(key ^ u128::from(row.content) << 96).to_le_bytes());
            payments.extend(row.face_value.thousandths().to_le_bytes().iter().take(4));
            payments.extend_from_slice(&place.to_le_bytes());
        }
    }
}
