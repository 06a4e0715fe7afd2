//! The columns of an RBCS file, and a row as an assignment.

use super::csv_rows::Row;
use super::csv_table::{Column, column};
use super::rbcs_assignment::{RbcsAssignment, RbcsLevel};
use super::text::squeeze;
use crate::codeset::{Code, Date};
use crate::error::excerpt;

pub(super) const CODE: usize = 0;
const ID: usize = 1;
const LATEST: usize = 2;
const CATEGORY: usize = 3;
const CATEGORY_LABEL: usize = 4;
const SUBCATEGORY: usize = 5;
const SUBCATEGORY_LABEL: usize = 6;
const FAMILY: usize = 7;
const FAMILY_LABEL: usize = 8;
const MAJOR: usize = 9;
const FIRST_RELEASE: usize = 10;
const FROM: usize = 11;
const TO: usize = 12;

/// The columns, in the order of the numbers above.
pub(super) const COLUMNS: [Column; 13] = [
    column("hcpcs_cd", &["HCPCSCD"], true),
    column("rbcs_id", &["RBCSID"], true),
    column("rbcs_latest_assignment", &["RBCSLATESTASSIGNMENT"], true),
    column("rbcs_cat", &["RBCSCAT"], true),
    column("rbcs_cat_desc", &["RBCSCATDESC"], false),
    column("rbcs_cat_subcat", &["RBCSCATSUBCAT"], true),
    column("rbcs_subcat_desc", &["RBCSSUBCATDESC"], false),
    column("rbcs_famnumb", &["RBCSFAMNUMB"], false),
    column("rbcs_family_desc", &["RBCSFAMILYDESC"], false),
    column("rbcs_major_ind", &["RBCSMAJORIND"], false),
    column("first_rbcs_release_year", &["FIRSTRBCSRELEASEYEAR"], false),
    column("rbcs_analysis_start_dt", &["RBCSANALYSISSTARTDT"], false),
    column("rbcs_analysis_end_dt", &["RBCSANALYSISENDDT"], false),
];

/// Reads a row; `None` for an earlier assignment.
pub(super) fn assignment(code: Code, row: &Row<'_, 13>) -> Result<Option<RbcsAssignment>, String> {
    match row.cell(LATEST) {
        "1" => {}
        "0" => return Ok(None),
        other => {
            return Err(format!(
                "{code}: `{}` says neither 1, current, nor 0, earlier",
                excerpt(other)
            ));
        }
    }
    for needed in [ID, CATEGORY, SUBCATEGORY] {
        if row.cell(needed).is_empty() {
            return Err(format!("{code} without {}", COLUMNS[needed].name));
        }
    }
    let level = |code: usize, label: usize| RbcsLevel {
        code: row.cell(code).to_owned(),
        label: squeeze(row.cell(label)),
    };
    Ok(Some(RbcsAssignment {
        code,
        id: row.cell(ID).to_owned(),
        category: level(CATEGORY, CATEGORY_LABEL),
        subcategory: level(SUBCATEGORY, SUBCATEGORY_LABEL),
        family: level(FAMILY, FAMILY_LABEL),
        major: row.cell(MAJOR).to_owned(),
        first_release: row.cell(FIRST_RELEASE).to_owned(),
        from: day(row.cell(FROM))?,
        to: day(row.cell(TO))?,
    }))
}

/// Reads MM/DD/YYYY; an empty cell and 12/31/9999 mean an open end.
fn day(text: &str) -> Result<Option<Date>, String> {
    if matches!(text, "" | "12/31/9999") {
        return Ok(None);
    }
    let mut parts = text.split('/');
    let mut next = || parts.next();
    let day = match (next(), next(), next(), next()) {
        (Some(month), Some(day), Some(year), None) => date(year, month, day),
        _ => None,
    };
    day.map(Some)
        .ok_or_else(|| format!("`{}` is not a date such as 01/31/2026", excerpt(text)))
}

fn date(year: &str, month: &str, day: &str) -> Option<Date> {
    Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?)
}
