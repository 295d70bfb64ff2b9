//! `rejected_csv`: what a person mends and imports again.

use giftcard_partners::bulk::{ImportReport, ImportSettings};
use giftcard_partners::order::OrderType;
use proptest::prelude::*;

use super::reference::cells;
use super::{digital, import, lines, links, rejected};

fn csv(report: &ImportReport) -> String {
    String::from_utf8(report.rejected_csv()).unwrap()
}

#[test]
fn rejected_rows_come_back_as_they_came_with_a_reason() {
    let report = links("Product;Value;To\nCVS;25;Ann\nCVS;free;\"A;n\"\"n\"\n;1.000;=1+1\n");

    assert_eq!(
        csv(&report),
        "\u{feff}Product;Value;To;reason\r\n\
         CVS;free;\"A;n\"\"n\";\"Value must be an amount, such as 25 or 25.00.\"\r\n\
         ;1.000;'=1+1;\"Value can be read as thousands or as decimals. Write 1000 or 1.00, without a separator between thousands. Product is required.\"\r\n"
    );
}

#[test]
fn a_reason_of_the_caller_s_is_a_column_like_any_other() {
    let first =
        digital("Email,Product,Value,Reason\nnobody,CVS,5,Wedding\na@b.co,CVS,5,Birthday\n");
    let file = csv(&first);
    assert!(file.starts_with("\u{feff}Email,Product,Value,Reason,reason\r\nnobody,CVS,5,Wedding,"));
    assert_eq!(first.ignored_columns().collect::<Vec<_>>(), ["Reason"]);

    let again = csv(&digital(&file));

    assert_eq!(again, file);
}

#[test]
fn a_guard_is_taken_away_again_and_an_apostrophe_of_the_caller_s_is_not() {
    let file = "sms,product,value,message\n+15555555555,CVS,free,=1+1\n+15555555556,CVS,free,'tis\n'+15555555557,CVS,free,''=x\n@x,CVS,free,\"\t=x\"\n";
    let first = csv(&digital(file));
    assert!(first.contains("'+15555555555,CVS,free,'=1+1"));
    assert!(first.contains("'+15555555557"), "guarded already: {first}");

    let mended = digital(first.replace("free", "25"));

    assert_eq!(rejected(&mended), ["5 sms invalid_phone"]);
    let read: Vec<_> = lines(&mended)
        .iter()
        .map(|line| {
            let text = |pointer| line.pointer(pointer).unwrap().as_str().unwrap().to_owned();
            (
                text("/DigitalDeliveryAddress/Sms"),
                text("/Personalization/Message"),
            )
        })
        .collect();
    let expected = [
        ("+15555555555", "=1+1"),
        ("+15555555556", "'tis"),
        ("+15555555557", "''=x"),
    ];
    assert_eq!(
        read,
        expected.map(|(sms, message)| (sms.to_owned(), message.to_owned()))
    );
    // The reasons of the first time are replaced.
    assert_eq!(
        csv(&mended).lines().next(),
        Some("\u{feff}sms,product,value,message,reason")
    );
}

#[test]
fn what_could_not_be_read_is_not_read_as_something_else_the_next_time() {
    // Every field has a default: a row of nothing would be a payment.
    let settings = || {
        let mut settings = ImportSettings::new(OrderType::Links);
        settings
            .read_defaults(br#"{"ProductId":"CVS","Value":25}"#)
            .unwrap();
        settings
    };
    for row in [
        b"\"a\"b,\n".as_slice(),
        b"a\x81,b\n",
        b"x,y,z\n",
        b"x,y,,,z\n",
        b"\"never closed\n",
    ] {
        let report = import(settings(), [b"to,message\n", row].concat());
        assert_eq!(report.rejected_count(), 1, "{row:?}");

        let again = import(settings(), report.rejected_csv());
        assert_eq!(
            (again.rejected_count(), again.rows()),
            (1, 1),
            "{}",
            csv(&report)
        );
        let thrice = import(settings(), again.rejected_csv());
        assert_eq!(
            (thrice.rejected_count(), thrice.rows()),
            (1, 1),
            "{}",
            csv(&again)
        );
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn nothing_mended_is_nothing_accepted(
        rows in proptest::collection::vec(proptest::collection::vec("[a1@.,;\"\r\n é'=+\t\\x00-]{0,6}", 1..6), 1..6),
    ) {
        let mut file = "email,product,value,message\n".to_owned();
        for row in rows {
            file += &row.join(",");
            file.push('\n');
        }
        let first = digital(&file);
        let second = digital(first.rejected_csv());

        prop_assert_eq!(second.accepted().rows().len(), 0);
        prop_assert_eq!(second.rejected_count(), first.rejected_count());
        prop_assert_eq!(rejected(&second).len() >= first.rejected_count(), true);
        for cell in cells(&csv(&first)) {
            prop_assert!(!cell.starts_with(['=', '+', '-', '@', '\t', '\r', '\n']), "{cell} is a formula");
        }
    }
}
