//! `cargo xtask test`: every check there is, one after the other, whatever fails.

use std::time::{Duration, Instant};

use anyhow::{Result, anyhow, ensure};

use crate::build::build;
use crate::step::{mark, seconds};
use crate::workspace::Workspace;
use crate::{bench, boundary, examples, npm_checks, packaging, rust_checks, www};

/// What a check does.
type Work = Box<dyn Fn(&Workspace) -> Result<()>>;

/// One thing that is checked.
pub struct Check {
    pub name: String,
    pub needs_package: bool,
    pub work: Work,
}

impl Check {
    pub fn new(name: impl Into<String>, work: impl Fn(&Workspace) -> Result<()> + 'static) -> Self {
        Self {
            name: name.into(),
            needs_package: false,
            work: Box::new(work),
        }
    }

    /// A check of what the build makes: pointless when the build failed.
    pub fn of_package(
        name: impl Into<String>,
        work: impl Fn(&Workspace) -> Result<()> + 'static,
    ) -> Self {
        Self {
            needs_package: true,
            ..Self::new(name, work)
        }
    }
}

struct Verdict {
    name: String,
    passed: bool,
    time: Duration,
}

const BUILD: &str = "build";

/// Runs the checks whose names contain one of the words, or all of them; says whether all passed.
pub fn test(workspace: &Workspace, words: &[String]) -> Result<bool> {
    let checks = chosen(all(), words);
    ensure!(
        !checks.is_empty(),
        "no check's name contains {}",
        words.join(" or ")
    );

    let mut verdicts: Vec<Verdict> = Vec::new();
    for check in &checks {
        let unbuilt = verdicts
            .iter()
            .any(|verdict| verdict.name == BUILD && !verdict.passed);
        verdicts.push(run(workspace, check, unbuilt));
    }
    println!("\n{}", summary(&verdicts));
    Ok(verdicts.iter().all(|verdict| verdict.passed))
}

fn all() -> Vec<Check> {
    let mut checks = rust_checks::checks();
    checks.push(Check::new(BUILD, build));
    checks.extend(boundary::checks());
    checks.extend(npm_checks::checks());
    checks.extend(examples::checks());
    checks.extend(www::checks());
    checks.extend(packaging::checks());
    checks.extend(bench::checks());
    checks
}

/// The checks that are asked for, and the build if one of them needs it.
fn chosen(mut checks: Vec<Check>, words: &[String]) -> Vec<Check> {
    if words.is_empty() {
        return checks;
    }
    let asked = |check: &Check| words.iter().any(|word| check.name.contains(word.as_str()));
    let needs_package = checks
        .iter()
        .any(|check| asked(check) && check.needs_package);
    checks.retain(|check| asked(check) || (needs_package && check.name == BUILD));
    checks
}

fn run(workspace: &Workspace, check: &Check, unbuilt: bool) -> Verdict {
    println!("\n── {}", check.name);
    let started = Instant::now();
    let result = match check.needs_package && unbuilt {
        true => Err(anyhow!("not run: there is no package, the build failed")),
        false => (check.work)(workspace),
    };
    let verdict = Verdict {
        name: check.name.clone(),
        passed: result.is_ok(),
        time: started.elapsed(),
    };
    if let Err(error) = result {
        println!("{error:#}");
    }
    println!("{}", line(&verdict, 0));
    verdict
}

/// A line for each check, and as the last line the count.
fn summary(verdicts: &[Verdict]) -> String {
    let width = verdicts
        .iter()
        .map(|verdict| verdict.name.len())
        .max()
        .unwrap_or(0);
    let passed = verdicts.iter().filter(|verdict| verdict.passed).count();
    let mut lines: Vec<_> = verdicts
        .iter()
        .map(|verdict| line(verdict, width))
        .collect();
    lines.push(format!(
        "{passed} passed, {} failed",
        verdicts.len() - passed
    ));
    lines.join("\n")
}

fn line(verdict: &Verdict, width: usize) -> String {
    format!(
        "  {} {:width$}  {}",
        mark(verdict.passed),
        verdict.name,
        seconds(verdict.time)
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn verdict(name: &str, passed: bool) -> Verdict {
        Verdict {
            name: name.to_owned(),
            passed,
            time: Duration::from_millis(1_250),
        }
    }

    #[test]
    fn the_last_line_of_the_summary_counts() {
        let text = summary(&[
            verdict("fmt", true),
            verdict("clippy", false),
            verdict("doc", true),
        ]);

        assert_eq!(text.lines().last(), Some("2 passed, 1 failed"));
    }

    #[test]
    fn a_check_of_the_package_brings_the_build_along() {
        let chosen = chosen(all(), &["contract".to_owned()]);

        let names: Vec<_> = chosen.iter().map(|check| check.name.as_str()).collect();
        assert_eq!(names, ["build", "contract"]);
    }
}
