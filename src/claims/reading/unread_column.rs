//! Columns that are not read and seem to hold codes or days of service, and codes of other sets.

use super::claim_columns::ClaimColumns;
use super::code_cell::{is_judged, is_ndc};
use super::column_content::{CodeName, Column};
use super::value::plain;
use super::written_days::{Place, days};
use crate::codeset::{Code, Kind};
use crate::error::excerpt;
use crate::table::cells::Cells;

/// How long days and spans of days are, and how many digits a day has at least; most cells of
/// columns that are not read need no closer look.
const LENGTHS: std::ops::RangeInclusive<usize> = 6..=32;
const FEWEST_DIGITS: usize = 3;

impl ClaimColumns {
    /// A named column that is not read and holds a code in a row, if no column is known to hold the
    /// code; it is given once.
    pub(super) fn take_column_of_codes(&mut self, row: &Cells) -> Option<(&str, String)> {
        if self.has_code {
            return None;
        }
        let is_level_2 = |cell: &str| {
            cell.parse::<Code>()
                .is_ok_and(|own| own.kind() == Kind::Procedure)
        };
        let (at, cell) = self.unread_cell(row, is_level_2)?;
        self.has_code = true;
        Some((&self.names[at], cell.to_uppercase()))
    }

    /// The same of a column that holds a day.
    pub(super) fn take_column_of_days(&mut self, row: &Cells) -> Option<(&str, String)> {
        if self.has_day {
            return None;
        }
        let is_day = |cell: &str| {
            LENGTHS.contains(&cell.len())
                && cell.bytes().filter(u8::is_ascii_digit).count() >= FEWEST_DIGITS
                && matches!(days(cell, Place::Segment), Ok(Some(_)))
        };
        let (at, cell) = self.unread_cell(row, is_day)?;
        self.has_day = true;
        Some((&self.names[at], excerpt(&cell)))
    }

    /// The type of a code that is of another set than HCPCS and CPT, such as `RC` of a revenue code,
    /// with the column of that code; each type is given once.
    pub(super) fn take_other_type(&mut self, row: &Cells) -> Option<(String, &str)> {
        let types = self.columns.iter().zip(row.iter());
        let (number, name) = types
            .filter_map(|(column, cell)| match column {
                Column::CodeType(number) => Some((*number, plain(cell).to_uppercase())),
                _ => None,
            })
            .find(|(_, name)| {
                let kind = name.to_lowercase();
                let is_other = !is_judged(&kind) && !is_ndc(&kind);
                is_other && !self.other_types.contains(name)
            })?;
        let at = self.columns.iter().position(|own| match own {
            Column::Code(CodeName::Numbered(own)) => *own == number,
            Column::Code(_) => number == 0,
            _ => false,
        })?;
        (!plain(row.get(at)).is_empty()).then_some(())?;
        self.other_types.push(name.clone());
        Some((name, &self.names[at]))
    }

    /// The first cell of a kind in a named column that is not read.
    fn unread_cell(&self, row: &Cells, is_meant: impl Fn(&str) -> bool) -> Option<(usize, String)> {
        let columns = row.iter().zip(&self.columns).zip(&self.names).enumerate();
        let mut unread =
            columns.filter(|(_, ((_, own), name))| **own == Column::Other && !name.is_empty());
        let (at, ((cell, _), _)) = unread.find(|(_, ((cell, _), _))| is_meant(plain(cell)))?;
        Some((at, plain(cell).to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use crate::claims::ClaimReader;

    #[test]
    fn a_column_that_seems_to_hold_days_or_codes_is_named_once() {
        for (table, expected) in [
            (
                "code,When\nJ1885,2026-01-15\nJ1885,2026-02-15\n",
                &["`When` seems to hold days (`2026-01-15`)"][..],
            ),
            ("code,When\nJ1885,soon\n", &[]),
            ("code,dos,When\nJ1885,2026-01-15,2026-01-16\n", &[]),
            (
                "description,Item,When\nketorolac,J1885,1/15/2026\n",
                &["`Item` seems to (`J1885`)", "`When` seems to hold days"],
            ),
        ] {
            let mut reader = ClaimReader::new(table.as_bytes());
            while reader.next_line().unwrap().is_some() {}
            let said: Vec<&String> = reader
                .notices()
                .iter()
                .filter(|own| own.contains("seems to"))
                .collect();
            assert_eq!(said.len(), expected.len(), "{said:?}");
            for (said, expected) in said.iter().zip(expected) {
                assert!(said.contains(expected), "{said}");
            }
        }
    }
}
