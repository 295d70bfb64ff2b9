//! Whether the order that a PO number already names is the order that was to be placed.
//!
//! A 409 says that the PO number is taken, not by what (fact sheet, section 5). So the original is fetched and every field that
//! it echoes is compared; a field that it does not echo says nothing.

use super::facts::{Content, Fact, Facts};
use super::field::{ABOUT, Compared, LINE, ORDER};
use super::matching::Matching;
use crate::api::orders::is_final;
use crate::compose::Compose;
use crate::json::Reader;

/// What comparing a request with the original order told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Comparison {
    /// Nothing differs; `full` where every recipient could be compared too.
    Same {
        /// Whether the recipients were compared.
        full: bool,
    },
    /// Something differs: the PO number belongs to another order.
    Different,
    /// The order that was found has another PO number: it says nothing of this one.
    Unrelated,
}

/// Compares the body that was to be sent with the order that was found; nothing where either cannot be read.
pub fn compare(request: &[u8], original: &[u8], compose: Compose) -> Option<Comparison> {
    let request = Content::read(&mut Reader::new(request), compose)?;
    let original = Content::read(&mut Reader::new(original), compose)?;

    let ([asked_number, ..], [number, status, ..]) = (&*request.facts, &*original.facts) else {
        return None;
    };
    // A server that does not tell upper from lower case in PO numbers may write ours as it was written first.
    if let (Some(asked), Some(found)) = (asked_number, number)
        && asked != found
    {
        return Some(Comparison::Unrelated);
    }
    let mut full = true;
    if !same(&ORDER, ABOUT, &request.facts, &original.facts, &mut full) {
        return Some(Comparison::Different);
    }
    let asked = request.lines.unwrap_or_default();
    match original.lines {
        // Of an order that is not finished lines may be missing yet: nothing can be said of it, unless it shows another one.
        Some(lines) if lines.len() < asked.len() && !status.as_deref().is_some_and(is_final) => {
            return (!are_among(&lines, &asked)).then_some(Comparison::Different);
        }
        Some(lines) if asked.len() != lines.len() || !match_lines(&asked, &lines, &mut full) => {
            return Some(Comparison::Different);
        }
        Some(_) => {}
        None => full = false,
    }
    Some(Comparison::Same { full })
}

/// Finds a different original line for each asked one: in order where the server kept the order, else wherever it is.
fn match_lines(asked: &[Facts], original: &[Facts], full: &mut bool) -> bool {
    let in_order = |full: &mut bool| {
        asked
            .iter()
            .zip(original)
            .all(|(asked, original)| same(&LINE, 0, asked, original, full))
    };
    let mut recipients = *full;
    if in_order(&mut recipients) {
        *full = recipients;
        return true;
    }
    let Some(partners) = Matching::of(asked, original.len(), &|asked, place| {
        original.get(place).is_some_and(|line| fits(asked, line))
    }) else {
        return false;
    };
    for (original, partner) in original.iter().zip(partners) {
        if let Some(asked) = partner.and_then(|index| asked.get(index)) {
            same(&LINE, 0, asked, original, full);
        }
    }
    true
}

/// Returns whether there is a different asked line for each one that an unfinished order shows already.
fn are_among(shown: &[Facts], asked: &[Facts]) -> bool {
    let partners = Matching::of(shown, asked.len(), &|shown, place| {
        asked.get(place).is_some_and(|line| fits(line, shown))
    });
    partners.is_some()
}

fn fits(asked: &[Fact], original: &[Fact]) -> bool {
    same(&LINE, 0, asked, original, &mut true)
}

/// Returns whether nothing that `original` echoes of the fields from `first` on differs from `asked`; clears `full` where a recipient is not echoed.
fn same(
    fields: &[Compared],
    first: usize,
    asked: &[Fact],
    original: &[Fact],
    full: &mut bool,
) -> bool {
    let mut recipients = *full;
    for ((field, asked), original) in fields.iter().zip(asked).zip(original).skip(first) {
        match (asked, original) {
            (Some(asked), Some(original)) if !field.by.agree(asked, original) => return false,
            (None, Some(original)) if !field.filled_in && !original.trim().is_empty() => {
                return false;
            }
            (Some(asked), None) if field.recipient && !asked.trim().is_empty() => {
                recipients = false;
            }
            _ => {}
        }
    }
    *full = recipients;
    true
}

#[cfg(test)]
mod tests {
    use super::*;
    use unicode_normalization::UnicodeNormalization;

    fn composed(text: &str) -> String {
        text.nfc().collect()
    }

