//! The columns of a table of verdicts: those of the input in order, then the appended ones.

use std::io::BufRead;

use serde_json::Value;

use super::checked::Checked;
use super::reading::claim_input::ClaimInput;
use super::reading::reader::ClaimReader;
use super::report::LineReport;
use crate::table::table_cell::TableCell;

/// The appended columns; the modifiers with their verdicts follow them.
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
/// The columns that follow if lines may have doses or drug packages.
const UNITS: [&str; 3] = ["units_agree", "units_expected", "units_reason"];
/// The columns that follow if lines may have descriptions.
const REVIEW: [&str; 6] = [
    "description_fit",
    "description_rank",
    "best_codes",
    "best_codes_why",
    "proposal",
    "proposal_why",
];
/// The last column: a column that is new comes behind the others, as scripts read by position.
const FINDING: &str = "finding";
/// The minimum number of columns for modifiers.
const MODIFIERS: usize = 4;

/// The columns of a table of verdicts.
#[derive(Clone, Debug)]
pub struct VerdictColumns {
    names: Vec<String>,
    inputs: usize,
    modifiers: usize,
    has_doses: bool,
    has_descriptions: bool,
}

impl VerdictColumns {
    /// The columns for an input, with those of the optional parts of its lines.
    #[must_use]
    pub fn of<R: BufRead>(reader: &ClaimReader<R>) -> Self {
        let mut columns = Self::new(reader.names(), reader.modifiers());
        if reader.has_doses() {
            columns.has_doses = true;
            columns.append_names(UNITS.map(str::to_owned));
        }
        if reader.has_descriptions() {
            columns.has_descriptions = true;
            columns.append_names(REVIEW.map(str::to_owned));
        }
        columns.append_names([FINDING.to_owned()]);
        columns
    }

    /// The columns for an input; an appended one whose name the input already has gets the prefix
    /// `checked_`.
    fn new(inputs: &[String], modifiers: usize) -> Self {
        let modifiers = modifiers.max(MODIFIERS);
        let mut columns = Self {
            names: inputs.to_vec(),
            inputs: inputs.len(),
            modifiers,
            has_doses: false,
            has_descriptions: false,
        };
        columns.append_names(APPENDED.map(str::to_owned));
        columns.append_names(
            (1..=modifiers).flat_map(|at| [format!("mod{at}"), format!("mod{at}_verdict")]),
        );
        columns
    }

    /// How many columns precede those that only some inputs have.
    fn before_groups(&self) -> usize {
        let units = if self.has_doses { UNITS.len() } else { 0 };
        let review = if self.has_descriptions {
            REVIEW.len()
        } else {
            0
        };
        self.names.len() - units - review - 1
    }

    fn append_names(&mut self, appended: impl IntoIterator<Item = String>) {
        for mut name in appended {
            let names = &self.names;
            while names.iter().any(|own| own.eq_ignore_ascii_case(&name)) {
                name.insert_str(0, "checked_");
            }
            self.names.push(name);
        }
    }

    /// The names of all columns.
    #[must_use]
    pub fn names(&self) -> &[String] {
        &self.names
    }

    /// The cells of a line, one for each column.
    #[must_use]
    pub fn row(&self, report: &LineReport) -> Vec<TableCell> {
        let input = report.input().into_iter().flat_map(ClaimInput::cells);
        let mut cells: Vec<TableCell> = input.map(TableCell::text).take(self.inputs).collect();
        cells.resize_with(self.inputs, || TableCell::text(""));
        match &report.outcome {
            Ok(checked) => {
                self.append(report, checked, &mut cells);
                cells.resize_with(self.before_groups(), || TableCell::text(""));
                if self.has_doses {
                    cells.extend(units(checked));
                }
                if self.has_descriptions {
                    cells.extend(review(checked));
                }
                cells.push(TableCell::text(checked.finding));
            }
            Err(error) => {
                let number = report.number.to_string();
                let reason = format!("not readable: {error}");
                cells.extend([
                    TableCell::text(number),
                    TableCell::of_json(report.line_id.as_ref().unwrap_or(&Value::Null)),
                ]);
                let texts = ["", "", "false", "not readable", &*reason];
                cells.extend(texts.map(TableCell::text));
                let before_notice = self.inputs + APPENDED.len() - 1;
                cells.resize_with(before_notice, || TableCell::text(""));
                cells.push(TableCell::text(report.notices.join("; ")));
                cells.resize_with(self.names.len() - 1, || TableCell::text(""));
                cells.push(TableCell::text("not readable"));
            }
        }
        cells
    }

