//! CMS's transaction report: CMS's own account of what a quarter did to each code.

use std::collections::{BTreeSet, HashSet};
use std::ops::ControlFlow;
use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use super::id::ReleaseId;
use super::layout::{HEADINGS_OF_A_RELEASE, is_heading, slot_of};
use super::release::{LeftOut, Skipped};
use super::report_action::action;
use crate::codeset::{Action, Code, ParseCodeError};
use crate::error::{Result, excerpt};
use crate::table::sheet::Book;

/// How many rows of a sheet are searched for a header; CMS's headers are in row 1, 10 or 11.
const ROWS_ABOVE: usize = 50;

/// The headings that each column has had.
const HEADINGS: [&[&str]; 4] = [
    &[
        "HCPC",
        "HCPCS",
        "HCPC/MOD",
        "HCPCS/MOD",
        "HCPCS/MODIFIER CODE",
    ],
    &["ACTION CD", "ACTION CODE", "ACTION", "TYPE OF CHANGE"],
    &["SHORT DESCRIPTION"],
    &["LONG DESCRIPTION"],
];

/// The changes of a quarter as CMS reports them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TransactionReport {
    /// The file that was given.
    pub source: PathBuf,
    /// The member that was read, if the file is a zip.
    pub member: Option<String>,
    /// The release whose changes it lists, if the names of its file and member say.
    pub id: Option<ReleaseId>,
    /// The rows, in file order. A code may occur twice.
    pub rows: Vec<ReportedAction>,
    /// The rows that could not be read.
    pub skipped: Vec<Skipped>,
    /// The rows of other code sets.
    pub left_out: LeftOut,
    /// Notices for the user, one sentence each, such as where its sheets differ.
    pub notices: Vec<String>,
}

/// A report's row for one code.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct ReportedAction {
    /// The code.
    pub code: Code,
    /// The action as CMS's action code; `None` if its words are unknown.
    pub action: Option<Action>,
    /// The action as published.
    pub published: String,
    /// The short descriptor.
    pub short_descriptor: String,
    /// The long descriptor, sometimes cut.
    pub long_descriptor: String,
}

/// Reads all sheets that have the header; `None` if none has.
pub(super) fn parse(bytes: &[u8]) -> Result<Option<TransactionReport>, String> {
    let mut book = Book::open(bytes)?;
    let mut sheets = Vec::new();
    for sheet in 0..book.sheets() {
        sheets.extend(read_sheet(&mut book, sheet)?);
    }
    Ok(sheets.into_iter().reduce(join))
}

/// Reads the rows below the header of a sheet; `None` if it has no header.
fn read_sheet(book: &mut Book<'_>, sheet: usize) -> Result<Option<TransactionReport>, String> {
    let mut columns: Option<[usize; 4]> = None;
    let mut report = TransactionReport::default();
    let mut rows = 0;
    book.each_row(sheet, &mut |number, cells| {
        if let Some(columns) = columns {
            report.take(
                number,
                columns.map(|at| cells.get(at).map_or("", |cell| cell.trim())),
            );
        } else {
            rows += 1;
            columns = header(cells);
            if rows == ROWS_ABOVE && columns.is_none() {
                return ControlFlow::Break(());
            }
        }
        ControlFlow::Continue(())
    })?;
    Ok(columns.map(|_| report))
}

/// Whether a cell is the heading of the action in a report of changes. A release has it too, but
/// among many other headings.
pub(super) fn is_heading_of_action(cell: &str) -> bool {
    HEADINGS[1].iter().any(|name| is_heading(cell, name))
}

/// The columns of code, action, short and long descriptor.
fn header(cells: &[String]) -> Option<[usize; 4]> {
    // a release has these columns too, among others
    let known = cells.iter().filter(|cell| slot_of(cell).is_some());
    if known.count() >= HEADINGS_OF_A_RELEASE {
        return None;
    }
    let column = |names: &[&str]| {
        let is_one = |cell: &String| names.iter().any(|name| is_heading(cell, name));
        cells.iter().position(is_one)
    };
    let [code, action, short, long] = HEADINGS.map(column);
    Some([code?, action?, short?, long?])
}

