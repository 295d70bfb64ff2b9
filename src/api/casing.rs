//! Any casing in, the documented casing out.
//!
//! The documents write PascalCase, clients of the same platform saw camelCase (fact sheet, 3.0). Keys are handed out as
//! documented, values stay as they came, byte for byte.

use alloc::borrow::Cow;
use alloc::string::String;
use alloc::vec::Vec;
use core::ops::Range;

use crate::json::{self, Block, Kind, MAX_DEPTH, Reader, Writer};

/// The documented names.
const DOCUMENTED: [&str; 86] = [
    "AddressLine1",
    "Available",
    "AvailableDeliveryTypes",
    "BarcodePath",
    "BarcodeType",
    "BrandingId",
    "CarrierId",
    "City",
    "ClaimData",
    "ClaimLink",
    "ClaimLinkChallengeAnswer",
    "Colors",
    "Cost",
    "Country",
    "Culture",
    "CultureCode",
    "CultureCodes",
    "CurrencyCode",
    "DeliveryDate",
    "Denominations",
    "DenominationType",
    "Description",
    "DigitalDeliveryAddress",
    "Disclaimer",
    "DiscountPercentage",
    "Email",
    "ExpiresIn",
    "ExternalId",
    "Faceplates",
    "Fee",
    "FromEmail",
    "FromName",
    "FulfillmentComplete",
    "FulfillmentGroup",
    "GeneralRedemptionInstructions",
    "HasRequiredCardCarriers",
    "Id",
    "InstoreRedemptionInstructions",
    "Items",
    "LineItemId",
    "LineItems",
    "Logo",
    "LongDescription",
    "Media",
    "Message",
    "Meta",
    "Name",
    "Note",
    "OnlineRedemptionInstructions",
    "OrderId",
    "Page",
    "PageIndex",
    "PageSize",
    "Path",
    "Pending",
    "Personalization",
    "PhysicalDeliveryAddress",
    "PONumber",
    "PreviousOrderIds",
    "Primary",
    "PrimaryText",
    "PrintRedemptionInstructions",
    "ProductId",
    "Quantity",
    "RedemptionNote",
    "Secondary",
    "SecondaryText",
    "ShippingConfiguration",
    "ShippingMethodId",
    "ShortDescription",
    "Sms",
    "SpecialTermsAndConditions",
    "State",
    "Status",
    "SupportsApiBalanceChecks",
    "Terms",
    "TermsAndConditions",
    "Theme",
    "To",
    "TotalCount",
    "Translations",
    "Type",
    "Value",
    "WebhookSettings",
    "Website",
    "Zip",
];

/// The documented spelling of a key: by the table where it is known, else with its first letter raised.
///
/// ```
/// use giftcard_partners::api::casing::documented_key;
///
/// assert_eq!(documented_key("poNumber"), "PONumber");
/// assert_eq!(documented_key("loyaltyTier"), "LoyaltyTier");
/// ```
pub fn documented_key(key: &str) -> Cow<'_, str> {
    if let Some(name) = known(key.as_bytes()) {
        return Cow::Borrowed(name);
    }
    let mut characters = key.chars();
    match characters.next() {
        Some(first) if first.is_ascii_lowercase() => {
            let mut raised = String::with_capacity(key.len());
            raised.push(first.to_ascii_uppercase());
            raised.push_str(characters.as_str());
            Cow::Owned(raised)
        }
        _ => Cow::Borrowed(key),
    }
}

/// The documented name that a key is, in whatever case. Few names are as long as it, and only those are looked at.
fn known(key: &[u8]) -> Option<&'static str> {
    let mut like = DOCUMENTED.iter().filter(|name| name.len() == key.len());
    like.find(|name| is_in_any_case(name, key)).copied()
}

/// Whether two texts of one length differ in nothing but the case of letters.
fn is_in_any_case(a: &str, b: &[u8]) -> bool {
    let mut pairs = a.bytes().zip(b);
    pairs.all(|(a, b)| a.eq_ignore_ascii_case(b))
}

/// The same JSON with every key in its documented spelling.
///
/// # Errors
///
/// Where the text is not JSON.
pub fn documented(answer: &[u8]) -> Result<Vec<u8>, json::Error> {
    let mut reader = Reader::new(answer);
    let mut writer = Writer::with_capacity(answer.len());
    copy(&mut reader, &mut writer)?;
    reader.end()?;
    Ok(writer.into_bytes())
}

/// Copies one value, raising its keys.
pub(super) fn copy(reader: &mut Reader<'_>, writer: &mut Writer) -> Result<(), json::Error> {
    match reader.peek()? {
        Kind::Object => {
            let mut members = reader.object()?;
            writer.object();
            while let Some(key) = members.next(reader)? {
                writer.key(&documented_key(&key.decode()));
                copy(reader, writer)?;
            }
            writer.close_object();
        }
        Kind::Array => {
            let mut elements = reader.array()?;
            writer.array();
            while elements.next(reader)? {
                copy(reader, writer)?;
            }
            writer.close_array();
        }
        _ => writer.raw(reader.skip()?),
    }
    Ok(())
}

/// The keys of a value as they stand in its bytes, found without a look at anything else: where each is, and where the value ends. It is
/// for who hands the value to a parser that says what is no JSON.
#[derive(Debug, Default)]
pub(super) struct Keys {
    places: Vec<Range<usize>>,
    /// Where the value ends.
    pub(super) end: usize,
    /// Elements of the value, if it is an array.
    pub(super) elements: u64,
}

