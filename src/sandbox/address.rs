//! To whom a line goes, and in whose words.
//!
//! What is required depends on the order's type. The physical address is known from one sample of the documentation alone
//! (fact sheet, section 3.4): each of its fields is required here, but for `CarrierId`, which only products with
//! `HasRequiredCardCarriers` ask for.

use alloc::string::String;
use alloc::vec::Vec;
use serde_json::{Map, Value};

use super::fields::{Fields, Problems};
use super::reference;

const PHYSICAL: [&str; 6] = ["Name", "AddressLine1", "City", "State", "Zip", "Country"];
const PERSONALIZATION: [&str; 5] = ["To", "FromName", "FromEmail", "Message", "DeliveryDate"];

/// Reads a `DigitalDeliveryAddress`; `required` is where the order delivers to it.
pub(super) fn digital(
    line: &Fields<'_>,
    required: bool,
    problems: &mut Problems,
) -> Option<Map<String, Value>> {
    const NAME: &str = "DigitalDeliveryAddress";

    if required {
        line.required(NAME, problems)?;
    }
    let address = line.object(NAME, problems)?;
    let email = address.text("Email", problems);
    let sms = address.text("Sms", problems);
    if let Some(email) = email.filter(|text| !text.is_empty())
        && !is_email(email)
    {
        problems.add(address.path("Email"), "must be an e-mail address");
    }
    if let Some(sms) = sms.filter(|text| !text.is_empty())
        && !is_phone(sms)
    {
        problems.add(
            address.path("Sms"),
            "must be a phone number such as +15555550100",
        );
    }
    let wrong_type = |name, text: Option<&str>| text.is_none() && address.value(name).is_some();
    let nobody = email.unwrap_or("").is_empty() && sms.unwrap_or("").is_empty();
    if required && nobody && !wrong_type("Email", email) && !wrong_type("Sms", sms) {
        problems.add(line.path(NAME), "must have an Email or an Sms");
    }
    Some(address.texts(&["Email", "Sms"], &mut Problems::default()))
}

/// Reads a `PhysicalDeliveryAddress`; `required` is where the order is shipped to it.
pub(super) fn physical(
    line: &Fields<'_>,
    required: bool,
    carrier_required: bool,
    problems: &mut Problems,
) -> Option<Map<String, Value>> {
    const NAME: &str = "PhysicalDeliveryAddress";

    if required {
        line.required(NAME, problems)?;
    }
    let address = line.object(NAME, problems)?;
    if required {
        for name in PHYSICAL {
            address.required_text(name, problems);
        }
        address.required_text("ShippingMethodId", problems);
        if carrier_required {
            address.required_text("CarrierId", problems);
        } else {
            address.text("CarrierId", problems);
        }
    }
    for (name, list) in [
        ("ShippingMethodId", &reference::SHIPPING_METHODS),
        ("CarrierId", &reference::CARRIERS),
    ] {
        let id = address.value(name).and_then(Value::as_str);
        if id.is_some_and(|id| !id.trim().is_empty() && !list.has(id)) {
            problems.add(address.path(name), "is unknown");
        }
    }
    let names = ["ShippingMethodId", "CarrierId"].iter().chain(&PHYSICAL);
    let names: Vec<&str> = names.copied().collect();
    // What is required has been checked above; the others are only looked at for their type.
    let mut ignored = Problems::default();
    let types = if required { &mut ignored } else { problems };
    Some(address.texts(&names, types))
}

/// Reads a `Personalization`, in which nothing is required.
pub(super) fn personalization(
    line: &Fields<'_>,
    problems: &mut Problems,
) -> Option<Map<String, Value>> {
    let words = line.object("Personalization", problems)?;
    let texts = words.texts(&PERSONALIZATION, problems);
    let text = |name: &str| texts.get(name).and_then(Value::as_str).unwrap_or("");
    if !text("FromEmail").is_empty() && !is_email(text("FromEmail")) {
        problems.add(words.path("FromEmail"), "must be an e-mail address");
    }
    if !text("DeliveryDate").is_empty() && !begins_with_date(text("DeliveryDate")) {
        problems.add(
            words.path("DeliveryDate"),
            "must be a date and time such as 2026-01-31T00:00:00Z",
        );
    }
    Some(texts)
}

/// One `@` with something on both sides, a dot or not, and no space: what a mail server may yet refuse is not our business.
fn is_email(text: &str) -> bool {
    let plain = !text.chars().any(|c| c.is_whitespace() || c.is_control());
    plain
        && text.split_once('@').is_some_and(|(local, host)| {
            !local.is_empty() && !host.is_empty() && !host.contains('@')
        })
}

/// E.164: a plus sign and 7 to 15 digits, the first not zero.
fn is_phone(text: &str) -> bool {
    text.strip_prefix('+').is_some_and(|digits| {
        (7..=15).contains(&digits.len())
            && digits.bytes().all(|digit| digit.is_ascii_digit())
            && !digits.starts_with('0')
    })
}

fn begins_with_date(text: &str) -> bool {
    text.len() >= 10
        && text.bytes().take(10).enumerate().all(|(index, byte)| {
            if matches!(index, 4 | 7) {
                byte == b'-'
            } else {
                byte.is_ascii_digit()
            }
        })
}