    const REQUEST: &str = r#"{"Type":"DigitalDelivery","PONumber":"P","Note":"n","LineItems":[
        {"ProductId":"A","Value":25.0,"Quantity":1,"DigitalDeliveryAddress":{"Email":"a@x.com"},"Personalization":{"To":"Ann","Message":"Hi\nthere"}},
        {"ProductId":"B","Value":10,"Quantity":2,"DigitalDeliveryAddress":{"Email":"b@x.com"}}]}"#;

    fn against(original: &str) -> Option<Comparison> {
        compare(REQUEST.as_bytes(), original.as_bytes(), composed)
    }

    #[test]
    fn an_order_is_the_same_as_its_own_echo() {
        assert_eq!(against(REQUEST), Some(Comparison::Same { full: true }));
    }

    #[test]
    fn an_echo_without_recipients_is_the_same_in_part() {
        let original = r#"{"id":"1","type":"DigitalDelivery","lineItems":[{"productId":"A","value":25,"quantity":1,"culture":"en-US","personalization":{"to":"Ann","message":"Hi\r\nthere "}},{"productId":"b","value":10.00,"quantity":2}]}"#;
        assert_eq!(against(original), Some(Comparison::Same { full: false }));
        assert_eq!(
            against(r#"{"id":"1"}"#),
            Some(Comparison::Same { full: false })
        );
    }

    #[test]
    fn lines_that_are_missing_say_nothing_while_an_order_is_pending() {
        let one = r#"{"ProductId":"A","Value":25,"Quantity":1}"#;
        let other = r#"{"ProductId":"A","Value":30,"Quantity":1}"#;
        for (status, lines, verdict) in [
            ("Pending", "", None),
            ("pending", one, None),
            ("", one, None),
            ("Pending", other, Some(Comparison::Different)),
            ("", other, Some(Comparison::Different)),
            ("Completed", "", Some(Comparison::Different)),
            ("Completed", one, Some(Comparison::Different)),
        ] {
            let original = ["{\"Status\":\"", status, "\",\"LineItems\":[", lines, "]}"].concat();
            assert_eq!(against(&original), verdict, "{original}");
        }
    }

    #[test]
    fn letters_are_the_same_composed_or_not_and_others_are_not() {
        let order = |name: &str, place: &str| {
            format!(
                r#"{{"LineItems":[{{"ProductId":"A","PhysicalDeliveryAddress":{{"Name":"{name}"}},"Personalization":{{"To":"{place}","Message":"f\u00fcr {name}"}}}}]}}"#
            )
        };
        let asked = order("Zo\u{eb} Nguy\u{1ec5}n", "\u{d55c}");
        let decomposed = order(
            "Zoe\u{308} Nguye\u{302}\u{303}n",
            "\u{1112}\u{1161}\u{11ab}",
        );
        let escaped = order(r"Zoe\u0308 NGUY\u1ec5n", r"\ud55c").replace("NGUY", "Nguy");
        let other = order("Zoe Nguyen", "\u{d55c}");

        for (original, verdict) in [
            (&decomposed, Comparison::Same { full: true }),
            (&escaped, Comparison::Same { full: true }),
            (&other, Comparison::Different),
        ] {
            for (one, two) in [(&asked, original), (original, &asked)] {
                let found = compare(one.as_bytes(), two.as_bytes(), composed);
                assert_eq!(found, Some(verdict), "{one} {two}");
            }
        }
    }

    #[test]
    fn a_post_office_may_write_an_address_in_capitals() {
        let order = |address: &str| {
            [
                "{\"LineItems\":[{\"ProductId\":\"A\",\"PhysicalDeliveryAddress\":{",
                address,
                "}}]}",
            ]
            .concat()
        };
        let asked =
            order(r#""Name":"Ann Lee","AddressLine1":"1 Main Street","City":"Springfield""#);
        let capitals =
            order(r#""Name":"ANN LEE","AddressLine1":"1 MAIN STREET","City":"SPRINGFIELD""#);
        let other =
            order(r#""Name":"ANN LEE","AddressLine1":"2 MAIN STREET","City":"SPRINGFIELD""#);

        let against = |other: &str| compare(asked.as_bytes(), other.as_bytes(), composed);
        assert_eq!(against(&capitals), Some(Comparison::Same { full: true }));
        assert_eq!(against(&other), Some(Comparison::Different));
    }

    #[test]
    fn lines_in_another_order_are_the_same_lines() {
        let original = r#"{"LineItems":[{"ProductId":"B","Value":10,"Quantity":2,"DigitalDeliveryAddress":{"Email":"B@X.com"}},{"ProductId":"A","Value":25,"Quantity":1,"DigitalDeliveryAddress":{"Email":"a@x.com"}}]}"#;
        assert_eq!(against(original), Some(Comparison::Same { full: true }));
    }

    #[test]
    fn a_line_that_fits_in_two_places_gives_way_to_one_that_fits_in_one() {
        let line = |branding: &str| {
            [
                "{\"ProductId\":\"A\",\"Value\":5,\"Quantity\":1",
                branding,
                "}",
            ]
            .concat()
        };
        let order = |lines: [&str; 2]| ["{\"LineItems\":[", lines[0], ",", lines[1], "]}"].concat();
        let (plain, branded) = (line(""), line(",\"BrandingId\":\"X\""));
        let filled_in = line(",\"BrandingId\":\"DEFAULT\"");

        let verdict = compare(
            order([&plain, &branded]).as_bytes(),
            order([&branded, &filled_in]).as_bytes(),
            composed,
        );

        assert_eq!(verdict, Some(Comparison::Same { full: true }));
    }

    /// An order of so many lines and its echo: reversed, and of every other line without what tells it from the rest.
    fn scattered(lines: usize) -> [String; 2] {
        let line = |id: &str| ["{\"ProductId\":\"A\",\"Value\":25", id, "},"].concat();
        let id = |line: usize| format!(",\"ExternalId\":\"E{line}\"");
        let order = |lines: String| format!("{{\"LineItems\":[{}]}}", lines.trim_end_matches(','));
        let echo = (0..lines).rev().map(|place| match place % 2 {
            0 => line(&id(place)),
            _ => line(""),
        });
        [
            order((0..lines).map(|place| line(&id(place))).collect()),
            order(echo.collect()),
        ]
    }

    #[test]
    fn lines_that_give_way_take_no_more_time_than_a_look_at_every_pair() {
        let [order, echo] = scattered(1_000);
        // One line twice, and another one not at all.
        let other = echo.replacen("\"E500\"", "\"E502\"", 1);

        let started = std::time::Instant::now();
        let verdicts =
            [&echo, &other].map(|echo| compare(order.as_bytes(), echo.as_bytes(), composed));
        let took = started.elapsed();

        let same = Comparison::Same { full: true };
        assert_eq!(verdicts, [Some(same), Some(Comparison::Different)]);
        assert!(took.as_secs() < 5, "{took:?}");
    }

    #[test]
    fn anything_echoed_that_differs_makes_another_order() {
        for (from, to) in [
            ("DigitalDelivery\"", "Links\""),
            ("\"Note\":\"n\"", "\"Note\":\"m\""),
            ("\"A\"", "\"C\""),
            ("25.0", "25.01"),
            ("\"Quantity\":2", "\"Quantity\":3"),
            ("b@x.com", "c@x.com"),
            ("Ann", "ann"),
            ("Hi\\n", "Ho\\n"),
            ("\"Quantity\":2", "\"Quantity\":2,\"ExternalId\":\"e\""),
        ] {
            let original = REQUEST.replacen(from, to, 1);
            assert_ne!(original, REQUEST, "{from}");
            assert_eq!(against(&original), Some(Comparison::Different), "{from}");
        }
        assert_eq!(
            against(r#"{"Status":"Completed","LineItems":[]}"#),
            Some(Comparison::Different)
        );
    }

    #[test]
    fn a_telephone_number_is_the_same_however_it_is_set() {
        let order = |sms: &str| {
            [
                "{\"LineItems\":[{\"DigitalDeliveryAddress\":{\"Sms\":\"",
                sms,
                "\"}}]}",
            ]
            .concat()
        };
        let against = |sms| {
            compare(
                order("+15555550100").as_bytes(),
                order(sms).as_bytes(),
                composed,
            )
        };

        assert_eq!(
            against("+1 (555) 555-0100"),
            Some(Comparison::Same { full: true })
        );
        assert_eq!(against("+15555550101"), Some(Comparison::Different));
    }

    #[test]
    fn an_order_of_another_po_number_is_not_compared() {
        let other = REQUEST.replacen("\"PONumber\":\"P\"", "\"PONumber\":\"Q\"", 1);
        let lower = REQUEST.replacen("\"PONumber\":\"P\"", "\"PONumber\":\" p\"", 1);

        assert_eq!(against(&other), Some(Comparison::Unrelated));
        assert_eq!(against(&lower), Some(Comparison::Same { full: true }));
    }

    #[test]
    fn what_cannot_be_read_is_not_compared() {
        for original in ["", "[]", "<html>", r#"{"LineItems":[{"#] {
            assert_eq!(against(original), None, "{original}");
        }
    }
}
