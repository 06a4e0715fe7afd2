//! Reads a header: which column holds what, and which are not used.

use super::claim_columns::{ClaimColumns, list};
use super::column_content::Column;
use super::column_days::ColumnDays;
use super::column_mapping::ColumnMapping;
use super::column_name::{Name, words};
use super::column_recognition::column;
use super::drug_column::unit_in;
use crate::error::{Error, Result};

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
            Column::Waste,
        ] {
            own.choose_once(|column| column == single);
        }
        let doses = own.named(|column| column == Column::Dose);
        own.unit_of_doses = doses.first().and_then(|name| unit_in(&Name(words(name))));
        own.choose_best(Column::id_rank);
        own.choose_best(Column::text_rank);
        let unclear = own.named(|column| column == Column::UnclearModifier);
        if !unclear.is_empty() {
            let reason = "columns that seem to hold a modifier and are not understood";
            return Err(Error::columns(reason, unclear));
        }
        own.name_unread();
        Ok(own)
    }

    /// Keeps of several columns of a kind the one with the highest rank.
    fn choose_best<R: Ord>(&mut self, rank: impl Fn(Column) -> Option<R>) {
        if let Some(best) = self.columns.iter().filter_map(|own| rank(*own)).max() {
            self.pass_over(|column| rank(column).is_some_and(|rank| rank < best));
            self.choose_once(|column| rank(column).is_some());
        }
    }

    /// Notes the columns that are not used, and those without a name.
    fn name_unread(&mut self) {
        let is_read = |column: &Column| {
            !matches!(
                column,
                Column::Other | Column::OtherDay | Column::UnclearDay
            )
        };
        let pairs = self.columns.iter().zip(&self.names).zip(1..);
        let unread = pairs.filter(|((column, name), _)| !is_read(column) && !name.is_empty());
        let places = self.names.iter().enumerate();
        let unnamed = places.filter(|(_, name)| name.is_empty());
        self.unnamed = unnamed.map(|(at, _)| at).collect();
        let is_twice = |name: &String| self.names.iter().filter(|own| *own == name).count() > 1;
        let unread = unread.map(|((_, name), at)| {
            if is_twice(name) {
                format!("{name} (column {at})")
            } else {
                name.clone()
            }
        });
        self.unread = unread.collect();
    }
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
