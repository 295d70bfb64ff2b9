//! Short names for what a wasm exports, in the wasm and where the glue calls it: wasm-bindgen's are twice in each download and hold hashes,
//! 0.8 KB of everything after gzip, measured. They are known by how the glue calls all of them, `wasm.name`; without this file nothing else changes.

use std::collections::HashMap;

/// What our own scripts call by its name.
const OURS: [&str; 3] = ["memory", "refusedBytes", "__wbindgen_start"];

/// The short name of each export that the glue calls.
pub fn of(glue: &str) -> HashMap<&str, String> {
    let mut names = HashMap::new();
    for name in calls(glue).map(|(_, name)| name) {
        if OURS.contains(&name) {
            continue;
        }
        let number = names.len();
        names.entry(name).or_insert_with(|| short(name, number));
    }
    names
}

/// The glue, calling them so.
pub fn renamed(glue: &str) -> String {
    let names = of(glue);
    let mut renamed = String::with_capacity(glue.len());
    let mut copied = 0;
    for (at, name) in calls(glue) {
        renamed.push_str(&glue[copied..at]);
        renamed.push_str(names.get(name).map_or(name, String::as_str));
        copied = at + name.len();
    }
    renamed + &glue[copied..]
}

/// The exports that a glue calls, and where each name stands.
fn calls(glue: &str) -> impl Iterator<Item = (usize, &str)> {
    const OBJECT: &str = "wasm.";
    let is_part =
        |character: char| character.is_ascii_alphanumeric() || matches!(character, '_' | '$');
    glue.match_indices(OBJECT).filter_map(move |(at, _)| {
        let at_name = at + OBJECT.len();
        let behind = &glue[at_name..];
        let end = behind
            .find(|character| !is_part(character))
            .unwrap_or(behind.len());
        let is_object = !glue[..at].ends_with(is_part);
        (is_object && end > 0).then(|| (at_name, &behind[..end]))
    })
}

/// By these words shared/trap.js knows what promises and the garbage collector call.
fn short(name: &str, number: usize) -> String {
    if name.contains("closure") {
        return format!("closure{number}");
    }
    if name.ends_with("_free") {
        return format!("a{number}_free");
    }
    let letter = |index: usize| char::from(b"abcdefghijklmnopqrstuvwxyz"[index % 26]);
    match number / 26 {
        0 => String::from(letter(number)),
        tens => String::from_iter([letter(tens - 1), letter(number)]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const GLUE: &str = "/** wasm. */ wasm.catalog_from(a); wasm.x_closures_y_(b); wasm.memory.buffer; wasm.__wbg_catalog_free(c); _wasm.catalog_from; wasm.catalog_from";

    #[test]
    fn a_glue_calls_each_by_its_short_name_but_for_what_our_scripts_know() {
        assert_eq!(
            renamed(GLUE),
            "/** wasm. */ wasm.a(a); wasm.closure1(b); wasm.memory.buffer; wasm.a2_free(c); _wasm.catalog_from; wasm.a"
        );
        assert_eq!(of(GLUE).len(), 3);
    }

    #[test]
    fn no_two_of_a_hundred_have_the_same_name() {
        let names: std::collections::HashSet<_> =
            (0..100).map(|number| short("x", number)).collect();
        assert_eq!(names.len(), 100);
    }
}
