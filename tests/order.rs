//! `giftcard_partners::order`: what the validator finds in an order, what it leaves alone, and what it never tells.
#![cfg(not(target_family = "wasm"))]
#![allow(
    clippy::arithmetic_side_effects,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::string_slice,
    clippy::unwrap_used,
    reason = "a test that panics has failed, which is its way of saying so"
)]

use giftcard_partners::order::{ValidateOptions, ValidationReport, validate};

#[path = "order/faults.rs"]
mod faults;
#[path = "order/properties.rs"]
mod properties;
#[path = "order/samples.rs"]
mod samples;
#[path = "order/size.rs"]
mod size;
#[path = "order/unreadable.rs"]
mod unreadable;

/// An order with every field of a digital one.
const DIGITAL: &str = r#"{"Type":"DigitalDelivery","LineItems":[{"ProductId":"CVS","Value":25,"Quantity":1,"DigitalDeliveryAddress":{"Email":"ann@example.com","Sms":"+15555555555"},"Personalization":{"To":"Ann","FromName":"Bo","FromEmail":"bo@example.com","Message":"Hi","DeliveryDate":"2026-12-01T09:00:00Z"},"BrandingId":"B","ExternalId":"E","Culture":"en-US"}],"PONumber":"PO-1","Note":"N","WebhookSettings":{"FulfillmentComplete":"https://example.com/hook"}}"#;

const PHYSICAL: &str = r#"{"Type":"PhysicalShipment","LineItems":[{"ProductId":"CVS","Value":50,"Quantity":1,"PhysicalDeliveryAddress":{"ShippingMethodId":"STANDARD","CarrierId":"DEFAULT","Name":"Ann","AddressLine1":"1 Main St","City":"New York","State":"NY","Zip":"10001","Country":"US"}}],"PONumber":"PO-1"}"#;

fn check(body: impl AsRef<[u8]>) -> ValidationReport {
    validate(body.as_ref(), &ValidateOptions::default())
}

/// Each issue as `severity path code`.
fn found(report: &ValidationReport) -> Vec<String> {
    let line = |issue: &giftcard_partners::order::Issue| {
        let (path, code) = (issue.path.to_text(), issue.code.as_str());
        format!("{} {path} {code}", issue.severity.as_str())
    };
    report.issues.iter().map(line).collect()
}
