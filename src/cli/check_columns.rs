//! The columns of a table of verdicts: those of the input in their order, and what is appended.

use hcpcs::Date;
use hcpcs::claims::{Checked, LineReport};
use serde_json::Value;

use super::output;

/// What is appended; behind it the modifiers, each with its verdict.
const APPENDED: [&str; 19] = [
    "line",
    "line_id",
    "dos",
    "code",
    "valid",
    "verdict",
    "reason",
    "successors",
    "nearest",
    "short_descriptor",
    "long_descriptor",
    "coverage",
    "coverage_meaning",
    "noc",
    "units",
    "ndc",
    "judged_as_of",
    "release",
    "notice",
];
/// Modifiers have at least so many columns.
const MODIFIERS: usize = 4;

/// The columns of a table of verdicts.
pub(crate) struct Columns {
    names: Vec<String>,
    inputs: usize,
    modifiers: usize,
}

/// A cell of an appended column.
pub(crate) enum Cell {
    Text(String),
    Day(Date),
}

impl Cell {
    fn of(text: impl Into<String>) -> Self {
        Self::Text(text.into())
    }

    fn day(day: Option<Date>) -> Self {
        day.map_or_else(|| Self::of(""), Self::Day)
    }
}

/// The cells of a line.
pub(crate) struct Row(pub(crate) Vec<Cell>);

impl Row {
    /// The cells as texts, a day as `YYYY-MM-DD`.
    pub(crate) fn texts(&self) -> impl Iterator<Item = String> {
        self.0.iter().map(|cell| match cell {
            Cell::Text(text) => text.clone(),
            Cell::Day(day) => day.to_string(),
        })
    }
}

impl Columns {
    /// The columns of an input; an appended one whose name is there already begins with `checked_`.
    pub(crate) fn new(inputs: &[String], modifiers: usize) -> Self {
        let modifiers = modifiers.max(MODIFIERS);
        let mut names = inputs.to_vec();
        let of_modifiers =
            (1..=modifiers).flat_map(|at| [format!("mod{at}"), format!("mod{at}_verdict")]);
        for name in APPENDED.into_iter().map(str::to_owned).chain(of_modifiers) {
            let mut own = name;
            while names.iter().any(|name| name.eq_ignore_ascii_case(&own)) {
                own.insert_str(0, "checked_");
            }
            names.push(own);
        }
        Self {
            names,
            inputs: inputs.len(),
            modifiers,
        }
    }

    pub(crate) fn names(&self) -> &[String] {
        &self.names
    }

    /// The cells of a line, as many as there are columns.
    pub(crate) fn row(&self, report: &LineReport) -> Row {
        let input = report
            .input()
            .into_iter()
            .flat_map(hcpcs::claims::ClaimInput::cells);
        let mut cells: Vec<Cell> = input.map(Cell::of).take(self.inputs).collect();
        cells.resize_with(self.inputs, || Cell::of(""));
        match &report.outcome {
            Ok(checked) => self.append(report.number, checked, &mut cells),
            Err(error) => {
                let number = report.number.to_string();
                let reason = format!("not readable: {error}");
                let texts = [
                    &*number,
                    &*number,
                    "",
                    "",
                    "false",
                    "not readable",
                    &*reason,
                ];
                cells.extend(texts.map(Cell::of));
            }
        }
        cells.resize_with(self.names.len(), || Cell::of(""));
        Row(cells)
    }

    fn append(&self, number: u64, checked: &Checked, cells: &mut Vec<Cell>) {
        let value =
            |value: &Option<Value>| Cell::of(value.as_ref().map_or(String::new(), output::cell));
        let text = |text: &Option<String>| Cell::of(text.clone().unwrap_or_default());
        let notable = checked.age.as_ref().filter(|age| age.is_notable());
        let successors: Vec<&str> = checked.successors.iter().map(|own| &*own.target).collect();
        let nearest: Vec<&str> = checked
            .nearest
            .iter()
            .map(|own| own.code.as_str())
            .collect();
        let coverage = checked.coverage.as_ref();
        let appended: [Cell; APPENDED.len()] = [
            Cell::of(number.to_string()),
            value(&checked.line_id),
            Cell::day(checked.dos),
            Cell::of(checked.code.clone()),
            Cell::of(
                checked
                    .valid
                    .map_or(String::new(), |valid| valid.to_string()),
            ),
            Cell::of(checked.verdict.to_string()),
            Cell::of(checked.reason.clone()),
            Cell::of(successors.join(" ")),
            Cell::of(nearest.join(" ")),
            text(&checked.short_descriptor),
            text(&checked.long_descriptor),
            Cell::of(coverage.map_or("", |own| own.code())),
            Cell::of(coverage.and_then(|own| own.meaning()).unwrap_or_default()),
            Cell::of(checked.not_otherwise_classified.to_string()),
            value(&checked.units),
            text(&checked.ndc),
            Cell::Day(checked.judged_as_of),
            Cell::of(checked.release.clone()),
            Cell::of(notable.map_or_else(String::new, ToString::to_string)),
        ];
        cells.extend(appended);
        let (single, last) = checked
            .modifiers
            .split_at(checked.modifiers.len().min(self.modifiers - 1));
        for own in single {
            cells.extend([
                Cell::of(own.modifier.clone()),
                Cell::of(own.verdict.to_string()),
            ]);
        }
        // More modifiers than columns share the last one.
        let names: Vec<&str> = last.iter().map(|own| &*own.modifier).collect();
        let verdicts: Vec<&str> = last.iter().map(|own| own.verdict.name()).collect();
        if !last.is_empty() {
            cells.extend([Cell::of(names.join(" ")), Cell::of(verdicts.join("; "))]);
        }
    }
}
