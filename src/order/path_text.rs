//! A path in an order as other software writes it: `$.lineItems[0].value`, `/LineItems/0/Value`, `request.LineItems[0].Value`.

use alloc::string::String;

use super::path::{Path, Segment};
use super::schema::{
    DIGITAL_DELIVERY_ADDRESS, LINE_ITEM, ORDER, PERSONALIZATION, PHYSICAL_DELIVERY_ADDRESS, Rule,
    Shape,
};

/// Bytes of a text that is read as a path.
const LONGEST: usize = 200;
/// Digits of the number of a line.
const DIGITS: usize = 6;

/// The path that a text names, in the documented spelling; nothing of a text that holds anything else than names of fields and
/// numbers of lines.
///
/// It may begin at the order, behind one word for the whole of it, or at an object inside it.
///
/// ```
/// use giftcard_partners::order::documented_path;
///
/// assert_eq!(documented_path("$.lineItems[0].value").as_deref(), Some("LineItems[0].Value"));
/// assert_eq!(documented_path("The Value of Ann"), None);
/// ```
pub fn documented_path(text: &str) -> Option<String> {
    if text.len() > LONGEST {
        return None;
    }
    let separators: [char; 9] = ['.', '/', '[', ']', '\'', '"', '$', '#', ','];
    let steps = || text.split(separators).filter(|step| !step.is_empty());
    let from_order = |steps| read(&ORDER, steps);
    let mut behind = steps();
    behind.next();
    let path = from_order(steps())
        .or_else(|| from_order(behind))
        .or_else(|| {
            [
                &LINE_ITEM,
                &DIGITAL_DELIVERY_ADDRESS,
                &PHYSICAL_DELIVERY_ADDRESS,
                &PERSONALIZATION,
            ]
            .into_iter()
            .find_map(|shape| read(shape, steps()))
        })?;
    Some(path.to_text())
}

/// Reads the steps of a path into a shape; nothing where there is none, or one leads nowhere.
fn read<'a>(shape: &'static Shape, steps: impl Iterator<Item = &'a str>) -> Option<Path> {
    let mut path = Path::default();
    let mut inside = Some(shape);
    let mut in_lines = false;
    for step in steps {
        if core::mem::take(&mut in_lines) && step.bytes().all(|byte| byte.is_ascii_digit()) {
            let index = (step.len() <= DIGITS).then(|| step.parse::<u32>().ok())??;
            path.push(Segment::Index(u64::from(index)));
            continue;
        }
        let mut fields = inside?.fields.iter();
        let field = fields.find(|field| field.name.eq_ignore_ascii_case(step))?;
        path.push(Segment::Field(field.name));
        in_lines = matches!(field.rule, Rule::LineItems);
        inside = match field.rule {
            Rule::LineItems => Some(&LINE_ITEM),
            Rule::Object(shape) => Some(shape),
            _ => None,
        };
    }
    (!path.segments().is_empty()).then_some(path)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_known_however_it_is_written() {
        for (text, path) in [
            ("LineItems[0].Value", "LineItems[0].Value"),
            (
                "$.lineItems[12].digitalDeliveryAddress.email",
                "LineItems[12].DigitalDeliveryAddress.Email",
            ),
            (
                "/LineItems/3/Personalization/DeliveryDate",
                "LineItems[3].Personalization.DeliveryDate",
            ),
            ("#/lineItems/0", "LineItems[0]"),
            ("$['LineItems'][1]['Quantity']", "LineItems[1].Quantity"),
            ("request.LineItems[0].ProductId", "LineItems[0].ProductId"),
            ("order.PONUMBER", "PONumber"),
            ("LineItems.Value", "LineItems.Value"),
            (
                "WebhookSettings.FulfillmentComplete",
                "WebhookSettings.FulfillmentComplete",
            ),
            ("poNumber", "PONumber"),
            ("Type", "Type"),
            ("quantity", "Quantity"),
            ("PhysicalDeliveryAddress.Zip", "PhysicalDeliveryAddress.Zip"),
            ("email", "Email"),
            ("FromName", "FromName"),
        ] {
            assert_eq!(documented_path(text).as_deref(), Some(path), "{text}");
        }
    }

    #[test]
    fn what_holds_any_other_word_is_no_path_of_ours() {
        let long = ["LineItems[0]", &"/".repeat(LONGEST)].concat();
        for text in [
            "",
            "$",
            "[0]",
            "/v1/Orders",
            "The field Value is required.",
            "ann@example.com",
            "Ann.Value",
            "LineItems[0].Ann",
            "LineItems[0][1].Value",
            "LineItems[1234567].Value",
            "LineItems[0].Value.Ann",
            "Value[0]",
            "Zip:02134",
            &long,
        ] {
            assert_eq!(documented_path(text), None, "{text}");
        }
    }
}
