//! A checked line as a row of the page.

use crate::claims::{Checked, ClaimInput, LineReport};
use crate::codeset::Date;
use crate::search::Searcher;
use crate::server::page::search::address::of_code;
use crate::server::page::shell::prose::{Linker, Piece};

/// The finding on a line that cannot be read.
pub(super) const NOT_READABLE: &str = "not readable";

/// A line and its verdict.
pub(crate) struct VerdictRow {
    pub(crate) number: u64,
    pub(crate) class: &'static str,
    pub(crate) verdict: &'static str,
    pub(crate) code: String,
    pub(crate) href: Option<String>,
    pub(crate) text: String,
    pub(crate) reason: Vec<Piece>,
    /// The input's cells.
    pub(crate) cells: Vec<String>,
}

/// The finding on a line in a word.
pub(super) fn verdict(report: &LineReport) -> &'static str {
    match &report.outcome {
        Err(_) => NOT_READABLE,
        Ok(own) => own.finding,
    }
}

pub(super) fn row(searcher: &Searcher, report: &LineReport, today: Date) -> VerdictRow {
    let verdict = verdict(report);
    let cells = report.input().into_iter().flat_map(ClaimInput::cells);
    let mut row = VerdictRow {
        number: report.number,
        class: class(verdict),
        verdict: title(verdict),
        code: String::new(),
        href: None,
        text: String::new(),
        reason: Vec::new(),
        cells: cells.map(str::to_owned).collect(),
    };
    match &report.outcome {
        Ok(checked) => fill(&mut row, searcher, checked, today),
        Err(error) => row.reason = plain(error.to_string()),
    }
    row
}

fn fill(row: &mut VerdictRow, searcher: &Searcher, checked: &Checked, today: Date) {
    let day = checked.judged_as_of;
    let as_of = (day != today).then(|| day.to_string());
    // An existing code links to its record.
    row.href = checked
        .long_descriptor
        .is_some()
        .then(|| of_code(&checked.code, as_of.as_deref()));
    row.code = match checked.modifiers.as_slice() {
        [] => checked.code.clone(),
        modifiers => {
            let names: Vec<&str> = modifiers.iter().map(|own| &*own.modifier).collect();
            format!("{} {}", checked.code, names.join(" "))
        }
    };
    row.text = checked.long_descriptor.clone().unwrap_or_default();
    let linker = Linker {
        searcher,
        day,
        as_of,
        own: checked.code.parse().ok(),
    };
    row.reason = linker.pieces(&checked.reason);
}

fn plain(text: String) -> Vec<Piece> {
    vec![Piece {
        text,
        ..Piece::default()
    }]
}

/// The title of a verdict on the page.
pub(super) fn title(verdict: &'static str) -> &'static str {
    match verdict {
        "noc" => "needs a narrative",
        "modifier" => "wrong by a modifier",
        "units" => "wrong by its units",
        name => name,
    }
}

/// The CSS class of a verdict.
pub(super) fn class(verdict: &str) -> &'static str {
    match verdict {
        "valid" => "valid",
        "noc" | "undetermined" | "unknown between releases" => "ending",
        "not yet valid" => "later",
        "out of scope" => "other",
        _ => "terminated",
    }
}
