//! `hcpcs search`: answers a question.

use std::path::PathBuf;

use hcpcs::search::{FacetCount, Reason, Via};
use hcpcs::{Answer, Field, Hit, Query, Status};

use super::alike::differs;
use super::args::SearchArguments;
use super::changed::releases;
use super::print::{self, CODE, DIM, Failure, HEADING, MATCH, Outcome, Printer, WARNING};
use super::{Run, output, place};

/// Columns that a code takes.
const CODE_WIDTH: usize = 7;

pub(crate) fn run(
    arguments: &SearchArguments,
    index: Option<PathBuf>,
    printer: &mut Printer,
) -> Run {
    let query = Query::try_from(arguments)?;
    output::check_fields(&arguments.format.fields)?;
    let searcher = place::open(index)?;
    let answer = searcher.search(&query)?;
    if output::is_asked(&arguments.format) {
        output::write(&answer, &arguments.format, printer)?;
    } else {
        for hit in &answer.hits {
            print_hit(hit, printer)?;
        }
        print_facets(&answer, printer)?;
        printer.finish()?;
    }
    tell(&answer, output::is_asked(&arguments.format));
    Ok(if answer.total == 0 {
        Outcome::Nothing
    } else {
        Outcome::Found
    })
}

fn print_hit(hit: &Hit, printer: &mut Printer) -> Result<(), Failure> {
    let indent = " ".repeat(CODE_WIDTH);
    let marked = marked(&hit.long_descriptor, &hit.highlights.long_descriptor);
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
    if !hit.why.is_empty() {
        let why = format!("{DIM}{}{DIM:#}", why(&hit.why));
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
        // What is said is how the hit differs from the other, so what the other lacks comes first.
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

/// A text with its matched words set off.
fn marked(text: &str, places: &[(usize, usize)]) -> String {
    let mut out = String::with_capacity(text.len() + 32);
    for (at, char) in text.chars().enumerate() {
        if places.iter().any(|(start, _)| *start == at) {
            out += &format!("{MATCH}");
        }
        out.push(char);
        if places.iter().any(|(_, end)| *end == at + 1) {
            out += &format!("{MATCH:#}");
        }
    }
    out
}

/// What a coder asks next of a code: is it valid, is it covered, what kind of thing is it.
fn facts(hit: &Hit) -> String {
    let mut facts = Vec::new();
    match (hit.status, hit.added, hit.terminated) {
        (Status::Valid, Some(added), None) => facts.push(format!("valid since {added}")),
        (Status::Valid, _, Some(end)) => {
            facts.push(format!("{WARNING}valid until {end}{WARNING:#}"));
        }
        (Status::Valid, ..) => facts.push("valid".to_owned()),
        (Status::Terminated, _, Some(end)) => {
            facts.push(format!("{WARNING}terminated {end}{WARNING:#}"));
        }
        (Status::NotYetValid, Some(added), _) => {
            facts.push(format!("{WARNING}valid from {added}{WARNING:#}"));
        }
        (status, ..) => facts.push(format!("{WARNING}{}{WARNING:#}", status.name())),
    }
    facts.extend(hit.published.as_ref().map(ToString::to_string));
    for coded in [&hit.coverage, &hit.betos].into_iter().flatten() {
        let meaning = coded.meaning().unwrap_or("not listed");
        facts.push(format!("{} {meaning}", coded.code()));
    }
    if let Some(held) = &hit.holds {
        facts.push(releases(held));
    }
    if hit.not_otherwise_classified {
        facts.push("NOC, needs a narrative".to_owned());
    }
    if hit.reissued {
        facts.push(format!(
            "{WARNING}meant something else at another time{WARNING:#}"
        ));
    }
    facts.join(" · ")
}

/// Why a code is an answer, in words; what was found in the same way is told once.
fn why(reasons: &[Reason]) -> String {
    let mut told: Vec<(Vec<String>, String)> = Vec::new();
    for reason in reasons {
        let place = place_of(reason);
        let word = word_of(reason);
        match told.iter_mut().find(|(_, known)| *known == place) {
            Some((words, _)) => words.push(word),
            None => told.push((vec![word], place)),
        }
    }
    let told = told
        .into_iter()
        .map(|(words, place)| format!("{}{place}", words.join(", ")));
    told.collect::<Vec<_>>().join("; ")
}

/// The word that was asked, and what was found where that is another.
fn word_of(reason: &Reason) -> String {
    let Reason {
        asked,
        found,
        via,
        through,
        ..
    } = reason;
    match via {
        Via::Code => "the code".to_owned(),
        Via::Synonym => format!("{asked} = {through}"),
        _ if asked.eq_ignore_ascii_case(found) => asked.to_string(),
        _ => format!("{asked} → {found}"),
    }
}

/// Where it was found.
fn place_of(reason: &Reason) -> String {
    let Reason {
        field,
        via,
        through,
        snippet,
        source,
        ..
    } = reason;
    if *via == Via::Code {
        return String::new();
    }
    let mut place = format!(" in {}", field.name());
    match field {
        Field::DrugName | Field::Labeler => place += &format!(" {through}"),
        Field::ClinicalNote if !snippet.is_empty() => place += &format!(", {through}: {snippet}"),
        _ => {}
    }
    if let Some(source) = source {
        place += &format!(" ({source})");
    }
    place
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

/// Tells on stderr what the answer is about and what it hides.
fn tell(answer: &Answer, is_data: bool) {
    for replacement in &answer.searched_instead {
        print::note(&format!(
            "no code has \"{}\"; searched for {} instead (--exact: do not)",
            replacement.asked,
            replacement.instead.join(", ")
        ));
    }
    if !answer.not_found.is_empty() {
        print::note(&format!("not found: {}", answer.not_found.join(", ")));
    }
    for notice in &answer.notices {
        print::note(notice);
    }
    if !is_data {
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
    let found = if *total == 0 {
        "no code matches".to_owned()
    } else {
        format!("{codes} {match_}{words}{shown}")
    };
    let release = print::release(release, release_scope.as_deref());
    format!("{found} · {release} · as of {as_of}")
}
