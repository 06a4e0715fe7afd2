//! Reports what was read of the sources, and what was not.

use std::path::Path;

use super::print;
use hcpcs::annotation;
use hcpcs::index::Sources;
use hcpcs::{Code, Skipped};

/// How many kinds of skipped lines are listed.
const MOST_REASONS: usize = 10;

/// Reports on stderr what was skipped, and other notices.
pub(crate) fn report(sources: &Sources) {
    for release in &sources.releases {
        let (skipped, unread) = (grouped(&release.skipped), grouped(&release.unread));
        report_one(&release.source, skipped, "line", "were skipped", &[]);
        let kept = "are kept as published";
        report_one(&release.source, unread, "value", kept, &release.notices);
        for damage in &release.damage {
            print::warning(&format!("{}: {damage}", release.source.display()));
        }
    }
    for annotations in &sources.annotations {
        let source = annotations.source();
        let skipped = source.skipped.iter();
        let skipped = skipped.map(|skipped| (skipped.line, skipped.reason.as_str()));
        report_one(
            &source.path,
            skipped,
            "row",
            "were skipped",
            &source.notices,
        );
    }
    let same = annotation::same_titles(&sources.annotations);
    if let [first, more @ ..] = same.as_slice() {
        print::warning(&format!("{first}{}", alike(more.len(), "title")));
    }
}

/// Reports what was skipped, a line for each kind of reason: the first line of that kind, and how
/// many there are.
fn report_one<'s>(
    path: &Path,
    skipped: impl Iterator<Item = (usize, &'s str)>,
    what: &str,
    fate: &str,
    notices: &[String],
) {
    let name = path.display();
    let mut kinds: Vec<(String, usize, &str, usize)> = Vec::new();
    for (line, reason) in skipped {
        let kind = kind(reason);
        match kinds.iter_mut().find(|(own, ..)| *own == kind) {
            Some((.., more)) => *more += 1,
            None => kinds.push((kind, line, reason, 0)),
        }
    }
    for (_, line, reason, more) in kinds.iter().take(MOST_REASONS) {
        print::warning(&format!(
            "{name}: line {line}: {reason}{}",
            alike(*more, what)
        ));
    }
    let others = kinds.iter().skip(MOST_REASONS).map(|(.., more)| more + 1);
    let others: usize = others.sum();
    if others > 0 {
        print::warning(&format!("{name}: {others} more {what}s {fate}"));
    }
    for notice in notices {
        print::note(&format!("{name}: {notice}"));
    }
}

fn grouped(lines: &[Skipped]) -> impl Iterator<Item = (usize, &str)> {
    lines.iter().map(|own| (own.line, own.reason.as_str()))
}

fn alike(more: usize, what: &str) -> String {
    match more {
        0 => String::new(),
        1 => format!("; so with 1 more {what}"),
        more => format!("; so with {more} more {what}s"),
    }
}

/// A reason without the codes and values that it names, so that equal faults have equal text.
fn kind(reason: &str) -> String {
    let (code, behind) = reason.split_once(": ").unwrap_or_default();
    let reason = if code.parse::<Code>().is_ok() {
        behind
    } else {
        reason
    };
    let words = reason.split('`').step_by(2);
    words.collect::<Vec<_>>().join("`")
}
