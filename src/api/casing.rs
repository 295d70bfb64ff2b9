//! Any casing in, the documented casing out.
//!
//! The documents write PascalCase, clients of the same platform saw camelCase (fact sheet, 3.0). Keys are handed out as
//! documented, values stay as they came, byte for byte.

use alloc::borrow::Cow;
use alloc::string::String;
use alloc::vec::Vec;

use crate::json::{self, Kind, Reader, Writer};

/// The documented names, in the order of their lower-case spelling.
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
    if let Ok(place) = DOCUMENTED.binary_search_by(|known| cmp_ignoring_case(known, key))
        && let Some(known) = DOCUMENTED.get(place)
    {
        return Cow::Borrowed(known);
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

fn cmp_ignoring_case(a: &str, b: &str) -> core::cmp::Ordering {
    let lower = |byte: u8| byte.to_ascii_lowercase();
    a.bytes().map(lower).cmp(b.bytes().map(lower))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_in_the_order_that_the_search_needs() {
        assert!(DOCUMENTED.is_sorted_by_key(|name| name.to_ascii_lowercase()));
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
}