    /// A row of notices alone, which are known only at the end.
    #[must_use]
    pub fn notices(&self, notices: &[String]) -> Vec<String> {
        let mut cells = vec![String::new(); self.names.len()];
        if let Some(cell) = cells.get_mut(self.inputs + APPENDED.len() - 1) {
            *cell = notices.join("; ");
        }
        cells
    }

    fn append(&self, report: &LineReport, checked: &Checked, cells: &mut Vec<TableCell>) {
        let value =
            |value: &Option<Value>| TableCell::of_json(value.as_ref().unwrap_or(&Value::Null));
        let text = |text: &Option<String>| TableCell::text(text.clone().unwrap_or_default());
        let notable = checked.age.as_ref().filter(|age| age.is_notable());
        // a table has no other place for the notices about the whole input
        let notices = report.notices.iter().cloned();
        let notices = notices.chain(notable.map(ToString::to_string));
        let notices: Vec<String> = notices.collect();
        let successors: Vec<&str> = checked.successors.iter().map(|own| &*own.target).collect();
        let nearest: Vec<&str> = checked
            .nearest
            .iter()
            .map(|own| own.code.as_str())
            .collect();
        let coverage = checked.coverage.as_ref();
        let appended: [TableCell; APPENDED.len()] = [
            TableCell::text(report.number.to_string()),
            value(&checked.line_id),
            TableCell::day(checked.dos),
            TableCell::text(checked.code.clone()),
            TableCell::text(
                checked
                    .valid
                    .map_or(String::new(), |valid| valid.to_string()),
            ),
            TableCell::text(checked.verdict.to_string()),
            TableCell::text(checked.reason.clone()),
            TableCell::text(successors.join(" ")),
            TableCell::text(nearest.join(" ")),
            text(&checked.short_descriptor),
            text(&checked.long_descriptor),
            TableCell::text(coverage.map_or("", |own| own.code())),
            TableCell::text(coverage.and_then(|own| own.meaning()).unwrap_or_default()),
            TableCell::text(match checked.not_otherwise_classified {
                Some(true) => "true",
                Some(false) => "false",
                None => "",
            }),
            value(&checked.units),
            text(&checked.ndc),
            TableCell::Day(checked.judged_as_of),
            TableCell::text(checked.release.clone()),
            TableCell::text(notices.join("; ")),
        ];
        cells.extend(appended);
        let (single, last) = checked
            .modifiers
            .split_at(checked.modifiers.len().min(self.modifiers - 1));
        for own in single {
            cells.extend([
                TableCell::text(own.modifier.clone()),
                TableCell::text(own.verdict.to_string()),
            ]);
        }
        // If there are more modifiers than columns, the last column has the rest.
        let names: Vec<&str> = last.iter().map(|own| &*own.modifier).collect();
        let verdicts: Vec<&str> = last.iter().map(|own| own.verdict.name()).collect();
        if !last.is_empty() {
            cells.extend([
                TableCell::text(names.join(" ")),
                TableCell::text(verdicts.join("; ")),
            ]);
        }
    }
}

/// Whether the units agree, the expected units, and the reason.
fn units(checked: &Checked) -> [TableCell; UNITS.len()] {
    let units = checked.units_check.as_ref();
    let expected = units.and_then(|own| own.expected);
    [
        TableCell::text(units.map_or("", |own| own.agreement.name())),
        TableCell::text(expected.map_or_else(String::new, |own| own.to_string())),
        TableCell::text(units.map_or("", |own| own.reason.as_str())),
    ]
}

/// How well the code fits the description, the best codes, and the proposed code.
fn review(checked: &Checked) -> [TableCell; REVIEW.len()] {
    let review = checked.review.as_ref();
    let proposal = review.and_then(|own| own.proposal.as_ref());
    let rank = review.and_then(|own| own.rank);
    [
        TableCell::text(review.map_or("", |own| own.fit.name())),
        TableCell::text(rank.map_or_else(String::new, |own| own.to_string())),
        TableCell::text(review.map_or_else(String::new, |own| own.codes())),
        TableCell::text(review.map_or_else(String::new, |own| own.reasons())),
        TableCell::text(proposal.map_or("", |own| own.code.as_str())),
        TableCell::text(proposal.map_or("", |own| own.reason.as_str())),
    ]
}
