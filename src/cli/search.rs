//! `hcpcs search`: answers a question.

use std::path::PathBuf;

use hcpcs::codeset::Dose;
use hcpcs::search::{AnswerRow, AskedCode, AskedVerdict, FacetCount, Reason};
use hcpcs::{Answer, Hit, Query, Status};

use super::alike::differs;
use super::args::SearchArguments;
use super::changed::releases;
use super::look::Look;
use super::print::{self, CODE, DIM, Failure, HEADING, MATCH, Outcome, Printer, WARNING};
use super::{Run, output, place};

/// The width of a code, in columns.
const CODE_WIDTH: usize = 7;

pub(crate) fn run(
    arguments: &SearchArguments,
    index: Option<PathBuf>,
    printer: &mut Printer,
) -> Run {
    let mut query = Query::try_from(arguments)?;
    let searcher = place::open(index)?;
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

fn print_hit(hit: &Hit, dose: Option<&Dose>, printer: &mut Printer) -> Result<(), Failure> {
    let indent = " ".repeat(CODE_WIDTH);
    let dim = if hit.status == Status::Terminated {
        Some(DIM)
    } else {
        None
    };
    let marked = marked(&hit.long_descriptor, &hit.highlights.long_descriptor, dim);
    let head = format!("{CODE}{:<CODE_WIDTH$}{CODE:#}", hit.code);
    let options = textwrap::Options::new(printer.width()).subsequent_indent(&indent);
    for line in textwrap::wrap(&format!("{head}{marked}"), &options) {
        printer.line(line)?;
    }
    let options = options.initial_indent(&indent);
    let facts = facts(hit);
    for line in textwrap::wrap(&facts, &options) {
        printer.line(line)?;
    }
    if let (Some(units), Some(unit), Some(dose)) = (hit.units, &hit.unit, dose) {
        let noun = if units == 1 { "unit" } else { "units" };
        let billed = format!("{HEADING}{units} {noun}{HEADING:#} of {unit} for {dose}");
        for line in textwrap::wrap(&billed, &options) {
            printer.line(line)?;
        }
    }
    if !hit.why.is_empty() {
        let why = format!("{DIM}{}{DIM:#}", Reason::in_words(&hit.why));
        for line in textwrap::wrap(&why, &options) {
            printer.line(line)?;
        }
    }
    if !hit.lacks.is_empty() {
        let lacks = format!("{DIM}without: {}{DIM:#}", hit.lacks.join(", "));
        for line in textwrap::wrap(&lacks, &options) {
            printer.line(line)?;
        }
    }
    if let Some(alike) = &hit.alike {
        // This describes the hit relative to the other, so the order is reversed.
        let differs = differs(&alike.has_not, &alike.has);
        let differs = format!("{DIM}as {}, {differs}{DIM:#}", alike.code);
        for line in textwrap::wrap(&differs, &options) {
            printer.line(line)?;
        }
    }
    if let Some(explanation) = &hit.explanation {
        for part in &explanation.parts {
            printer.line(format!("{indent}{:>8.3}  {}", part.counts, part.what))?;
        }
        printer.line(format!("{indent}{:>8.3}  score", explanation.score))?;
    }
    Ok(())
}

/// A text with its matched words highlighted, dimmed if the code has ended.
fn marked(text: &str, places: &[(usize, usize)], dim: Option<Look>) -> String {
    let mut out = String::with_capacity(text.len() + 32);
    let begin = dim.map_or_else(String::new, |look| look.to_string());
    let end = dim.map_or_else(String::new, |look| format!("{look:#}"));
    out += &begin;
    for (at, char) in text.chars().enumerate() {
        if places.iter().any(|(start, _)| *start == at) {
            out += &format!("{end}{MATCH}");
        }
        out.push(char);
        if places.iter().any(|(_, end)| *end == at + 1) {
            out += &format!("{MATCH:#}{begin}");
        }
    }
    out + &end
}

/// What a coder asks next about a code: is it valid, is it covered, what kind of thing is it.
fn facts(hit: &Hit) -> String {
    let mut facts = Vec::new();
    match (hit.status, hit.added, hit.terminated) {
        (Status::Valid, Some(added), None) => facts.push(format!("valid since {added}")),
        (Status::Valid, _, Some(end)) => {
            facts.push(format!("{WARNING}valid until {end}{WARNING:#}"));
        }
        (Status::Valid, ..) => facts.push("valid, no added date given".to_owned()),
        (Status::Terminated, _, Some(end)) => {
            facts.push(format!("{WARNING}terminated {end}{WARNING:#}"));
        }
        (Status::NotYetValid, Some(added), _) => {
            facts.push(format!("{WARNING}valid from {added}{WARNING:#}"));
        }
        (status, ..) => facts.push(format!("{WARNING}{}{WARNING:#}", status.name())),
    }
    facts.extend(hit.published.as_ref().map(ToString::to_string));
    for own in &hit.successors {
        facts.push(format!("successor {}, {}", own.target, own.standing.name()));
    }
    for coded in [&hit.coverage, &hit.betos].into_iter().flatten() {
        let meaning = coded.meaning().unwrap_or("not listed");
        facts.push(format!("{} {meaning}", coded.code()));
    }
    if let Some(held) = &hit.holds {
        facts.push(releases(held));
    }
    if hit.not_otherwise_classified == Some(true) {
        facts.push("NOC, needs a narrative".to_owned());
    }
    if hit.reissued {
        facts.push(format!(
            "{WARNING}meant something else at another time{WARNING:#}"
        ));
    }
    facts.join(" · ")
}

fn print_facets(answer: &Answer, printer: &mut Printer) -> Result<(), Failure> {
    let Some(facets) = &answer.facets else {
        return Ok(());
    };
    for (name, counts) in [
        ("Coverage", &facets.coverage),
        ("BETOS", &facets.betos),
        ("RBCS", &facets.rbcs),
        ("Section", &facets.section),
        ("Kind", &facets.kind),
        ("Pricing", &facets.pricing),
        ("Type of service", &facets.type_of_service),
    ] {
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
    if count == 1 {
        (format!("1 {what}"), "matches")
    } else {
        (format!("{count} {what}s"), "match")
    }
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