impl TransactionReport {
    fn take(&mut self, line: usize, [code, published, short, long]: [&str; 4]) {
        if [code, published, short, long]
            .iter()
            .all(|cell| cell.is_empty())
        {
            return;
        }
        match code.parse() {
            Ok(code) => self.rows.push(ReportedAction {
                code,
                action: action(published),
                published: published.to_owned(),
                short_descriptor: short.to_owned(),
                long_descriptor: long.to_owned(),
            }),
            Err(ParseCodeError::Cpt) => self.left_out.cpt += 1,
            Err(ParseCodeError::Cdt) => self.left_out.cdt += 1,
            Err(ParseCodeError::NotACode | ParseCodeError::Backwards) => {
                self.skipped.push(Skipped {
                    line,
                    code: None,
                    reason: format!("`{}` is no HCPCS Level II code", excerpt(code)),
                });
            }
        }
    }
}

/// Adds the rows of a later sheet to an earlier one, with a notice if they differ.
pub(super) fn join(mut first: TransactionReport, second: TransactionReport) -> TransactionReport {
    let known: HashSet<&ReportedAction> = first.rows.iter().collect();
    let again: HashSet<&ReportedAction> = second.rows.iter().collect();
    let only = |rows: &[ReportedAction], others: &HashSet<&ReportedAction>| {
        let own = rows.iter().filter(|row| !others.contains(row));
        own.cloned().collect::<Vec<_>>()
    };
    let (gone, new) = (only(&first.rows, &again), only(&second.rows, &known));
    let codes: BTreeSet<Code> = gone.iter().chain(&new).map(|row| row.code).collect();
    if !codes.is_empty() {
        let codes: Vec<&str> = codes.iter().map(Code::as_str).collect();
        first.notices.push(format!(
            "its sheets do not say the same of {}",
            codes.join(", ")
        ));
    }
    first.rows.extend(new);
    first.skipped.extend(second.skipped);
    first.left_out.cpt = first.left_out.cpt.max(second.left_out.cpt);
    first.left_out.cdt = first.left_out.cdt.max(second.left_out.cdt);
    first
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(rows: &str) -> Option<TransactionReport> {
        parse(rows.as_bytes()).unwrap()
    }

    #[test]
    fn the_header_may_be_in_any_row_and_words_differ() {
        let report = read(
            "Prose, with a comma\n,,,\nHCPCS/MOD,TYPE OF CHANGE,SHORT DESCRIPTION,LONG DESCRIPTION\n\
             \u{20}  CS,ADD,Short,Long\nJ1640,Re-activated,,\nJ1641,Discontinued,,\nJ1641,Moved,,\n,,,\n\
             D1352,Discontinued,,\n99213,ADD,,\nJ16,ADD,,\n",
        )
        .unwrap();
        let actions: Vec<(&str, Option<Action>)> = report
            .rows
            .iter()
            .map(|row| (row.code.as_str(), row.action))
            .collect();
        let action = |letter: &str| letter.parse().ok();
        let expected = [
            ("CS", action("A")),
            ("J1640", action("R")),
            ("J1641", action("D")),
            ("J1641", None),
        ];
        assert_eq!(actions, expected);
        assert_eq!(report.left_out, LeftOut { cpt: 1, cdt: 1 });
        assert_eq!(report.skipped[0].line, 11);
    }

    #[test]
    fn headings_of_2016_to_2018() {
        let header = "HCPCS/Modifier Code,Type of Change,Short Description,Long Description\n";
        let report = read(&format!("{header}J1640,ADD,a,b\n")).unwrap();
        assert_eq!(report.rows[0].action, "A".parse().ok());
    }

    #[test]
    fn other_tables_are_none() {
        let release = "HCPC,SEQNUM,LONG DESCRIPTION,SHORT DESCRIPTION,ACTION CD\nJ1640,1,a,b,N\n";
        let corrections = "HCPCS/MOD Code,Action,Short Description,Long Description\n";
        for text in [release, corrections, "", "a,b\n"] {
            assert_eq!(read(text), None, "{text}");
        }
    }

    #[test]
    fn sheets_that_differ() {
        let header = "HCPC,ACTION CD,SHORT DESCRIPTION,LONG DESCRIPTION\n";
        let sheet = |rows: &str| read(&format!("{header}{rows}")).unwrap();
        let joined = join(sheet("J1640,ADD,a,b\n"), sheet("J1640,ADD,a,b\n"));
        assert_eq!((joined.rows.len(), joined.notices.len()), (1, 0));
        let joined = join(sheet("J1640,ADD,a,b\n"), sheet("J1640,N,a,b\nJ1641,N,,\n"));
        assert_eq!(joined.rows.len(), 3);
        let notice = "its sheets do not say the same of J1640, J1641";
        assert_eq!(joined.notices, [notice]);
    }
}
