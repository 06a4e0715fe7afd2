//! Record pages: labels, values and definitions of one code's fields, as other publishers show
//! them.

use std::collections::HashMap;

use serde::{Deserialize, Serialize};

use super::labels as field;
use super::labels::FIELDS;
use super::rows::{CODE, Row, coded, is_code, rows, without_number};
use crate::annotation::source::Source;
use crate::annotation::text::squeeze;
use crate::codeset::{Code, Record};
use crate::error::{Result, excerpt};

/// A publisher's page about one code.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RecordPage {
    /// The record as the page has it. If a release has the code, the release takes precedence.
    pub record: Record,
    /// The definitions of the page's labels, for the dictionary, including labels without a
    /// definition.
    pub fields: Vec<FieldDefinition>,
    /// The page's words for coded values, by label, such as `Coverage Code`.
    pub meanings: Vec<(String, String)>,
    /// The publisher's own labels and values, such as `Status`.
    pub others: Vec<(String, String)>,
}

/// What a label of a record page means.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "serve", derive(utoipa::ToSchema))]
pub struct FieldDefinition {
    /// The label, such as `Coverage Code`, without the number of a repeated field.
    pub label: String,
    /// The publisher's explanation, a line for each paragraph; may be empty.
    pub definition: String,
}

/// A value that a page and a release give differently.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Difference {
    /// The field's label.
    pub field: String,
    /// What the page says.
    pub page: String,
    /// What the release says; empty if it says nothing.
    pub release: String,
}

impl RecordPage {
    /// The values of this page that differ from a release's record of the same code. Fields that
    /// the page does not show are no differences.
    #[must_use]
    pub fn differences(&self, record: &Record) -> Vec<Difference> {
        let is_shown = |label: &str| {
            self.fields
                .iter()
                .any(|field| field.label.eq_ignore_ascii_case(label))
        };
        let shown = FIELDS.iter().filter(|field| is_shown(field.label));
        shown
            .map(|field| Difference {
                field: field.label.to_owned(),
                page: (field.get)(&self.record),
                release: (field.get)(record),
            })
            .filter(|difference| {
                !difference.page.is_empty() && difference.page != difference.release
            })
            .collect()
    }
}

/// Reads a page.
pub(crate) fn parse(text: &str, source: &mut Source) -> Result<RecordPage> {
    let (rows, prose) = rows(text);
    let Some(code) = rows.iter().find(|row| is_code(&row.label)) else {
        return source.refuse(format!(
            "no row `{CODE}`; a record page has label, value and definition, tab-separated"
        ));
    };
    let code: Code = match code.value.parse() {
        Ok(code) => code,
        Err(error) => {
            return source.refuse_line(code.line, format!("`{}`: {error}", excerpt(&code.value)));
        }
    };
    let mut page = RecordPage {
        record: Record::new(code),
        fields: Vec::new(),
        meanings: Vec::new(),
        others: Vec::new(),
    };
    source.rows = rows.len();
    page.take_all(&rows, source);
    source.title = squeeze(&format!("{code} {}", page.record.long_descriptor));
    if prose > 0 {
        let notice = format!("lines around the table that are not read: {prose}");
        source.notices.push(notice);
    }
    Ok(page)
}

impl RecordPage {
    fn take_all(&mut self, rows: &[Row], source: &mut Source) {
        let mut lines: HashMap<String, usize> = HashMap::new();
        for row in rows {
            let label = &row.label;
            if let Some(line) = lines.get(&label.to_lowercase()) {
                let reason =
                    format!("`{label}` is already on line {line}; a page is about one code");
                source.skip(row.line, reason);
                continue;
            }
            lines.insert(label.to_lowercase(), row.line);
            if let Err(reason) = self.take(row) {
                source.skip(row.line, format!("{label}: {reason}"));
            }
        }
    }

