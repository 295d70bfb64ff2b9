//! How many rows of lists as people write them the fast path takes: what it gives up costs five times as long.

use std::fs;

use super::digital;

/// Lists by kind: a row of each, in which `{}` is a number.
const KINDS: [(&str, &str); 4] = [
    (
        "plain",
        "ann{}@example.com,CVS,25,1,Ann Lee,Acme,hr@acme.example,\"Thank you, Ann\"",
    ),
    (
        "accents",
        "jose{}@example.com,CVS,25.50,1,José Núñez,Acme,hr@acme.example,\"À très bientôt, José – merci\"",
    ),
    (
        "quotes",
        "ann{}@example.com,CVS,25,1,\"Lee, Ann\",Acme,hr@acme.example,\"Hello \"\"Ann\"\",\r\nenjoy \"\"it\"\"\"",
    ),
    (
        "script",
        "taro{}@example.com,CVS,25,1,山田 太郎,Acme,hr@acme.example,いつもありがとうございます。Με εκτίμηση",
    ),
];

/// A list of each kind; those of the bench where it says in which folder they are.
fn lists() -> Vec<(String, Vec<u8>)> {
    if let Some(folder) = std::env::var_os("LISTS") {
        let files = fs::read_dir(folder)
            .unwrap()
            .map(|file| file.unwrap().path());
        return files
            .map(|path| {
                (
                    path.file_stem().unwrap().to_str().unwrap().to_owned(),
                    fs::read(&path).unwrap(),
                )
            })
            .collect();
    }
    let header = "Email,Product Id,Value,Quantity,To,From Name,From Email,Message\r\n";
    let of = |row: &str| {
        (0..2_000)
            .map(|number| row.replace("{}", &number.to_string()) + "\r\n")
            .collect::<String>()
    };
    KINDS
        .map(|(kind, row)| (kind.to_owned(), [header, &of(row)].concat().into_bytes()))
        .into()
}

#[test]
fn nearly_every_row_that_people_write_is_read_on_the_fast_path() {
    for (kind, list) in lists() {
        let report = digital(&list);

        let share = report.fast_rows() * 10_000 / report.rows();
        println!("{kind}: {}.{:02} %", share / 100, share % 100);
        assert_eq!(report.rejected_count(), 0, "{kind}");
        assert!(share > 9_900, "{kind}: {share}");
    }
}
