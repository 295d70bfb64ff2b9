//! Any casing in, the documented casing out.
//!
//! The documents write PascalCase, clients of the same platform saw camelCase (fact sheet, 3.0). Keys are handed out as
//! documented, values stay as they came, byte for byte, but for an id that came as a number: it is a text, since `JSON.parse` would
//! round one beyond 2^53 to that of somebody else's order.

use alloc::borrow::Cow;
use alloc::string::String;
use alloc::vec::Vec;

use crate::json::{self, Kind, Reader, Writer};
use crate::order::line_fields::LINE_FIELDS;

/// The documented names, but for those of a line's fields.
const OTHERS: [&str; 62] = [
    "Available",
    "AvailableDeliveryTypes",
    "BarcodePath",
    "BarcodeType",
    "ClaimData",
    "ClaimLink",
    "ClaimLinkChallengeAnswer",
    "Colors",
    "Cost",
    "CultureCode",
    "CultureCodes",
    "CurrencyCode",
    "Denominations",
    "DenominationType",
    "Description",
    "Disclaimer",
    "DiscountPercentage",
    "ExpiresIn",
    "Faceplates",
    "Fee",
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
    "Meta",
    "Note",
    "OnlineRedemptionInstructions",
    "OrderId",
    "Page",
    "PageIndex",
    "PageSize",
    "Path",
    "Pending",
    "PONumber",
    "PreviousOrderIds",
    "Primary",
    "PrimaryText",
    "PrintRedemptionInstructions",
    "RedemptionNote",
    "Secondary",
    "SecondaryText",
    "ShippingConfiguration",
    "ShortDescription",
    "SpecialTermsAndConditions",
    "Status",
    "SupportsApiBalanceChecks",
    "Terms",
    "TermsAndConditions",
    "Theme",
    "TotalCount",
    "Translations",
    "Type",
    "WebhookSettings",
    "Website",
];

/// The documented names.
static DOCUMENTED: [&str; OTHERS.len() + LINE_FIELDS.len()] = documented_names();

#[expect(
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    reason = "computed by the compiler, which stops where this would"
)]
const fn documented_names() -> [&'static str; OTHERS.len() + LINE_FIELDS.len()] {
    let mut names = [""; OTHERS.len() + LINE_FIELDS.len()];
    let mut at = 0;
    while at < names.len() {
        names[at] = if at < OTHERS.len() {
            OTHERS[at]
        } else {
            LINE_FIELDS[at - OTHERS.len()].name()
        };
        at += 1;
    }
    names
}

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

/// Returns whether two texts of one length differ in nothing but the case of letters.
fn is_in_any_case(a: &str, b: &[u8]) -> bool {
    let mut pairs = a.bytes().zip(b);
    pairs.all(|(a, b)| a.eq_ignore_ascii_case(b))
}

/// The same JSON with every key in its documented spelling, and every id a text.
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

/// The same of an answer that must be an object; nothing where it is none.
pub fn documented_object(answer: &[u8]) -> Option<Vec<u8>> {
    let json = documented(answer).ok()?;
    json.starts_with(b"{").then_some(json)
}

/// Copies one value, raising its keys.
pub(super) fn copy(reader: &mut Reader<'_>, writer: &mut Writer) -> Result<(), json::Error> {
    copy_value(reader, writer, false)
}

/// Copies the value of a key, and writes the key, which is in its documented spelling, before it.
pub(super) fn copy_member(
    key: &str,
    reader: &mut Reader<'_>,
    writer: &mut Writer,
) -> Result<(), json::Error> {
    writer.key(key);
    copy_value(reader, writer, names_id(key))
}

/// Copies a value. The number of an id becomes a text of its own digits.
fn copy_value(
    reader: &mut Reader<'_>,
    writer: &mut Writer,
    is_id: bool,
) -> Result<(), json::Error> {
    match reader.peek()? {
        Kind::Object => {
            let mut members = reader.object()?;
            writer.object();
            while let Some(key) = members.next(reader)? {
                copy_member(&documented_key(&key.decode()), reader, writer)?;
            }
            writer.close_object();
        }
        Kind::Array => {
            let mut elements = reader.array()?;
            writer.array();
            while elements.next(reader)? {
                copy_value(reader, writer, is_id)?;
            }
            writer.close_array();
        }
        Kind::Number if is_id => writer.string(reader.number()?),
        _ => writer.raw(reader.skip()?),
    }
    Ok(())
}

/// Returns whether a key, in its documented spelling, is the name of an id, or of several.
fn names_id(key: &str) -> bool {
    matches!(
        key.as_bytes(),
        [.., b'I', b'd'] | [.., b'I', b'd', b's'] | [.., b'a'..=b'z', b'I', b'D'] | b"PONumber"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_field_of_a_line_is_handed_out_as_documented() {
        for field in &LINE_FIELDS {
            for key in [field.name().to_lowercase(), field.name().to_uppercase()] {
                assert_eq!(documented_key(&key), field.name());
            }
        }
        assert_eq!(documented_key("OTHERTYPE"), "OTHERTYPE");
    }

    #[test]
    fn every_documented_name_is_known_in_any_case() {
        for name in DOCUMENTED {
            assert_eq!(documented_key(&name.to_ascii_lowercase()), name);
            assert_eq!(documented_key(&name.to_ascii_uppercase()), name);
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

    #[test]
    fn an_id_that_is_a_number_becomes_a_text_of_its_own_digits_and_no_other_number_does() {
        for (answer, expected) in [
            (r#"{"id":9007199254740993}"#, r#"{"Id":"9007199254740993"}"#),
            (r#"{"ID":700002.0}"#, r#"{"Id":"700002.0"}"#),
            (r#"{"id":"007"}"#, r#"{"Id":"007"}"#),
            (r#"{"id":null}"#, r#"{"Id":null}"#),
            (
                r#"[{"id":-1,"poNumber":77,"lineItems":[{"id":2,"productId":3,"value":25.0,"quantity":4}]}]"#,
                r#"[{"Id":"-1","PONumber":"77","LineItems":[{"Id":"2","ProductId":"3","Value":25.0,"Quantity":4}]}]"#,
            ),
            (
                r#"{"previousOrderIds":[1,"2",{"id":3,"zip":2134}],"departmentId":4,"costCenterID":5}"#,
                r#"{"PreviousOrderIds":["1","2",{"Id":"3","Zip":2134}],"DepartmentId":"4","CostCenterID":"5"}"#,
            ),
            (
                r#"{"page":1,"paid":2,"PAID":3,"bid":4,"totalCount":5,"denominations":[25,50]}"#,
                r#"{"Page":1,"Paid":2,"PAID":3,"Bid":4,"TotalCount":5,"Denominations":[25,50]}"#,
            ),
        ] {
            let documented = documented(answer.as_bytes()).unwrap();
            assert_eq!(String::from_utf8(documented).unwrap(), expected);
        }
    }
}
