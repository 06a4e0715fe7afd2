//! Turns a row of a table into a claim line.

use serde_json::Value;

use crate::codeset::{Measure, NdcQuantity, doubtful_point};
use crate::error::{Error, Result};

use super::claim_columns::ClaimColumns;
use super::claim_line::ClaimLine;
use super::code_cell::CodeCells;
use super::column_content::{CodeName, Column};
use super::service_span::Day;
use super::value::{plain, refuse_formula_error, refuse_shortened, whole};
use super::written_days::{Place, says_no_end};

impl ClaimColumns {
    /// The id of a row, if it has one.
    pub(super) fn line_id<'c>(&self, row: impl Iterator<Item = &'c str>) -> Option<Value> {
        let is_id = |(column, _): &(&Column, &str)| matches!(column, Column::LineId(_));
        let (_, cell) = self.columns.iter().zip(row).find(is_id)?;
        Some(plain(cell))
            .filter(|cell| !cell.is_empty())
            .map(Value::from)
    }

    /// The claim line of a row.
    ///
    /// # Errors
    /// There is no code, or two; a day is invalid; a spreadsheet dropped digits of a number; the
    /// row has more cells than the header.
    pub fn line<'c>(&self, row: impl IntoIterator<Item = &'c str>) -> Result<ClaimLine> {
        let mut line = ClaimLine::default();
        let (mut start, mut end) = (Day::default(), Day::default());
        let mut own_modifiers = Vec::new();
        let (mut dose_unit, mut own_quantity) = (None, None);
        let mut codes = CodeCells::default();
        let mut has_no_end = false;
        for (at, cell) in row.into_iter().enumerate() {
            let Some(column) = self.columns.get(at) else {
                if cell.trim().is_empty() {
                    continue;
                }
                let (cells, columns) = (at + 1, self.columns.len());
                let reason = format!("the row has {cells} cells, the header {columns}");
                return Err(Error::query(
                    reason + "; put in quotes what has a comma in it",
                ));
            };
            let in_column =
                |error: Error| Error::query(format!("column `{}`: {error}", self.names[at]));
            match column {
                // Without the code and its days there is no verdict on it; what else a line has is
                // compared with it, and the comparison says what is wrong.
                Column::Code(_)
                | Column::CodeType(_)
                | Column::Modifier
                | Column::Start(_)
                | Column::End(_)
                | Column::UnclearModifier => refuse_formula_error(cell).map_err(in_column)?,
                _ => {}
            }
            let cell = plain(cell);
            if cell.is_empty() {
                continue;
            }
            match column {
                Column::Code(CodeName::Numbered(number)) => codes.codes.push((at, *number, cell)),
                Column::Code(_) => codes.codes.push((at, 0, cell)),
                Column::CodeType(number) => codes.types.push((*number, cell)),
                Column::Start(rank) => {
                    let cell = self.days.of_cell(cell).map_err(in_column)?;
                    start.take(&cell, *rank, at).map_err(in_column)?;
                }
                Column::End(_) if says_no_end(cell, Place::Column) => has_no_end = true,
                Column::End(rank) => {
                    let cell = self.days.of_cell(cell).map_err(in_column)?;
                    end.take(&cell, *rank, at).map_err(in_column)?;
                }
                Column::LineId(_) => line.line_id = Some(Value::from(cell)),
                Column::Units => line.units = Some(Value::from(cell)),
                Column::Modifier => own_modifiers.push((at, cell)),
                Column::Ndc => {
                    refuse_shortened(cell).map_err(in_column)?;
                    let (ndc, quantity) = NdcQuantity::behind_ndc(cell);
                    line.ndc = Some(whole(ndc).to_owned());
                    own_quantity = quantity;
                }
                Column::NdcQuantity => line.ndc_quantity = Some(cell.to_owned()),
                Column::NdcUnit => line.ndc_unit = Some(cell.to_owned()),
                Column::Dose => line.dose = Some(whole(cell).to_owned()),
                Column::Description(_) => line.description = Some(cell.to_owned()),
                Column::DoseUnit => dose_unit = Some(cell),
                _ => {}
            }
        }
        if let (None, Some(quantity)) = (&line.ndc_quantity, own_quantity) {
            line.ndc_quantity = Some(quantity.to_owned());
        }
        codes.put_into(&mut line, &self.names)?;
        for (at, cell) in own_modifiers {
            line.add_modifiers(cell)
                .map_err(|error| Error::query(format!("column `{}`: {error}", self.names[at])))?;
        }
        for day in [&start, &end] {
            if let Some((one, other)) = day.two {
                let (one, other) = (&self.names[one], &self.names[other]);
                let reason = format!("`{one}` and `{other}` name two days of service");
                return Err(Error::columns(&reason, vec![one.clone(), other.clone()]));
            }
        }
        let of_name = self.unit_of_doses.map(Measure::symbol);
        for unit in [dose_unit, of_name].into_iter().flatten() {
            if let Some(dose) = &mut line.dose {
                put_unit(dose, unit);
            }
        }
        self.put_amounts(&mut line);
        self.put_span(&mut line, &start, &end)?;
        let spans = [&start, &end].map(|own| own.found.is_some_and(|own| own.has_no_end));
        if has_no_end || spans.contains(&true) {
            line.say_no_end();
        }
        line.readings.extend(self.validity.clone());
        line.checked()
    }
}

