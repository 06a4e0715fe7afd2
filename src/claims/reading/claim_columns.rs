//! The columns of a table of claim lines, by its header.

use super::column_content::{Column, Rank, TextRank};
use super::column_days::ColumnDays;
use super::column_mapping::ColumnMapping;
use super::column_name::{Name, words};
use super::column_recognition::column;
use super::drug_column::unit_in;
use crate::codeset::Measure;
use crate::error::{Error, Result};

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
    /// Reads a header: names in any order and in lower or upper case. Only the column of the code
    /// is required.
    ///
    /// # Errors
    /// No column holds the code, two hold the same, one holds a modifier that is not understood, or
    /// there are days but none of service.
    pub fn from_header<'c>(row: impl IntoIterator<Item = &'c str>) -> Result<Self> {
        Self::with_mapping(row, &ColumnMapping::default())
    }

    /// Reads a header with the user's mapping of some columns.
    ///
    /// # Errors
    /// As [`ClaimColumns::from_header`], or the mapping names a missing column.
    pub fn with_mapping<'c>(
        row: impl IntoIterator<Item = &'c str>,
        mapping: &ColumnMapping,
    ) -> Result<Self> {
        let names: Vec<String> = row.into_iter().map(|name| name.trim().to_owned()).collect();
        if let Some(missing) = mapping.missing(&names.iter().map(String::as_str)) {
            let reason = format!(
                "no column is called `{missing}`; there are {}",
                list(&names)
            );
            return Err(Error::query(reason));
        }
        let columns = names
            .iter()
            .map(|name| mapping.of(name).unwrap_or_else(|| column(name)));
        let mut own = Self {
            columns: columns.collect(),
            unread: Vec::new(),
            unnamed: Vec::new(),
            has_code: false,
            has_day: false,
            other_types: Vec::new(),
            validity: None,
            days: ColumnDays::default(),
            unit_of_doses: None,
            may_part_thousands: false,
            names,
        };
        own.choose_units(mapping);
        own.pass_over_text_of_revenue_code(mapping);
        own.choose_code(mapping)?;
        own.has_code = own.columns.iter().any(|own| matches!(own, Column::Code(_)));
        own.choose_days(mapping)?;
        let is_day = |own: &Column| matches!(own, Column::Start(_) | Column::End(_));
        own.has_day = own.columns.iter().any(is_day);
        for single in [
            Column::Units,
            Column::Ndc,
            Column::NdcQuantity,
            Column::NdcUnit,
            Column::Dose,
            Column::DoseUnit,
        ] {
            own.choose_once(|column| column == single);
        }
        let doses = own.named(|column| column == Column::Dose);
        own.unit_of_doses = doses.first().and_then(|name| unit_in(&Name(words(name))));
        let best = |own: &Self| {
            own.columns
                .iter()
                .filter_map(|column| line_rank(*column))
                .max()
        };
        if let Some(best) = best(&own) {
            own.pass_over(|column| line_rank(column).is_some_and(|rank| rank < best));
            own.choose_once(|column| line_rank(column).is_some());
        }
        if let Some(best) = own.columns.iter().filter_map(|own| text_rank(*own)).max() {
            own.pass_over(|column| text_rank(column).is_some_and(|rank| rank < best));
            own.choose_once(|column| text_rank(column).is_some());
        }
        let unclear = own.named(|column| column == Column::UnclearModifier);
        if !unclear.is_empty() {
            let reason = "columns that seem to hold a modifier and are not understood";
            return Err(Error::columns(reason, unclear));
        }
        let is_read = |column: &Column| {
            !matches!(
                column,
                Column::Other | Column::OtherDay | Column::UnclearDay
            )
        };
        let pairs = own.columns.iter().zip(&own.names).zip(1..);
        let unread = pairs.filter(|((column, name), _)| !is_read(column) && !name.is_empty());
        let places = own.names.iter().enumerate();
        let unnamed = places.filter(|(_, name)| name.is_empty());
        own.unnamed = unnamed.map(|(at, _)| at).collect();
        let is_twice = |name: &String| own.names.iter().filter(|own| *own == name).count() > 1;
        let unread = unread.map(|((_, name), at)| {
            if is_twice(name) {
                format!("{name} (column {at})")
            } else {
                name.clone()
            }
        });
        own.unread = unread.collect();
        Ok(own)
    }

    /// The columns that are not used.
    #[must_use]
    pub fn unread(&self) -> &[String] {
        &self.unread
    }

    /// Whether a column holds doses or quantities of drug packages, or the packages alone.
    #[must_use]
    pub fn has_doses(&self) -> bool {
        let of_drug = [Column::Dose, Column::Ndc, Column::NdcQuantity];
        self.columns.iter().any(|column| of_drug.contains(column))
    }

    /// Whether a column holds descriptions, with which codes are compared.
    #[must_use]
    pub fn has_descriptions(&self) -> bool {
        self.columns.iter().any(|own| text_rank(*own).is_some())
    }

    /// Whether there are descriptions that make up for a column of codes.
    pub(super) fn has_descriptions_of_charges(&self) -> bool {
        let ranks = self.columns.iter().filter_map(|own| text_rank(*own));
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

    /// How many columns hold modifiers.
    #[must_use]
    pub fn modifiers(&self) -> usize {
        self.columns
            .iter()
            .filter(|column| **column == Column::Modifier)
            .count()
    }
}

