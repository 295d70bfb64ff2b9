//! Words of other programs are no people: an error, a null mark or a footer buys no card.

use giftcard_partners::bulk::{ImportReport, ImportSettings};
use giftcard_partners::order::OrderType::{DigitalDelivery, Links, PhysicalShipment};

use super::{import, import_in_pieces, rejected};

fn read(settings: &ImportSettings, file: &str) -> ImportReport {
    let file = [file, &"\n".repeat(300)].concat();
    let at_once = import(settings.clone(), &file);
    let step_by_step = import_in_pieces(settings.clone(), file.as_bytes(), 7);
    assert_eq!(
        at_once.rejected_json(),
        step_by_step.rejected_json(),
        "{file}"
    );
    at_once
}

const WORDS: [&str; 52] = [
    "#N/A",
    "#NV",
    "#N/D",
    "#SAKNAS",
    "#WERT!",
    "#VALEUR !",
    "#¡VALOR!",
    "#VÄRDE!",
    "#NOM ?",
    "#¿NOMBRE?",
    "#NAMN?",
    "#BEZUG!",
    "#ZAHL!",
    "#NÚM!",
    "#-",
    "Err:502",
    "Err:522",
    "Fehler:502",
    "Fehler:522",
    "Err :502",
    "Fel:502",
    "[object Object]",
    "{\"richText\":[{\"text\":\"Ann\"}]}",
    "\\N",
    "NULL",
    "null",
    "(NULL)",
    "[NULL]",
    "<NA>",
    "NaN",
    "undefined",
    "(2 rows)",
    "{{name}}",
    "########",
    "#GETTING_DATA",
    "#BRAK",
    "#VALUE",
    "#SPILL",
    "#REF",
    "[]",
    "{}",
    "()",
    "NULL NULL",
    "Ann NULL",
    "Ann NULL Moreau",
    "NULL, NULL",
    "1 Main St NULL",
    "1 Main St null",
    "undefined undefined",
    "Rows: 2",
    "Total rows: 2",
    "Total: 50",
];

#[test]
fn what_a_program_wrote_is_no_name_no_message_and_no_street() {
    let parcel = ImportSettings::new(PhysicalShipment);
    let quoted = |word: &str| format!("\"{}\"", word.replace('"', "\"\""));
    for word in WORDS.map(quoted) {
        let file = format!(
            "Email;Product;Value;Name;Message\na@b.co;CVS;25;{word};\nb@b.co;CVS;25;Ann;{word}\n"
        );
        let expected = ["2 Name invalid_type", "3 Message invalid_type"];
        assert_eq!(
            rejected(&read(&ImportSettings::new(DigitalDelivery), &file)),
            expected,
            "{word}"
        );

        let header = "Name;Address;City;State;Zip;Country;Shipping Method;Product;Value";
        let file = format!(
            "{header}\nAnn;{word};Rome;NY;10001;US;1;CVS;25\nAnn;1 Main St;{word};NY;10001;US;1;CVS;25\nAnn;1 Main St;Rome;NY;{word};US;1;CVS;25\n"
        );
        let told = rejected(&read(&parcel, &file));
        assert_eq!(
            told,
            [
                "2 Address invalid_type",
                "3 City invalid_type",
                "4 Zip invalid_type"
            ],
            "{word}"
        );
    }
}

#[test]
fn what_a_program_wrote_is_no_part_of_a_name_either() {
    for (first, last) in [
        ("Ann", "NULL"),
        ("Ann", "#N/A"),
        ("Err:508", "Lima"),
        ("null", "null"),
        ("Ann", "[object Object]"),
        ("Ann", "\\N"),
    ] {
        let file =
            format!("Email,Product,Value,First Name,Last Name\na@b.co,CVS,25,{first},{last}\n");
        let report = read(&ImportSettings::new(DigitalDelivery), &file);
        assert_eq!(report.rejected_count(), 1, "{first} {last}");
        assert_eq!(report.accepted().rows().len(), 0, "{first} {last}");
    }
}

#[test]
fn names_that_look_like_such_words_stay() {
    for name in [
        "NA",
        "Na",
        "Null",
        "None",
        "Nan",
        "N",
        "(Ann)",
        "Ann #1",
        "Error Flynn",
    ] {
        let file = format!("Email,Product,Value,Name\na@b.co,CVS,25,{name}\n");
        assert_eq!(
            rejected(&read(&ImportSettings::new(DigitalDelivery), &file)),
            [""; 0],
            "{name}"
        );
    }
}

#[test]
fn what_stands_below_a_list_of_links_buys_no_card() {
    let mut settings = ImportSettings::new(Links);
    settings
        .read_defaults(br#"{"ProductId":"CVS","Value":25}"#)
        .unwrap();
    for footer in [
        "(2 rows)",
        "(5 rows)",
        "(2 rows affected)",
        "(1 row)",
        "(2 Zeilen)",
        "2 rows in set (0.01 sec)",
        "14 rows selected.",
        "Total",
        "Gesamtergebnis",
        "Total: 50",
        "TOTAL (2)",
        "Sum: 50.00",
        "(2 filas afectadas)",
        "(2 tuples)",
        "(0.01 sec)",
        "\\.",
        "Count",
        "-----",
        "(blank)",
    ] {
        let report = read(&settings, &format!("Name,Team\nAnn,A\nBob,B\n{footer}\n"));
        assert_eq!(
            (report.accepted().rows().len(), report.rejected_count()),
            (2, 1),
            "{footer}"
        );
        let report = read(&settings, &format!("Team,Name\nA,Ann\nB,Bob\n{footer}\n"));
        assert_eq!(
            (report.accepted().rows().len(), report.rejected_count()),
            (2, 1),
            "{footer}"
        );
    }
    // A line of dashes below the header, as sqlcmd writes it.
    let report = read(&settings, "Name,Team\n----,----\nAnn,A\n");
    assert_eq!(
        (rejected(&report), report.accepted().rows().len()),
        (vec!["2 - required".to_owned()], 1)
    );
}

#[test]
fn rows_without_any_text_below_the_last_are_no_rows() {
    let report = read(
        &ImportSettings::new(Links),
        "Product,Value\nCVS,25\n,\n  ,\u{200b}\nCVS,30\n,\n\"\",\" \"\n\n,\n",
    );
    assert_eq!(report.rows(), 4);
    assert_eq!(rejected(&report), ["3 - required", "4 - required"]);

    let million = ",\n".repeat(1_200_000);
    let report = import(
        ImportSettings::new(Links),
        format!("Product,Value\nCVS,25\n{million}"),
    );
    assert_eq!((report.rows(), report.rejected_count()), (1, 0));
}
