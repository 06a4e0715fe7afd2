//! RBCS, the Restructured BETOS: category, subcategory and family of a code.

use std::collections::{HashMap, HashSet};

use super::csv_rows::Row;
use super::csv_table::Sheet;
use super::rbcs_assignment::RbcsAssignment;
use super::rbcs_row::{CODE, COLUMNS, assignment};
use super::source::Source;
use crate::codeset::Code;
use crate::error::Result;
use crate::table::sheet::Book;

/// Whether a file begins as an RBCS file does.
pub(crate) fn is_rbcs(head: &str) -> bool {
    let start: String = head
        .lines()
        .take(30)
        .collect::<Vec<_>>()
        .join("\n")
        .to_lowercase();
    start.contains("rbcs_id") && start.contains("hcpcs_cd")
}

/// Whether a workbook has the columns of an RBCS file.
pub(crate) fn is_table(book: &mut Book<'_>) -> bool {
    Sheet::open(book, &COLUMNS).is_some()
}

/// Reads the current assignments; leaves out and counts rows of CPT numbers.
pub(crate) fn parse(book: &mut Book<'_>, source: &mut Source) -> Result<Vec<RbcsAssignment>> {
    let Some(sheet) = Sheet::open(book, &COLUMNS) else {
        let needed = COLUMNS.iter().filter(|column| column.is_needed);
        let needed: Vec<_> = needed.map(|column| column.name).collect();
        let needed = needed.join(", ");
        return source.refuse(format!(
            "an RBCS file needs the columns {needed} in its first 30 rows"
        ));
    };
    source.notices.extend(sheet.lacks(&COLUMNS));
    source.notices.extend(sheet.passes_over());
    let (mut assignments, mut earlier) = (Vec::new(), 0);
    // the line of each code's assignment, and its position
    let mut lines: HashMap<Code, (usize, usize)> = HashMap::new();
    let mut doubtful = HashSet::new();
    let mut broken = Vec::new();
    let take = |row: &Row<'_, 13>| {
        source.rows += 1;
        let code = match row.code(CODE) {
            Ok(Some(code)) => code,
            Ok(None) => return source.left_out_cpt += 1,
            Err(reason) => return source.skip(row.line, reason),
        };
        match (assignment(code, row), lines.get(&code)) {
            (Ok(None), _) => earlier += 1,
            (Ok(Some(other)), Some((line, at))) => {
                let own: &RbcsAssignment = &assignments[*at];
                let reason = if *own == other {
                    format!("{code} has a current assignment on line {line} already")
                } else {
                    doubtful.insert(code);
                    format!(
                        "{code} has another current assignment on line {line}: neither is taken"
                    )
                };
                source.skip(row.line, reason);
            }
            (Ok(Some(current)), None) => {
                lines.insert(code, (row.line, assignments.len()));
                assignments.push(current);
            }
            (Err(reason), _) => source.skip(row.line, reason),
        }
    };
    let cut = sheet.each_row(take, |line, reason| broken.push((line, reason.to_owned())));
    assignments.retain(|own| !doubtful.contains(&own.code));
    source.damage.extend(cut);
    source.take_broken(broken);
    source.check_rows();
    if assignments.is_empty() {
        let reason = "no row has the current assignment of a HCPCS Level II code";
        source.damage.push(reason.to_owned());
    }
    if earlier > 0 {
        source.notices.push(format!(
            "earlier assignments, which are left out: {earlier}"
        ));
    }
    describe(&assignments, source);
    Ok(assignments)
}