fn text_rank(column: Column) -> Option<TextRank> {
    match column {
        Column::Description(rank) => Some(rank),
        _ => None,
    }
}

fn line_rank(column: Column) -> Option<Rank> {
    match column {
        Column::LineId(rank) => Some(rank),
        _ => None,
    }
}

pub(super) fn list(names: &[String]) -> String {
    let names: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
    names.join(", ")
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use super::*;

    #[test]
    fn headers_as_people_write_them() {
        for header in [
            "line_id,dos,code,mod1,mod2,mod3,mod4,units",
            "LINE ID,Date of Service,HCPCS Code,Modifier 1,Modifier 2,Modifier 3,Modifier 4,Qty",
            "id,date,procedure_code,mod_1,mod_2,mod_3,mod_4,quantity",
        ] {
            let columns = ClaimColumns::from_header(header.split(',')).unwrap();
            assert!(columns.unread().is_empty(), "{header}");
            let line = columns
                .line(["7", "20260115", "j1640", "jw", "", "kx", "", "2"])
                .unwrap();
            assert_eq!(
                (line.code.as_str(), line.modifiers.join(" ")),
                ("J1640", "JW KX".into())
            );
            assert_eq!(line.line_id, Some(Value::from("7")));
            assert_eq!(line.units, Some(Value::from("2")));
        }
        assert!(!ClaimColumns::is_header(["J1640", "JW"]));
        assert!(ClaimColumns::is_header(["x", "Code"]));
    }

    #[test]
    fn headers_that_are_refused() {
        for row in "
            HCPCS Description,units → no column is known to hold the code → `HCPCS Description`
            x,mod1 → no column is known to hold the code → `x`, `mod1`
            code,hcpcs → `hcpcs` is a second column of its kind → hcpcs
            code,modfier → not understood → `modfier`
            code,Paid Date,Batch Date → day of service → `Paid Date`, `Batch Date`
            code,Effective Date,Paid Date → day of service → `Effective Date`, `Paid Date`
            code,Service Month → day of service → `Service Month`
            code,Thru Date,Exp Date → day of service → `Thru Date`, `Exp Date`
        "
        .trim()
        .lines()
        {
            let [header, said, named] = row.trim().split(" → ").collect::<Vec<_>>()[..] else {
                panic!("{row}")
            };
            let error = ClaimColumns::from_header(header.split(',')).unwrap_err();
            let error = error.to_string();
            assert!(error.contains(said) && error.contains(named), "{error}");
        }
        let mapping = "modifier1=modfier,dos=When,pass=Paid Date".parse().unwrap();
        let header = ["code", "modfier", "When", "Paid Date"];
        let columns = ClaimColumns::with_mapping(header, &mapping).unwrap();
        let line = columns.line(["E0601", "RR", "6/15/2025", "soon"]).unwrap();
        assert_eq!(
            (line.modifiers, line.dos),
            (vec!["RR".to_owned()], "2025-06-15".parse().ok())
        );
        assert_eq!(columns.unread(), ["Paid Date"]);
        assert!(ClaimColumns::with_mapping(["code"], &mapping).is_err());
    }
}
