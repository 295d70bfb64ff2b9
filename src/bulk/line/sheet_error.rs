//! Errors of spreadsheets, as a cell shows them: formulas that cannot be worked out.

use crate::bulk::columns::words::{is_among, is_letter, key};
use crate::catalog::lower;

/// Errors without `!` or `?` at their end, as their letters: not available, in the languages of spreadsheets.
const ERRORS: &str = "na nv nd nb it saknas puuttuu hianyzik yok нд nenikdispozici brak";

/// Their other names, which without the mark at their end are errors only in capitals.
const NAMES: &str = "ref value name num div0 null spill calc error field blocked connect busy unknown python wert bezug zahl uberlauf valeur nom nombre valor arg adr liczba nazwa dziel0";

/// What stands in front of the number of an error in LibreOffice.
const ERROR_WORDS: &str = "err fehler fel fejl feil fout erro erreur errore error blad chyba hiba virhe hata ошибка エラー 错误";

/// `#REF!`, `#¡VALOR!`, `#NOM ?`, `#NV`, `#####`: capitals between a number sign and its end.
pub(super) fn is_error(cell: &str) -> bool {
    let Some(rest) = cell.strip_prefix('#') else {
        return false;
    };
    if is_among(ERRORS, &key(rest))
        || rest == "-"
        || !rest.is_empty() && rest.bytes().all(|byte| byte == b'#')
    {
        return true;
    }
    let is_capital = |character: char| {
        is_no_small_letter(character) && !character.is_whitespace() && character != '#'
    };
    let Some(word) = rest.strip_suffix(['!', '?']) else {
        // `#GETTING_DATA`, while a sheet asks for its data.
        let is_name = || rest.bytes().any(|byte| byte == b'_') && rest.chars().any(is_letter);
        return rest.chars().all(is_capital) && (is_among(NAMES, &key(rest)) || is_name());
    };
    let word = word.trim_end().trim_start_matches(['¡', '¿']);
    is_among(NAMES, &key(word))
        || word.chars().count() < 16 && !word.is_empty() && word.chars().all(is_capital)
}

/// Whether a character is a capital, or no letter.
fn is_no_small_letter(character: char) -> bool {
    lower(character) != character || !is_letter(character)
}

/// `Err:502`, `Fehler:522`, `Err :502`.
pub(super) fn is_numbered_error(cell: &str) -> bool {
    let [word @ .., b':', b'5', b'0'..=b'9', b'0'..=b'9'] = cell.as_bytes() else {
        return false;
    };
    let word = cell.get(..word.len()).unwrap_or_default();
    is_among(ERROR_WORDS, &key(word))
}
