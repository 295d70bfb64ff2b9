//! The check of the crates: licences and sources of all of them, and no second version of one in the wasm.
//!
//! cargo-deny does this and more, and is run where it is installed. Building it takes five minutes of a processor, which is too long
//! for a check; so this is what must hold on every machine, by the list in deny.toml.

use std::process::Command;

use anyhow::{Context, Result, bail, ensure};

use crate::crates::{Crate, all, shipped};
use crate::process::{answer, cargo, quiet};
use crate::workspace::{Workspace, read_text};

const REGISTRY: &str = "registry+https://github.com/rust-lang/crates.io-index";

pub fn check(workspace: &Workspace) -> Result<()> {
    let allowed = allowed(&read_text(&workspace.path("deny.toml"))?)?;
    let crates = all(workspace)?;
    let mut faults: Vec<String> = crates
        .iter()
        .filter_map(|one| fault(one, &allowed))
        .collect();
    let shipped = shipped(workspace)?;
    for (one, next) in shipped.iter().zip(shipped.iter().skip(1)) {
        if one.name == next.name {
            faults.push(format!(
                "{} is in the wasm twice: {} and {}",
                one.name, one.version, next.version
            ));
        }
    }
    ensure!(faults.is_empty(), "{}", faults.join("\n"));
    println!(
        "  {} crates, {} of them in the wasm, all from crates.io and on terms that deny.toml allows",
        crates.len(),
        shipped.len()
    );
    cargo_deny(workspace)
}

/// cargo-deny itself, where there is one; the advisories too, where their database can be had.
fn cargo_deny(workspace: &Workspace) -> Result<()> {
    let Ok(version) = answer(Command::new("cargo-deny").arg("--version")) else {
        println!("  not run: cargo-deny, which is not installed");
        return Ok(());
    };
    let check = |what: &[&str]| {
        quiet(
            workspace,
            cargo(workspace)
                .args([
                    "deny",
                    "--workspace",
                    "check",
                    "--allow",
                    "license-not-encountered",
                ])
                .args(what),
        )
    };
    check(&["licenses", "bans", "sources"])?;
    println!("  {version}: licences, bans and sources are in order");
    match check(&["advisories"]) {
        Ok(()) => println!("  {version}: no advisory"),
        Err(error) if format!("{error}").contains("failed to fetch advisory database") => {
            println!("  not run: advisories, whose database cannot be reached");
        }
        Err(error) => return Err(error),
    }
    Ok(())
}

/// What is wrong with a crate, if anything.
fn fault(one: &Crate, allowed: &[String]) -> Option<String> {
    let Crate { name, version, .. } = one;
    match &one.source {
        Some(source) if source != REGISTRY => {
            return Some(format!("{name} {version} is not from crates.io: {source}"));
        }
        _ => {}
    }
    match permits(&one.licence, allowed) {
        Ok(true) => None,
        Ok(false) => Some(format!(
            "{name} {version} is under {}, which deny.toml does not allow",
            one.licence
        )),
        Err(error) => Some(format!("{name} {version}: {error}")),
    }
}

/// The list `allow = […]` of deny.toml.
fn allowed(toml: &str) -> Result<Vec<String>> {
    let (_, rest) = toml
        .split_once("\nallow = [")
        .context("deny.toml has no allow = [")?;
    let (list, _) = rest
        .split_once(']')
        .context("deny.toml's list has no end")?;
    let names = list.split(',').map(|name| name.trim().trim_matches('"'));
    Ok(names
        .filter(|name| !name.is_empty())
        .map(str::to_owned)
        .collect())
}

/// Whether an SPDX expression can be met with these licences. `/` is how OR was once written.
fn permits(expression: &str, allowed: &[String]) -> Result<bool> {
    let spaced = expression
        .replace('/', " OR ")
        .replace('(', " ( ")
        .replace(')', " ) ");
    let words: Vec<&str> = spaced.split_whitespace().collect();
    let (met, rest) = either(&words, allowed)?;
    ensure!(rest.is_empty(), "cannot read the licence {expression:?}");
    Ok(met)
}

type Met<'a, 'b> = (bool, &'a [&'b str]);

fn either<'a, 'b>(words: &'a [&'b str], allowed: &[String]) -> Result<Met<'a, 'b>> {
    let (mut met, mut rest) = both(words, allowed)?;
    while let ["OR", after @ ..] = rest {
        let (other, left) = both(after, allowed)?;
        (met, rest) = (met || other, left);
    }
    Ok((met, rest))
}

fn both<'a, 'b>(words: &'a [&'b str], allowed: &[String]) -> Result<Met<'a, 'b>> {
    let (mut met, mut rest) = one(words, allowed)?;
    while let ["AND", after @ ..] = rest {
        let (other, left) = one(after, allowed)?;
        (met, rest) = (met && other, left);
    }
    Ok((met, rest))
}

fn one<'a, 'b>(words: &'a [&'b str], allowed: &[String]) -> Result<Met<'a, 'b>> {
    let is_allowed = |name: &str| allowed.iter().any(|allowed| allowed == name);
    match words {
        ["(", inside @ ..] => match either(inside, allowed)? {
            (met, [")", rest @ ..]) => Ok((met, rest)),
            _ => bail!("a licence has a parenthesis that is not closed"),
        },
        [name, "WITH", exception, rest @ ..] => {
            Ok((is_allowed(&format!("{name} WITH {exception}")), rest))
        }
        [name, rest @ ..] => Ok((is_allowed(name), rest)),
        [] => bail!("it names no licence"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn met(expression: &str) -> Option<bool> {
        let allowed = ["MIT", "Zlib", "Apache-2.0 WITH LLVM-exception"].map(str::to_owned);
        permits(expression, &allowed).ok()
    }

    #[test]
    fn one_of_the_choices_is_enough() {
        assert_eq!(met("GPL-3.0 OR MIT"), Some(true));
        assert_eq!(met("GPL-3.0/MIT"), Some(true));
        assert_eq!(met("GPL-3.0 OR LGPL-2.1"), Some(false));
    }

    #[test]
    fn what_is_joined_must_all_be_allowed() {
        assert_eq!(met("MIT AND Zlib"), Some(true));
        assert_eq!(met("(GPL-3.0 OR MIT) AND Unicode-3.0"), Some(false));
        assert_eq!(met("GPL-3.0 OR MIT AND Zlib"), Some(true));
    }

    #[test]
    fn an_exception_belongs_to_its_licence() {
        assert_eq!(met("Apache-2.0 WITH LLVM-exception"), Some(true));
        assert_eq!(met("Apache-2.0"), Some(false));
    }

    #[test]
    fn no_licence_is_a_fault() {
        assert_eq!(met(""), None);
        assert_eq!(met("(MIT"), None);
        assert_eq!(met("MIT MIT"), None);
    }

    #[test]
    fn the_list_is_read_from_deny_toml() -> Result<()> {
        let toml = "[licenses]\nallow = [\n  \"MIT\",\n  \"Zlib\",\n]\n";

        assert_eq!(allowed(toml)?, ["MIT", "Zlib"]);
        Ok(())
    }
}