/// Takes the release's year from the file's name, else from the newest code in it.
fn describe(assignments: &[RbcsAssignment], source: &mut Source) {
    let name = source
        .path
        .file_stem()
        .unwrap_or_default()
        .to_string_lossy()
        .into_owned();
    let mut words = name.split(|letter: char| !letter.is_ascii_digit());
    let is_year = |word: &&str| word.len() == 4 && word.starts_with("20");
    let year = words.rfind(is_year);
    let youngest = assignments.iter().map(|at| at.first_release.as_str()).max();
    if let (Some(year), Some(youngest)) = (year, youngest)
        && year != youngest
    {
        source.notices.push(format!(
            "taken as of {year}, as its name says; the newest code in it is of {youngest}"
        ));
    }
    source.label = year
        .or(youngest)
        .filter(|year| !year.is_empty())
        .map(str::to_owned);
    source.title = match &source.label {
        Some(year) => format!("Restructured BETOS Classification System, release {year}"),
        None => "Restructured BETOS Classification System".to_owned(),
    };
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;
    use crate::annotation::source::SourceKind;

    const HEADINGS: &str = "hcpcs_cd,rbcs_id,rbcs_cat,rbcs_cat_desc,rbcs_cat_subcat,rbcs_subcat_desc,rbcs_famnumb,rbcs_family_desc,rbcs_major_ind,hcpcs_cd_add_dt,hcpcs_cd_end_dt,rbcs_latest_assignment,first_rbcs_release_year,rbcs_analysis_start_dt,rbcs_analysis_end_dt,alt_assignment_method,rbcs_id_ever_reassigned";

    fn row(code: &str, latest: &str) -> String {
        format!(
            "{code},DE001N,D,DME,DE,\"Other DME\",001,\"CPAP (sleep apnea)\",N,01/01/1988,12/31/9999,{latest},2020,01/01/2014,12/31/9999,0,0\n"
        )
    }

    fn read(name: &str, rows: &[String]) -> (Vec<RbcsAssignment>, Source) {
        let text = format!("{HEADINGS}\n{}", rows.concat());
        assert!(is_rbcs(&text));
        let mut source = Source::new(Path::new(name), SourceKind::Rbcs);
        let assignments = parse(&mut Book::text(&text), &mut source).unwrap();
        (assignments, source)
    }

    #[test]
    fn the_current_assignment_of_a_code() {
        let rows = [
            row("E0601", "0"),
            row("E0601", "1"),
            row("94660", "1"),
            row("0001U", "1"),
            row("D0120", "1"),
        ];
        let (assignments, source) = read("RBCS_RY_2025.csv", &rows);
        let [cpap] = &assignments[..] else {
            panic!("{assignments:?}")
        };
        assert_eq!((cpap.code.as_str(), cpap.id.as_str()), ("E0601", "DE001N"));
        assert_eq!(
            (cpap.category.code.as_str(), cpap.category.label.as_str()),
            ("D", "DME")
        );
        assert_eq!(cpap.subcategory.label, "Other DME");
        assert_eq!(cpap.family.label, "CPAP (sleep apnea)");
        assert_eq!(cpap.major_meaning(), Some("not a procedure"));
        assert_eq!(cpap.from.unwrap().to_string(), "2014-01-01");
        assert_eq!(cpap.to, None);
        assert_eq!((source.rows, source.left_out_cpt), (5, 3));
        assert_eq!(source.label.as_deref(), Some("2025"));
        assert_eq!(
            source.notices,
            [
                "earlier assignments, which are left out: 1",
                "taken as of 2025, as its name says; the newest code in it is of 2020"
            ]
        );
        let (_, source) = read("RBCS_RY_2020.csv", &[row("E0601", "1")]);
        assert_eq!(source.notices, [""; 0], "name and content agree");
    }

    #[test]
    fn bad_rows_are_skipped_with_line_and_reason() {
        let rows = [
            row("E0601", "1"),
            row("E0601", "1"),
            row("E06", "1"),
            row("E0602", "x"),
            row("E0603", "1").replace("DE001N", ""),
            row("E0604", "1").replace("01/01/2014", "2014"),
            row("E0605", "1"),
            row("E0605", "1").replace("DE001N", "DE002N"),
        ];
        let (assignments, source) = read("taxonomy.csv", &rows);
        assert_eq!(assignments.len(), 1);
        assert_eq!(source.label.as_deref(), Some("2020"), "from the content");
        let skipped = source.skipped_in_words();
        assert_eq!(
            skipped,
            [
                "3: E0601 has a current assignment on line 2 already",
                "4: `E06`: not a HCPCS Level II code (a letter and four digits, or a modifier of two characters)",
                "5: E0602: `x` says neither 1, current, nor 0, earlier",
                "6: E0603 without rbcs_id",
                "7: `2014` is not a date such as 01/31/2026",
                "9: E0605 has another current assignment on line 8: neither is taken",
            ]
        );
    }

    #[test]
    fn headings_that_do_not_suffice() {
        let mut source = Source::new(Path::new("x.csv"), SourceKind::Rbcs);
        let error = parse(&mut Book::text("hcpcs_cd,rbcs_id\n"), &mut source)
            .unwrap_err()
            .to_string();
        assert!(error.contains("rbcs_latest_assignment"), "{error}");
    }
}
