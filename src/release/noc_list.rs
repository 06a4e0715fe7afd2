//! The list of NOC ("not otherwise classified") codes that comes with a release.

use std::collections::HashSet;
use std::ops::ControlFlow;

use super::headings::is_header_of_noc_list;
use super::layout::{HEADINGS_OF_A_NOC_LIST, is_heading};
use crate::codeset::{Code, Record};
use crate::table::sheet::Book;

/// A list of NOC ("not otherwise classified") codes, which CMS publishes with a release.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NocList {
    /// The codes that need a narrative on a claim.
    pub codes: HashSet<Code>,
    /// The rows without a code; the first row is 1.
    pub not_codes: Vec<usize>,
}

/// Reads the codes below the header.
pub(super) fn read(book: &mut Book<'_>, sheet: usize) -> Result<NocList, String> {
    let [heading, ..] = HEADINGS_OF_A_NOC_LIST;
    let mut list = NocList::default();
    let mut column = None;
    book.each_row(sheet, &mut |number, cells| {
        let Some(column) = column else {
            if is_header_of_noc_list(cells) {
                column = cells.iter().position(|cell| is_heading(cell, heading));
            }
            return ControlFlow::Continue(());
        };
        let cell = cells.get(column).map_or("", |cell| cell.trim());
        if let Ok(code) = cell.parse() {
            list.codes.insert(code);
        } else if cells.iter().any(|cell| !cell.trim().is_empty()) {
            list.not_codes.push(number);
        }
        ControlFlow::Continue(())
    })?;
    Ok(list)
}

impl NocList {
    /// The codes of the list that a release does not have, in a sentence.
    pub(super) fn missing_in(&self, records: &[Record]) -> Option<String> {
        let own: HashSet<Code> = records.iter().map(|own| own.code).collect();
        let mut codes: Vec<&str> = self.codes.difference(&own).map(Code::as_str).collect();
        codes.sort_unstable();
        (!codes.is_empty()).then(|| {
            format!(
                "codes of the NOC list that the release does not have: {}",
                codes.join(", ")
            )
        })
    }

    /// Flags the records of the list's codes; returns the notices.
    pub(super) fn join(self, records: &mut [Record]) -> Vec<String> {
        for record in records {
            let is_listed = self.codes.contains(&record.code);
            let was_listed = record.not_otherwise_classified == Some(true);
            record.not_otherwise_classified = Some(is_listed || was_listed);
        }
        let mut notices = Vec::new();
        if !self.not_codes.is_empty() {
            let rows: Vec<String> = self.not_codes.iter().map(usize::to_string).collect();
            notices.push(format!(
                "rows of the NOC list without a HCPCS code: {}",
                rows.join(", ")
            ));
        }
        notices
    }
}