impl Keys {
    /// The keys of the array or object that the text begins with. Nothing of one that has no end, is too deep, or has a key with an escape.
    pub(super) fn find(text: &[u8]) -> Option<Self> {
        let mut keys = Self::default();
        // What the values around are, a bit for each, the innermost last: 1 is an object.
        let mut around = 0_u128;
        let (mut depth, mut at) = (0_u8, 0_usize);
        let (mut key_is_next, mut is_empty) = (false, true);
        loop {
            let byte = *text.get(at)?;
            at = at.wrapping_add(1);
            match byte {
                b'"' => {
                    let begin = at;
                    let escaped = pass_string(text, &mut at);
                    if core::mem::take(&mut key_is_next) {
                        if escaped {
                            return None;
                        }
                        keys.places.push(begin..at.wrapping_sub(1));
                    }
                }
                b'{' | b'[' => {
                    is_empty &= depth != 1;
                    depth = depth.wrapping_add(1);
                    if depth > MAX_DEPTH {
                        return None;
                    }
                    key_is_next = byte == b'{';
                    around = (around << 1) | u128::from(key_is_next);
                    continue;
                }
                b'}' | b']' => {
                    if (around & 1 == 1) != (byte == b'}') {
                        return None;
                    }
                    around >>= 1;
                    depth = depth.wrapping_sub(1);
                    key_is_next = false;
                    if depth == 0 {
                        keys.end = at;
                        keys.elements = keys.elements.wrapping_add(u64::from(!is_empty));
                        return Some(keys);
                    }
                }
                b',' => {
                    key_is_next = around & 1 == 1;
                    keys.elements = keys.elements.wrapping_add(u64::from(depth == 1));
                }
                b' ' | b'\n' | b'\r' | b'\t' => continue,
                _ => {}
            }
            is_empty &= depth != 1;
        }
    }

    /// Gives the keys their documented spelling, in a copy of the text that they were found in. No spelling is longer or shorter.
    pub(super) fn raise(&self, text: &mut [u8]) {
        for place in &self.places {
            raise(text.get_mut(place.clone()).unwrap_or_default());
        }
    }
}

/// Gives a key its documented spelling.
fn raise(key: &mut [u8]) {
    match known(key) {
        Some(name) => {
            let slots = key.iter_mut().zip(name.bytes());
            slots.for_each(|(slot, byte)| *slot = byte);
        }
        None => {
            if let Some(first) = key.first_mut() {
                first.make_ascii_uppercase();
            }
        }
    }
}

/// Goes behind the end of a string, and says whether an escape was in it.
fn pass_string(text: &[u8], at: &mut usize) -> bool {
    let mut escaped = false;
    while *at < text.len() {
        let block = Block::at(text, *at);
        let found = block.equal(b'"') | block.equal(b'\\');
        if found == 0 {
            *at = at.wrapping_add(16);
            continue;
        }
        *at = at.wrapping_add(found.trailing_zeros() as usize);
        if text.get(*at) == Some(&b'"') {
            *at = at.wrapping_add(1);
            return escaped;
        }
        escaped = true;
        *at = at.wrapping_add(2);
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_documented_name_is_known_in_any_case() {
        for name in DOCUMENTED {
            assert_eq!(documented_key(&name.to_ascii_lowercase()), name);
            assert_eq!(documented_key(&name.to_ascii_uppercase()), name);
        }
    }

    #[test]
    fn keys_found_at_a_glance_are_raised_like_those_that_are_read() {
        for text in [
            "[]",
            "[ ]",
            "[1]",
            r#"["a",{},[ {"id":"\\\"id\":"}]]"#,
            r#"[{"poNumber":1,"PoNumber":2,"ponumber":3,"id":"x","Id":[{"id":{"ID":null}}]}, 7 ,"id"]"#,
            r#"[{"fooBar":1,"foobar":2,"FooBar":3,"FOOBAR":4,"Foobar":5,"":6,"éa":7,"x":8,"X":9}]"#,
            r#"[{"a":"0123456789abcdef\"","currencyCode":"0123456789abcde\\\\","CurrencyCode":1}]"#,
            r#"[{"a":{"b":[{"c":[],"d":{}}]}},{"a":{"b":[{"c":[],"d":{}}]}}]"#,
        ] {
            let expected = documented(text.as_bytes()).unwrap();
            let expected: serde_json::Value = serde_json::from_slice(&expected).unwrap();
            for given in [[text, "  ,[{\"id\":1}]"].concat(), text.to_owned()] {
                let keys = Keys::find(given.as_bytes()).unwrap();
                let mut raised = given.as_bytes()[..keys.end].to_vec();
                keys.raise(&mut raised);

                let raised: serde_json::Value = serde_json::from_slice(&raised).unwrap();
                assert_eq!(keys.end, text.len());
                assert_eq!(raised, expected);
                assert_eq!(keys.elements, expected.as_array().unwrap().len() as u64);
            }
        }
    }

    #[test]
    fn what_a_glance_cannot_tell_is_left_to_the_reader() {
        let too_many = usize::from(MAX_DEPTH) + 1;
        let deep = ["[".repeat(too_many), "]".repeat(too_many)].concat();
        for text in [
            "[",
            "[\"",
            "[\"a",
            "[\"\\",
            "[1}",
            "[{]",
            r#"[{"\u0069d":1}]"#,
            &deep,
        ] {
            assert!(Keys::find(text.as_bytes()).is_none(), "{text}");
        }
    }

    #[test]
    fn keys_are_raised_at_every_depth_and_values_stay_as_they_came() {
        let answer = br#" {"id":"a","poNumber" : "PO\u002d1","lineItems":[{"claimData":[],"value":25.00,"loyaltyTier":{"x_y":1}}]} "#;

        assert_eq!(
            String::from_utf8(documented(answer).unwrap()).unwrap(),
            r#"{"Id":"a","PONumber":"PO\u002d1","LineItems":[{"ClaimData":[],"Value":25.00,"LoyaltyTier":{"X_y":1}}]}"#
        );
    }
}
