//! A hit of `hcpcs search` on a terminal.

use super::alike::differs;
use super::changed::releases;
use super::print::{CODE, DIM, Failure, HEADING, MATCH, Printer, WARNING};
use super::style::Look;
use hcpcs::codeset::Dose;
use hcpcs::search::Reason;
use hcpcs::{Hit, Status, counted};

/// The width of a code, in columns.
pub(super) const CODE_WIDTH: usize = 7;

pub(super) fn print_hit(
    hit: &Hit,
    dose: Option<&Dose>,
    printer: &mut Printer,
) -> Result<(), Failure> {
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
        let units = counted(units, "unit");
        let billed = format!("{HEADING}{units}{HEADING:#} of {unit} for {dose}");
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
        (Status::Valid, ..) if let Some(unclear) = &hit.unclear => {
            facts.push(format!("{WARNING}{unclear}{WARNING:#}"));
        }
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
