//! The columns of a table of claim lines, by its header.

use super::column_content::{Column, TextRank};
use super::column_days::ColumnDays;
use crate::codeset::Measure;

/// The columns of a table of claim lines, by its header.
///
/// ```
/// use hcpcs::claims::ClaimColumns;
///
/// let header = ["Line ID", "Date of Service", "HCPCS", "mod1", "mod2", "charge"];
/// let columns = ClaimColumns::from_header(header)?;
/// assert_eq!(columns.unread(), ["charge"]);
/// let line = columns.line(["7", "2026-01-15", "J1640", "JW", "", "12.50"])?;
/// assert_eq!((line.code.as_str(), line.modifiers.len()), ("J1640", 1));
/// # Ok::<(), hcpcs::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct ClaimColumns {
    pub(super) columns: Vec<Column>,
    pub(super) names: Vec<String>,
    pub(super) unread: Vec<String>,
    /// The indexes of unnamed columns that were not yet reported.
    pub(super) unnamed: Vec<usize>,
    /// Whether a column holds the code, or one that seems to was reported.
    pub(super) has_code: bool,
    /// The same of the day of service.
    pub(super) has_day: bool,
    /// The types of codes of other sets that were reported.
    pub(super) other_types: Vec<String>,
    /// That the only days of the table say when its rows hold, in words.
    pub(super) validity: Option<String>,
    /// How the rows write days.
    pub(super) days: ColumnDays,
    /// The unit of doses that the name of their column has.
    pub(super) unit_of_doses: Option<Measure>,
    /// Whether a point may part thousands: spreadsheets write semicolons between cells where the
    /// comma is that of decimals.
    pub(super) may_part_thousands: bool,
}

impl ClaimColumns {
    /// The columns that are not used.
    #[must_use]
    pub fn unread(&self) -> &[String] {
        &self.unread
    }

    /// Whether a column holds doses, quantities of drug packages, the packages alone, or waste.
    #[must_use]
    pub fn has_doses(&self) -> bool {
        let of_drug = [
            Column::Dose,
            Column::Ndc,
            Column::NdcQuantity,
            Column::Waste,
        ];
        self.columns.iter().any(|column| of_drug.contains(column))
    }

    /// Whether a column holds descriptions, with which codes are compared.
    #[must_use]
    pub fn has_descriptions(&self) -> bool {
        self.columns.iter().any(|own| own.text_rank().is_some())
    }

    /// Whether there are descriptions that make up for a column of codes.
    pub(super) fn has_descriptions_of_charges(&self) -> bool {
        let ranks = self.columns.iter().filter_map(|own| own.text_rank());
        ranks.max() > Some(TextRank::OfCode)
    }

    /// The indexes of unnamed columns that were not yet reported.
    pub(super) fn unnamed(&mut self) -> &mut Vec<usize> {
        &mut self.unnamed
    }

    /// Takes note of how a row, which is read later, writes its days of service.
    pub(super) fn see_days<'c>(&mut self, row: impl Iterator<Item = &'c str>) {
        for (column, cell) in self.columns.iter().zip(row) {
            if matches!(column, Column::Start(_) | Column::End(_)) {
                self.days.see(cell);
            }
        }
    }

    /// The same of the row that is read now; returns what to say of the days of rows before it.
    pub(super) fn see_days_now<'c>(
        &mut self,
        row: impl Iterator<Item = &'c str>,
    ) -> Option<String> {
        let mut said = None;
        for (column, cell) in self.columns.iter().zip(row) {
            if matches!(column, Column::Start(_) | Column::End(_)) {
                said = self.days.see_now(cell).or(said);
            }
        }
        said
    }

    /// That a row ends before columns of modifiers or days: it may be half of one, broken at a line
    /// end in a cell.
    pub(super) fn behind_end(&self, cells: usize) -> Option<String> {
        let is_read =
            |own: &Column| matches!(own, Column::Modifier | Column::Start(_) | Column::End(_));
        let columns = self.columns.iter().zip(&self.names).skip(cells);
        let names = columns.filter(|(own, _)| is_read(own));
        let names: Vec<String> = names.map(|(_, name)| name.clone()).collect();
        (!names.is_empty()).then(|| format!("the row ends before {}", list(&names)))
    }

    /// How many columns hold modifiers.
    #[must_use]
    pub fn modifiers(&self) -> usize {
        self.columns
            .iter()
            .filter(|column| **column == Column::Modifier)
            .count()
    }
}

pub(super) fn list(names: &[String]) -> String {
    let names: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
    names.join(", ")
}

#[cfg(test)]
mod tests {
    use super::super::reader::ClaimReader;

    #[test]
    fn a_row_that_ends_before_its_columns_says_so() {
        for (row, said) in [
            ("J1640", "the row ends before `mod1`, `dos`"),
            ("J1640,1,JW", "the row ends before `dos`"),
            ("J1640,1,,,", ""),
            ("J1640,1,JW,2026-01-15", ""),
        ] {
            let table = format!("code,x,mod1,dos,units\n{row}\n");
            let mut reader = ClaimReader::new(table.as_bytes());
            let line = reader.next_line().unwrap().unwrap().claim.unwrap();
            let readings = line.readings.join("; ");
            assert!(readings.contains(said), "{row}: {readings}");
            assert_eq!(readings.contains("ends"), !said.is_empty(), "{row}");
        }
    }
}