impl ClaimColumns {
    /// Gives a line blank amounts where its row has a place for them, and says what its numbers may
    /// mean else.
    fn put_amounts(&self, line: &mut ClaimLine) {
        let units = line.units.as_ref().and_then(Value::as_str);
        let numbers = [units, line.ndc_quantity.as_deref()];
        let numbers = numbers.into_iter().flatten();
        let numbers = numbers.filter(|_| self.may_part_thousands);
        let doubts: Vec<String> = numbers.filter_map(doubtful_point).collect();
        line.readings.extend(doubts);
        if line.units.is_none() && self.columns.contains(&Column::Units) {
            line.say_no_units();
        }
        for (column, own) in [
            (Column::Dose, &mut line.dose),
            (Column::NdcQuantity, &mut line.ndc_quantity),
        ] {
            if own.is_none() && self.columns.contains(&column) {
                *own = Some(String::new());
            }
        }
    }
}

/// Appends the unit from a separate column to a dose without one.
fn put_unit(dose: &mut String, unit: &str) {
    let has_unit = dose.to_lowercase().ends_with(&unit.to_lowercase());
    if !has_unit {
        dose.push(' ');
        dose.push_str(unit);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::codeset::Date;

    fn line(header: &str, row: &str) -> Result<String> {
        let columns = ClaimColumns::from_header(header.split(','))?;
        let line = columns.line(row.split(','))?;
        let day = |day: Option<Date>| day.map_or(String::new(), |day| format!(" {day}"));
        let (code, modifiers) = (&line.code, line.modifiers.join(" "));
        Ok(format!(
            "{code} {modifiers}{}{}",
            day(line.dos),
            day(line.dos_through)
        ))
    }

    #[test]
    fn real_exports() {
        for row in "
            DESY_SORT_KEY,CLAIM_NO,CLM_LINE_NUM,HCPCS_CD,HCPCS_1ST_MDFR_CD,HCPCS_2ND_MDFR_CD,LINE_1ST_EXPNS_DT,LINE_LAST_EXPNS_DT → 1,2,1,E0601,RR,ZZ,20250615,20250616
            claim_id,claim_line_number,claim_start_date,claim_end_date,hcpcs_code,hcpcs_modifier_1,hcpcs_modifier_5,claim_line_start_date,claim_line_end_date,paid_date → A,1,2025-06-01,2025-06-30,E0601,RR,ZZ,2025-06-15,2025-06-16,2025-08-01
            CPT,HCPCS,Mod A,Mod B,DOS From,DOS To,DOB → ,E0601,RR,ZZ,06/15/2025,06/16/2025,1/1/1950
            Procedure Code,Procedure Date,M1,M2 → E0601,RD8:20250615-20250616,RR,ZZ
            hcpcs_code,modifiers,From,Thru → E0601,RR-ZZ,2025-06-15 00:00:00,6/16/25
            claim_start_date,hcpcs_code,mod,claim_line_start_date,thru date → 2025-06-15,E0601,RRZZ,nan,2025-06-16
        "
        .trim()
        .lines()
        {
            let (header, row) = row.trim().split_once(" → ").unwrap();
            assert_eq!(
                line(header, row).unwrap(),
                "E0601 RR ZZ 2025-06-15 2025-06-16",
                "{header}"
            );
        }
        for end in [
            "12/31/9999",
            "99991231",
            "12312999",
            "2999-12-31",
            "12/31/2099",
        ] {
            let found = line("code,from,term date", &format!("E0601,2026-01-05,{end}"));
            assert_eq!(found.unwrap(), "E0601  2026-01-05", "{end}");
            let found = line("code,from,thru", &format!("E0601,,{end}"));
            assert_eq!(found.unwrap(), "E0601 ", "{end}");
        }
        // A day of the line is no first day of a span that may be the claim's.
        let header = "THRU_DT,REV_DT,HCPCS_CD";
        let found = line(header, "20260131,20260105,E0601").unwrap();
        assert_eq!(found, "E0601  2026-01-05");
        let columns = ClaimColumns::from_header(header.split(',')).unwrap();
        for (row, said) in [
            ("20260131,20260105,E0601", true),
            ("20260105,20260105,E0601", false),
        ] {
            let readings = columns.line(row.split(',')).unwrap().readings.join("; ");
            assert_eq!(
                readings.contains("`THRU_DT`, 2026-01-31, is not read"),
                said,
                "{readings}"
            );
        }
        // What a day is taken from, in place of a blank cell, is said.
        let columns = "claim start date,service date,thru,code";
        let columns = ClaimColumns::from_header(columns.split(',')).unwrap();
        for (row, said) in [
            ("20260101,20260105,20260106,E0601", ""),
            (
                "20260101,,20260106,E0601",
                "`service date` is blank, and the day is that of `claim start date`",
            ),
            (
                ",,20260106,E0601",
                "no first day of service, and the day is that of `thru`",
            ),
            (",,,E0601", ""),
        ] {
            let readings = columns.line(row.split(',')).unwrap().readings;
            assert_eq!(readings.join("; "), said, "{row}");
        }
        let found = line("Line From,Thru,HCPCS", "20260105,20260131,E0601").unwrap();
        assert_eq!(found, "E0601  2026-01-05 2026-01-31");
        // The claim's span does not apply to a line with a day of its own.
        let header = "CLM_FROM_DT,CLM_THRU_DT,CLM_LINE_FROM_DT,HCPCS_CD";
        let found = line(header, "20250601,20250630,20250615,E0601").unwrap();
        assert_eq!(found, "E0601  2025-06-15");
        assert_eq!(line("cpt,mod", "100,25.0").unwrap(), "00100 25");
    }

    #[test]
    fn a_dose_has_the_unit_of_its_column() {
        for (header, row, dose) in [
            ("code,Dose (mg)", "J1885,30", "30 mg"),
            ("code,Dose_mcg", "J1885,30 mcg", "30 mcg"),
            ("code,Dose (mcg)", "J1885,30 mg", "30 mg mcg"),
            ("code,Dose (mg),dose unit", "J1885,30,mcg", "30 mcg mg"),
            ("code,Dose in mg,dose unit", "J1885,30,mg", "30 mg"),
            ("code,Dose", "J1885,30", "30"),
        ] {
            let columns = ClaimColumns::from_header(header.split(',')).unwrap();
            let line = columns.line(row.split(',')).unwrap();
            assert_eq!(line.dose.as_deref(), Some(dose), "{header}");
        }
    }

    #[test]
    fn the_quantity_and_the_unit_of_a_package_may_be_called_alike() {
        for (header, row) in [
            ("code,ndc,NDC Qty,NDC Units", "J1885,1,2,ML"),
            ("code,ndc,NDC Units,NDC Qty", "J1885,1,ML,2"),
            ("code,ndc,NDC Units,NDC Unit of Measure", "J1885,1,2,ML"),
            (
                "code,NDC1,NDC2,NDC2 Qty,NDC Qty,NDC Units",
                "J1885,1,7,8,2,ML",
            ),
        ] {
            let columns = ClaimColumns::from_header(header.split(',')).unwrap();
            let line = columns.line(row.split(',')).unwrap();
            let found = (line.ndc, line.ndc_quantity, line.ndc_unit);
            let given = |text: &str| Some(text.to_owned());
            assert_eq!(found, (given("1"), given("2"), given("ML")), "{header}");
        }
    }

    #[test]
    fn rows_that_are_wrong_or_unusual() {
        let columns = ClaimColumns::from_header(["modifiers", "code", "dos", "ndc"]).unwrap();
        let line = columns
            .line(["KX, KH", "HC:E0601:RR", "", "55292-0702-55"])
            .unwrap();
        assert_eq!(line.modifiers, ["RR", "KX", "KH"]);
        for (row, said) in [
            (["", "", "", ""], "there is no code"),
            (["", "J1640", "soon", ""], "column `dos`: `soon` is no day"),
            (
                ["#N/A", "J1640", "", ""],
                "`modifiers`: `#N/A` is the error",
            ),
            (
                ["", "J1640", "#VALUE!", ""],
                "`dos`: `#VALUE!` is the error",
            ),
            (["TRUE", "J1640", "", ""], "`modifiers`: `TRUE` is a word"),
            (["12/31/2025", "J1640", "", ""], "`12/31/2025` is a day"),
            (["31/12/2025", "J1640", "", ""], "`31/12/2025` is a day"),
            (["123125", "J1640", "", ""], "`123125` is a day"),
            (["2025", "J1640", "", ""], "`2025` is a day or a number"),
            (
                ["", "J1640", "", "5.52921E+10"],
                "column `ndc`: `5.52921E+10`",
            ),
        ] {
            assert!(columns.line(row).unwrap_err().to_string().contains(said));
        }
        for (cell, modifiers) in [("2559", "25 59"), ("59-25", "59 25"), ("12", "12")] {
            let line = columns.line([cell, "J1640", "", ""]).unwrap();
            assert_eq!(line.modifiers.join(" "), modifiers);
        }
        let two = line_error("cpt,hcpcs", "99213,J1640");
        assert!(two.contains("hold two codes, 99213 and J1640"), "{two}");
        let two = line_error("code,dos,service date", "E0601,2025-01-01,2025-01-02");
        assert!(two.contains("two days of service"), "{two}");
        let back = line_error("code,from,to", "E0601,2025-01-02,2025-01-01");
        assert!(back.contains("comes before the first"), "{back}");
    }

    fn line_error(header: &str, row: &str) -> String {
        line(header, row).unwrap_err().to_string()
    }
}
