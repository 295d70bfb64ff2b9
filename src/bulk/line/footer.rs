//! What stands below a list: how many rows it has, its sum, how long it took.

use crate::bulk::columns::words::{is_among, key, parted, parts};

/// Rows, as programs count them below a list.
const ROWS: &str = "row rows rowsaffected rowaffected rowsselected zeile zeilen ligne lignes fila filas riga righe linha linhas rij rijen wiersz wiersze wierszy rowsinset rowinset rowsreturned rowsfetched record records recordsselected";

/// What they call the sum below a list.
pub(in crate::bulk) const SUMS: &str = "total totals grandtotal subtotal sum summe gesamt gesamtsumme gesamtergebnis zwischensumme totalgeneral soustotal somme totale totalegenerale suma summa totalgeral totaal eindtotaal razem average count rowcount recordcount anzahl toplam yhteensa osszesen celkem итого всего строк разом 合計 小計 総計 总计 合计 總計 합계 件数 行数 σύνολο ukupno insgesamt gesamtbetrag ialt overall somma subtotaal lacznie ogolem totalt eof endoffile endofreport endoflist";

/// What else they count, said only in parentheses: `(2 tuples)`.
const COUNTED: &str = "tuple tuples document documents";

/// Whether a text ends in a colon and a number: `Err:502`, `Rows: 2`.
pub(super) fn has_number_behind_colon(cell: &[u8]) -> bool {
    let mut rest = cell;
    while let [before @ .., b'0'..=b'9' | b' '] = rest {
        rest = before;
    }
    matches!(rest, [.., b':'])
}

/// Whether a number stands before a word that begins as those for rows do.
pub(super) fn may_count_rows(cell: &[u8]) -> bool {
    let digits = cell.iter().take_while(|byte| byte.is_ascii_digit()).count();
    match cell.get(digits..) {
        Some([b' ', first, ..]) => {
            matches!(first.to_ascii_lowercase(), b'r' | b'z' | b'l' | b'f' | b'w')
        }
        _ => false,
    }
}

/// `2 rows`, `1 row`, `2 rows affected`, `5 rows in set`.
pub(super) fn is_count_of_rows(text: &str) -> bool {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let rest = text.get(digits..).unwrap_or_default();
    let words = rest.split(['(', ',']).next().unwrap_or_default();
    digits > 0 && is_among(ROWS, &key(words))
}

/// `Rows: 2`, `Total rows: 2`, `Nombre de lignes : 2`, `Total: 50`.
pub(super) fn is_counted_footer(cell: &str) -> bool {
    cell.ends_with(|character: char| character.is_ascii_digit())
        && has_number_behind_colon(cell.as_bytes())
        && names_rows(cell)
}

/// Whether a text names rows or their sum, perhaps with its figure, and nothing else: `Total des lignes`.
pub(in crate::bulk) fn names_rows(text: &str) -> bool {
    const COUNTERS: &str = "all number of the nombre numero numerode des de del der die do no nr in amount amounts value values recipients gift cards orders items";

    let mut names_one = false;
    let is_known = parted(text).all(|word| {
        let key = key(word);
        let is_one = is_among(ROWS, &key) || is_among(SUMS, &key);
        names_one |= is_one;
        is_one || is_among(COUNTERS, &key) || key.iter().all(u8::is_ascii_digit)
    });
    is_known && names_one
}

/// `2 filas afectadas`, `2 rows x 3 columns`: inside parentheses the word behind the number is enough.
pub(super) fn counts_rows(inside: &str) -> bool {
    let mut words = parts(inside).filter(|word| !word.is_empty());
    let is_number = |word: &str| word.bytes().all(|byte| byte.is_ascii_digit());
    is_count_of_rows(inside)
        || words.next().is_some_and(is_number)
            && words.next().is_some_and(|word| {
                let word = key(word);
                is_among(ROWS, &word) || is_among(COUNTED, &word)
            })
}

/// `0.01 sec`, as a database tells how long it took.
pub(super) fn is_duration(inside: &str) -> bool {
    inside.strip_suffix(" sec").is_some_and(|number| {
        number
            .bytes()
            .all(|byte| matches!(byte, b'0'..=b'9' | b'.'))
    })
}