    fn take(&mut self, row: &Row) -> Result<(), String> {
        let label = without_number(&row.label);
        let field = field::field(label);
        let is_ours = field.is_some() || is_code(label);
        let is_known = |field: &FieldDefinition| field.label.eq_ignore_ascii_case(label);
        if (is_ours || !row.definition.is_empty()) && !self.fields.iter().any(is_known) {
            self.fields.push(FieldDefinition {
                label: label.to_owned(),
                definition: row.definition.clone(),
            });
        }
        match (field, coded(&row.label)) {
            (Some(field), _) if !row.value.is_empty() => (field.set)(&mut self.record, &row.value)?,
            _ if is_ours => {}
            (_, Some(coded)) => self.meanings.push((coded.to_owned(), row.value.clone())),
            _ => self.others.push((row.label.clone(), row.value.clone())),
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;
    use crate::annotation::source::SourceKind;

    const PAGE: &str = "\nE0000\nSome prose.\n\n<i>HCPCS Code</i>\tE0601\t<p>One.</p> <p>A&nbsp;&amp; B.</p>\n\
        <i>Code Description</i>\tA  device\t<p>Text.</p>\n\
        <i>Type Of Service Code #1</i>\tR\tKind.\n\
        <i>Type Of Service Code #1 Description</i>\tRental of DME\tDescription of it\n\
        <i>Type Of Service Code #2</i>\tP\tKind.\n\
        <i>Coverage Code</i>\tD\tStatus of it.\n\
        <i>Anesthesia Base Unit Quantity</i>\t0\tUnits < 5 and > 2.\n\
        <i>Code Added Date</i>\t19860101\t\n\
        <i>Termination Date</i>\t00000000\t\n\
        <i>Status</i>\tActual\t\n";

    fn read(text: &str) -> Result<(RecordPage, Source), String> {
        let path = Path::new("page.txt");
        let mut source = Source::new(path, SourceKind::RecordPage);
        let page = parse(text, &mut source).map_err(|error| error.to_string())?;
        Ok((page, source))
    }

    #[test]
    fn a_page_becomes_a_record() {
        assert!(super::super::rows::is_page(PAGE));
        let (page, source) = read(PAGE).unwrap();
        assert_eq!(page.record.code.as_str(), "E0601");
        assert_eq!(page.record.long_descriptor, "A device");
        assert_eq!(
            page.record.type_of_service,
            ["R".parse().unwrap(), "P".parse().unwrap()]
        );
        assert_eq!(page.record.added.unwrap().to_string(), "1986-01-01");
        assert_eq!(page.record.terminated, None);
        assert_eq!(
            page.meanings,
            [("Type Of Service Code #1".into(), "Rental of DME".into())]
        );
        assert_eq!(page.others, [("Status".into(), "Actual".into())]);
        assert_eq!(page.fields[0].definition, "One.\nA & B.");
        assert_eq!(
            page.fields
                .iter()
                .filter(|field| field.label == "Type Of Service Code")
                .count(),
            1
        );
        assert_eq!((source.title.as_str(), source.rows), ("E0601 A device", 10));
        assert_eq!(
            source.notices,
            ["lines around the table that are not read: 2"]
        );
    }

    #[test]
    fn where_it_differs_from_a_release() {
        let (page, _) = read(PAGE).unwrap();
        let mut record = page.record.clone();
        record.anesthesia_base_units = None;
        record.betos = Some("D1E".parse().unwrap());
        assert_eq!(page.differences(&record), [], "what the page does not show");
        record.coverage = Some("C".parse().unwrap());
        record.type_of_service.pop();
        let differences: Vec<_> = page
            .differences(&record)
            .into_iter()
            .map(|at| format!("{}: {} / {}", at.field, at.page, at.release))
            .collect();
        assert_eq!(
            differences,
            ["Coverage Code: D / C", "Type Of Service Code: R P / R"]
        );
    }

    #[test]
    fn bad_values_are_skipped_with_line_and_reason() {
        let text =
            "HCPCS Code\tE0601\nCode Added Date\t1986\nCoverage Code\tDD\nHCPCS Code\tE0602\n";
        let (page, source) = read(text).unwrap();
        assert_eq!(page.record, Record::new("E0601".parse().unwrap()));
        let skipped = source.skipped_in_words();
        assert_eq!(
            skipped,
            [
                "2: Code Added Date: `1986` is not a date; write YYYY-MM-DD",
                "3: Coverage Code: `DD` is not a value of coverage",
                "4: `HCPCS Code` is already on line 1; a page is about one code",
            ]
        );
    }

    #[test]
    fn pages_that_are_refused() {
        let error = read("HCPCS Code\t99213\tx\n").unwrap_err();
        assert!(error.contains("line 1") && error.contains("CPT"), "{error}");
        let error = read("Coverage Code\tD\tx\n").unwrap_err();
        assert!(error.contains("no row `HCPCS Code`"), "{error}");
    }
}
