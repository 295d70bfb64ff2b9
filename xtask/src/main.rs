//! The commands of this repository. `cargo xtask help` lists them.

mod artifact;
mod bench;
mod boundary;
mod browser;
mod build;
mod checks;
mod compile;
mod crates;
mod demo;
mod examples;
mod export_names;
mod fingerprint;
mod folders;
mod handbook;
mod imports;
mod inline;
mod join;
mod licences;
mod node;
mod npm_checks;
mod package;
mod packaging;
mod process;
mod recode;
mod reorder;
mod rust_checks;
mod seam;
mod sizes;
mod snip;
mod step;
mod third_party;
mod toolchain;
mod unpacker;
mod workspace;
mod www;

use std::env;
use std::process::ExitCode;

use anyhow::Result;

use workspace::Workspace;

const USAGE: &str = "\
cargo xtask build [-v]            the npm package: target/npm/giftcard-partners-<version>.tgz
cargo xtask bench [--quick] [word…]
                                  measures it against its peers; without words it writes tests/bench/RESULTS.md
cargo xtask demo [--open]         builds, then shows the package at work, offline; then opens the order desk
cargo xtask www [--port number]   builds and serves the order desk, a page that shows the whole job (8080)
cargo xtask test [-v] [word…]     every check; with words, those whose name contains one
cargo xtask help                  this page

-v shows what the tools print; otherwise it is shown only where one fails.";

fn main() -> ExitCode {
    let words: Vec<String> = env::args().skip(1).collect();
    run(&words).unwrap_or_else(|error| {
        eprintln!("{error:#}");
        ExitCode::FAILURE
    })
}

fn run(words: &[String]) -> Result<ExitCode> {
    let (command, rest) = match words.split_first() {
        Some((command, rest)) => (command.as_str(), rest),
        None => ("help", &[][..]),
    };
    match (command, flags(rest)) {
        ("build", Some((verbose, words))) if words.is_empty() => {
            build::build(&Workspace::find(verbose)?)?;
            Ok(ExitCode::SUCCESS)
        }
        ("test", Some((verbose, words))) => {
            let passed = checks::test(&Workspace::find(verbose)?, &words)?;
            Ok(if passed {
                ExitCode::SUCCESS
            } else {
                ExitCode::FAILURE
            })
        }
        ("bench", _) => {
            bench::bench(&Workspace::find(false)?, rest)?;
            Ok(ExitCode::SUCCESS)
        }
        ("demo", _) => demo::demo(&Workspace::find(false)?, rest),
        ("www", _) => www::www(&Workspace::find(false)?, rest),
        (boundary::RUNNER, _) => {
            boundary::runner(words)?;
            Ok(ExitCode::SUCCESS)
        }
        ("help" | "-h" | "--help", _) => {
            println!("{USAGE}");
            Ok(ExitCode::SUCCESS)
        }
        _ => {
            eprintln!("{USAGE}");
            Ok(ExitCode::from(2))
        }
    }
}

/// Whether -v was given, and the other words; nothing if there is a flag that we do not know.
fn flags(words: &[String]) -> Option<(bool, Vec<String>)> {
    let is_flag = |word: &String| word.starts_with('-');
    let (flags, words): (Vec<String>, Vec<String>) = words.iter().cloned().partition(is_flag);
    let known = flags.iter().all(|flag| flag == "-v" || flag == "--verbose");
    known.then_some((!flags.is_empty(), words))
}
