//! How much an order may be.

use giftcard_partners::money::Amount;
use giftcard_partners::order::{CheckedOrder, OrderLimits, ValidateOptions, limits, validate};

use crate::{DIGITAL, check, found};

fn of_lines(lines: usize) -> String {
    let line = r#"{"ProductId":"A","Value":1,"Quantity":1}"#;
    let lines = vec![line; lines].join(",");
    format!(r#"{{"Type":"Links","LineItems":[{lines}],"PONumber":"P"}}"#)
}

fn of_bytes(length: usize) -> Vec<u8> {
    let mut body = DIGITAL.as_bytes().to_vec();
    body.resize(length, b' ');
    body
}

fn refusal(body: &[u8], limits: &OrderLimits) -> Vec<String> {
    found(&CheckedOrder::read(body, limits).unwrap_err())
}

#[test]
fn an_order_of_many_bytes_is_a_warning_in_a_report_and_an_error_before_it_is_sent() {
    let (full, over) = (of_bytes(limits::BODY), of_bytes(limits::BODY + 1));

    assert_eq!(found(&check(&full)), [""; 0]);
    assert!(CheckedOrder::read(&full, &OrderLimits::default()).is_ok());
    assert_eq!(found(&check(&over)), ["warning  too_large"]);
    assert!(check(&over).is_valid());
    assert_eq!(
        refusal(&over, &OrderLimits::default()),
        ["error  too_large"]
    );
}

#[test]
fn an_input_that_no_order_can_need_is_not_read() {
    let report = check(of_bytes(limits::INPUT + 1));

    assert_eq!(found(&report), ["error  too_large"]);
    assert_eq!(report.line_count, 0);
}

#[test]
fn an_order_of_many_lines_is_a_warning_in_a_report_and_an_error_before_it_is_sent() {
    let (full, over) = (of_lines(1_000), of_lines(1_001));

    assert_eq!(found(&check(&full)), [""; 0]);
    assert_eq!(found(&check(&over)), ["warning LineItems too_many_lines"]);
    assert_eq!(check(&over).line_count, 1_001);
    assert_eq!(
        refusal(over.as_bytes(), &OrderLimits::default()),
        ["error LineItems too_many_lines"]
    );
    let raised = OrderLimits {
        lines: 1_001,
        value: None,
    };
    assert!(CheckedOrder::read(over.as_bytes(), &raised).is_ok());
}

#[test]
fn an_order_of_more_money_than_the_caller_allows_is_refused() {
    let of_value = |minor| OrderLimits {
        value: Some(Amount::from_cents(minor)),
        ..OrderLimits::default()
    };

    assert!(CheckedOrder::read(DIGITAL.as_bytes(), &of_value(2_500)).is_ok());
    assert_eq!(
        refusal(DIGITAL.as_bytes(), &of_value(2_499)),
        ["error LineItems over_limit"]
    );
}

#[test]
fn a_sum_that_no_number_holds_is_out_of_range() {
    let body = DIGITAL.replacen(":25,", ":70000000000000,", 1).replacen(
        "\"Quantity\":1",
        "\"Quantity\":1000000",
        1,
    );

    assert_eq!(found(&check(body)), ["error LineItems out_of_range"]);
}

#[test]
fn an_amount_is_taken_as_long_as_a_number_of_javascript_s_tells_its_cents() {
    for (value, issues) in [
        (":70368744177663.99,", &[][..]),
        (
            ":70368744177664,",
            &["error LineItems[0].Value out_of_range"][..],
        ),
    ] {
        assert_eq!(found(&check(DIGITAL.replacen(":25,", value, 1))), issues);
    }
    let as_number = |text: &str| text.parse::<f64>().unwrap().to_string();
    for thousandths in (Amount::MAX.thousandths() - 10_000..=Amount::MAX.thousandths()).step_by(10)
    {
        let text = Amount::from_thousandths(thousandths).to_decimal();
        let shortest = text.trim_end_matches('0').trim_end_matches('.');
        assert_eq!(as_number(&text), shortest);
    }
    assert_eq!(as_number("80000000000000.01"), "80000000000000.02");
}

#[test]
fn what_is_said_of_all_lines_stands_before_what_is_absent() {
    let lines = of_lines(1_001);
    let body = lines.replace(",\"PONumber\":\"P\"", "");

    assert_eq!(
        found(&check(&body)),
        [
            "warning LineItems too_many_lines",
            "error PONumber required"
        ]
    );
    let body = DIGITAL.replacen(",\"PONumber\":\"PO-1\"", "", 1);
    let limits = OrderLimits {
        lines: 0,
        value: Some(Amount::from_cents(2_499)),
    };
    assert_eq!(
        refusal(body.as_bytes(), &limits),
        [
            "error LineItems too_many_lines",
            "error LineItems over_limit",
            "error PONumber required"
        ]
    );
}

#[test]
fn no_warning_is_listed_in_the_place_of_an_error() {
    let line = r#"{"ProductId":"A","Value":1,"Quantity":1,"Foo":1}"#;
    let wrong = line.replace("\"Value\":1", "\"Value\":0");
    let lines = [line, line, &wrong, line, &wrong, line].join(",");
    let body = format!(r#"{{"Type":"Links","LineItems":[{lines}],"PONumber":"P"}}"#);
    let all = found(&check(&body));
    assert_eq!(all.len(), 8);

    for (max_issues, listed) in [
        (0, &[][..]),
        (1, &[2][..]),
        (2, &[2, 5]),
        (3, &[0, 2, 5]),
        (4, &[0, 1, 2, 5]),
        (7, &[0, 1, 2, 3, 4, 5, 6]),
        (8, &[0, 1, 2, 3, 4, 5, 6, 7]),
    ] {
        let options = ValidateOptions {
            max_issues,
            ..ValidateOptions::default()
        };

        let report = validate(body.as_bytes(), &options);

        let expected: Vec<_> = listed.iter().map(|place| all[*place].clone()).collect();
        assert_eq!(found(&report), expected, "{max_issues}");
        assert_eq!(report.omitted, 8 - expected.len() as u64);
        assert_eq!(report.errors, 2);
    }
}

#[test]
fn issues_beyond_the_asked_number_are_counted_and_keep_the_order_from_being_valid() {
    let body = of_lines(10).replace(":1}", ":0}");
    for max_issues in [0, 3, 10, 11] {
        let options = ValidateOptions {
            max_issues,
            ..ValidateOptions::default()
        };

        let report = validate(body.as_bytes(), &options);

        assert_eq!(report.issues.len(), max_issues.min(10));
        assert_eq!(
            report.omitted,
            10 - u64::try_from(max_issues.min(10)).unwrap()
        );
        assert_eq!((report.errors, report.is_valid()), (10, false));
    }
}
