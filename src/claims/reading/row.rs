//! Turns a row of a table into a claim line.

use serde_json::Value;

use crate::codeset::NdcQuantity;
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
                Column::Waste => line.waste = Some(cell.to_owned()),
                Column::DoseUnit => dose_unit = Some(cell),
                _ => {}
            }
        }
        if let Some(quantity) = own_quantity {
            line.ndc_quantity.get_or_insert_with(|| quantity.to_owned());
        }
        codes.put_into(&mut line, &self.names)?;
        for (at, cell) in own_modifiers {
            line.add_modifiers(cell)
                .map_err(|error| Error::query(format!("column `{}`: {error}", self.names[at])))?;
        }
        self.put_amounts(&mut line, dose_unit);
        self.put_span(&mut line, &start, &end)?;
        let spans = [&start, &end].map(|own| own.found.is_some_and(|own| own.has_no_end));
        if has_no_end || spans.contains(&true) {
            line.say_no_end();
        }
        line.readings.extend(self.validity.clone());
        line.checked()
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
