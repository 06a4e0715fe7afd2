//! `hcpcs search`: answers a question.

use std::path::PathBuf;

use super::args::SearchArguments;
use super::print::{self, CODE, DIM, Failure, HEADING, Outcome, Printer, WARNING};
use super::search_hit::{CODE_WIDTH, print_hit};
use super::{Run, folders, output};
use hcpcs::search::{AnswerRow, AskedCode, AskedVerdict, FILTERS, FacetCount};
use hcpcs::{Answer, Query, counted};

pub(crate) fn run(
    arguments: &SearchArguments,
    index: Option<PathBuf>,
    printer: &mut Printer,
) -> Run {
    let mut query = Query::try_from(arguments)?;
    let searcher = folders::open(index)?;
    let mut answer = searcher.search(&query)?;
    let format = &arguments.format;
    // A list without words is complete data, not a page.
    let is_list = !answer.asked.is_empty() || query.text.trim().is_empty();
    if is_list && query.limit.is_none() && (format.csv || format.jsonl) {
        query.limit = Some(usize::MAX);
        answer = searcher.search(&query)?;
    }
    if output::is_asked(format) {
        output::write(&answer, format, printer)?;
    } else {
        for row in answer.rows() {
            match row {
                AnswerRow::Hit(hit) => print_hit(hit, answer.dose.as_ref(), printer)?,
                AnswerRow::Without(asked) => print_without(asked, printer)?,
            }
        }
        print_facets(&answer, printer)?;
    }
    printer.finish()?;
    if let Some(scope) = answer
        .release_scope
        .as_deref()
        .filter(|_| format.csv || format.jsonl)
    {
        print::note(&print::release(&answer.release, Some(scope)));
    }
    say_more(&answer, output::is_asked(format));
    Ok(if answer.is_found() {
        Outcome::Found
    } else {
        Outcome::Nothing
    })
}

/// An item of a list of codes without a hit, with the codes that were possibly meant.
fn print_without(asked: &AskedCode, printer: &mut Printer) -> Result<(), Failure> {
    let indent = " ".repeat(CODE_WIDTH);
    let options = textwrap::Options::new(printer.width()).subsequent_indent(&indent);
    let name = format!("{CODE}{:<CODE_WIDTH$}{CODE:#}", asked.asked);
    let name = if asked.asked.chars().count() < CODE_WIDTH {
        name
    } else {
        name + "  "
    };
    let reason = asked.reason.as_deref().unwrap_or_default();
    let text = format!(
        "{name}{WARNING}{}{WARNING:#}: {reason}",
        asked.verdict.name()
    );
    for line in textwrap::wrap(&text, &options) {
        printer.line(line)?;
    }
    let options = options.initial_indent(&indent);
    for near in &asked.nearest {
        let text = format!(
            "{DIM}nearest {}{DIM:#}  {}",
            near.code, near.long_descriptor
        );
        for line in textwrap::wrap(&text, &options) {
            printer.line(line)?;
        }
    }
    Ok(())
}

fn print_facets(answer: &Answer, printer: &mut Printer) -> Result<(), Failure> {
    let Some(facets) = &answer.facets else {
        return Ok(());
    };
    for filter in &FILTERS {
        let (name, counts) = (filter.title, facets.of(filter.field));
        if counts.is_empty() {
            continue;
        }
        printer.line(format!("{HEADING}{name}{HEADING:#}"))?;
        for FacetCount {
            code,
            meaning,
            count,
        } in counts
        {
            let code = if code.is_empty() { "–" } else { code };
            let meaning = meaning.as_deref().unwrap_or_default();
            let options =
                textwrap::Options::new(printer.width()).subsequent_indent("                ");
            let line = format!("  {count:>5}  {code:<5}  {meaning}");
            for line in textwrap::wrap(line.trim_end(), options) {
                printer.line(line)?;
            }
        }
    }
    Ok(())
}

/// Prints on stderr what the answer is about, what it hides and what was cut.
fn say_more(answer: &Answer, is_data: bool) {
    for replacement in &answer.searched_instead {
        print::note(&format!(
            "no code has \"{}\"; searched for {} instead (turn off with --exact)",
            replacement.asked,
            replacement.instead.join(", ")
        ));
    }
    // The rows of a list already show it.
    if !answer.not_found.is_empty() && (is_data || answer.asked.is_empty()) {
        print::note(&format!("not found: {}", answer.not_found.join(", ")));
    }
    for notice in &answer.notices {
        print::note(notice);
    }
    if is_data {
        let shown = answer.hits.len();
        if shown < answer.total {
            let total = answer.total;
            print::note(&format!(
                "{shown} of {total} written (all with --limit all)"
            ));
        }
    } else {
        print::note(&summary(answer));
    }
    if answer.hidden > 0 {
        let ended = answer.hidden - answer.not_yet_valid;
        if ended > 0 {
            let (codes, match_) = plural(ended, "terminated code");
            print::note(&format!("{codes} also {match_} (--terminated)"));
        }
        if answer.not_yet_valid > 0 {
            let (codes, match_) = plural(answer.not_yet_valid, "code");
            print::note(&format!(
                "{codes} not valid yet also {match_} (--terminated)"
            ));
        }
    }
}

fn plural(count: usize, what: &str) -> (String, &'static str) {
    let verb = if count == 1 { "matches" } else { "match" };
    (counted(count, what), verb)
}

fn summary(answer: &Answer) -> String {
    let Answer {
        total,
        complete,
        release,
        release_scope,
        as_of,
        ..
    } = answer;
    let is_any_time = answer.hits.iter().any(|hit| hit.holds.is_some());
    let what = if is_any_time { "version" } else { "code" };
    let (codes, match_) = plural(*total, what);
    let words = if complete < total && *complete > 0 {
        format!(", {complete} with all the words")
    } else {
        String::new()
    };
    let shown = match answer.hits.as_slice() {
        [only] if *total > 1 => format!("; {} shown", only.rank),
        [first, .., last] if answer.hits.len() < *total => {
            format!("; {}–{} shown", first.rank, last.rank)
        }
        _ => String::new(),
    };
    let found = if let Some(verdicts) = verdicts(answer) {
        format!("{verdicts}{shown}")
    } else if *total == 0 {
        "no code matches".to_owned()
    } else {
        format!("{codes} {match_}{words}{shown}")
    };
    let release = print::release(release, release_scope.as_deref());
    format!("{found} · {release} · as of {as_of}")
}

/// For a list of codes: the number of items, and of each verdict.
fn verdicts(answer: &Answer) -> Option<String> {
    let asked = &answer.asked;
    match asked.as_slice() {
        [] => return None,
        [one] if one.verdict == AskedVerdict::Valid => return None,
        [one] => return Some(format!("{} is {}", one.asked, one.verdict.name())),
        _ => {}
    }
    let mut verdicts: Vec<AskedVerdict> = asked.iter().map(|own| own.verdict).collect();
    verdicts.sort_unstable();
    let counts = verdicts.chunk_by(|a, b| a == b).map(|same| {
        let name = same[0].name();
        format!("{} {name}", same.len())
    });
    let counts: Vec<String> = counts.collect();
    let mut text = format!("{} asked: {}", asked.len(), counts.join(", "));
    if asked.iter().any(|own| own.hits > 1) {
        text += &format!("; {}", plural(answer.total, "code").0);
    }
    Some(text)
}
