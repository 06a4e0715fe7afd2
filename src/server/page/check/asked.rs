//! `Asked`: the content of the page's form: lines or a file, the day, the columns, the output.

use axum::body::Bytes;
use axum::http::Uri;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use crate::claims::ColumnMapping;
use crate::codeset::{Code, Date, Kind, ParseCodeError};
use crate::server::http::problem::Problem;
use crate::server::http::query_string as parameter;
use crate::server::http::query_string::day;
use crate::server::http::upload::UploadField;

/// The size limit of a file or of pasted lines, in bytes.
pub(crate) const MOST_BYTES: usize = 8 << 20;
/// The size limit of the whole form, which repeats a file if only the table is requested again, in
/// bytes.
pub(crate) const MOST_OF_FORM: usize = 2 * MOST_BYTES;
/// The length limit of a line that may be a list of codes, in bytes.
const LONGEST_LIST: usize = 64 << 10;

/// The parameters of the page, in the URL and in the form.
const NAMES: &str = "lines, as_of, columns, show, download";

/// The content of the form.
#[derive(Clone, Default)]
pub(crate) struct Asked {
    /// The pasted text.
    pub(crate) lines: String,
    /// The file, and its name.
    pub(crate) file: Option<(String, Bytes)>,
    pub(crate) as_of: String,
    /// What columns hold, where their names do not say so.
    pub(crate) columns: String,
    /// The verdict to show; if blank, all.
    pub(crate) show: String,
    /// `csv` or `xlsx`, if a file is requested.
    pub(crate) download: String,
}

impl Asked {
    /// Reads the parameters of a URL, such as `/check?lines=J1640%20JW`.
    pub(crate) fn of_address(uri: &Uri) -> Result<Self, Problem> {
        let mut asked = Self::default();
        for (name, value) in parameter::pairs(uri)? {
            let slot = asked.slot(&name);
            let slot = slot.ok_or_else(|| parameter::unknown(&name, NAMES))?;
            *slot = value.into_owned();
        }
        Ok(asked)
    }

    /// Reads a form. Of a repeated field, such as a button, the last one counts.
    pub(crate) fn of_form(fields: Vec<UploadField>) -> Result<Self, Problem> {
        let mut asked = Self::default();
        let mut again = None;
        let mut again_name = String::new();
        for field in fields {
            let text = || String::from_utf8_lossy(&field.bytes).into_owned();
            match field.name.as_str() {
                "file" if field.bytes.is_empty() => {}
                "file" => {
                    let name = field.file.filter(|name| !name.is_empty());
                    asked.file = Some((name.unwrap_or_else(|| "the file".to_owned()), field.bytes));
                }
                "again" => again = Some(field.bytes),
                "again_name" => again_name = text(),
                name => match asked.slot(name) {
                    Some(slot) => *slot = text(),
                    None => return Err(parameter::unknown(name, NAMES)),
                },
            }
        }
        if let (Some(again), None) = (again, &asked.file) {
            let bytes = STANDARD.decode(&again);
            let bytes =
                bytes.map_err(|_| Problem::bad("the form is broken; choose the file again"))?;
            if again_name.is_empty() {
                asked.lines = String::from_utf8_lossy(&bytes).into_owned();
            } else {
                asked.file = Some((again_name, bytes.into()));
            }
        }
        Ok(asked)
    }

    fn slot(&mut self, name: &str) -> Option<&mut String> {
        Some(match name {
            "lines" => &mut self.lines,
            "as_of" => &mut self.as_of,
            "columns" => &mut self.columns,
            "show" => &mut self.show,
            "download" => &mut self.download,
            _ => return None,
        })
    }

    /// Whether there is nothing to check.
    pub(crate) fn is_blank(&self) -> bool {
        self.file.is_none() && self.lines.trim().is_empty()
    }

    pub(crate) fn day(&self) -> Result<Option<Date>, Problem> {
        day("as_of", Some(&self.as_of))
    }

    pub(crate) fn mapping(&self) -> Result<ColumnMapping, Problem> {
        Ok(self.columns.trim().parse()?)
    }

    /// The input to check, with a notice of how it was read.
    pub(crate) fn input(&self) -> Result<(Bytes, Option<&'static str>), Problem> {
        let is_long = self.lines.len() > MOST_BYTES
            || self
                .file
                .as_ref()
                .is_some_and(|(_, bytes)| bytes.len() > MOST_BYTES);
        if is_long {
            return Err(too_long());
        }
        if let Some((_, bytes)) = &self.file {
            let is_double = !self.lines.trim().is_empty();
            let note = is_double.then_some("the file is checked, and not the pasted lines");
            return Ok((bytes.clone(), note));
        }
        Ok(match one_a_line(&self.lines) {
            Some(lines) => (
                lines.into(),
                Some("each code of the list is a line of its own"),
            ),
            None => (self.lines.clone().into(), None),
        })
    }

    /// The input again, for the forms below the table, which have no file of their own.
    pub(crate) fn again(&self) -> (String, String) {
        match &self.file {
            Some((name, bytes)) => (name.clone(), STANDARD.encode(bytes)),
            None => (String::new(), STANDARD.encode(&self.lines)),
        }
    }
}

/// The error with the size limit, and the interfaces that accept more.
fn too_long() -> Problem {
    let detail = format!(
        "the page takes {} MiB at once; send the lines in parts, or to /api/v1/check, which takes \
         32 MiB and streams",
        MOST_BYTES >> 20
    );
    Problem::new(axum::http::StatusCode::PAYLOAD_TOO_LARGE, detail)
}

/// A list with several codes on a line, rewritten as one on each line. `None` if the text has
/// anything but procedure codes, or already has one on each line: a claim line has one code and its
/// modifiers.
fn one_a_line(text: &str) -> Option<String> {
    if text.len() > LONGEST_LIST {
        return None;
    }
    let is_sign = |letter: char| letter.is_whitespace() || matches!(letter, ',' | ';' | '|');
    let codes: Vec<&str> = text
        .split(is_sign)
        .filter(|word| !word.is_empty())
        .collect();
    let is_procedure = |word: &&str| match word.parse::<Code>() {
        Ok(code) => code.kind() == Kind::Procedure,
        Err(cause) => matches!(cause, ParseCodeError::Cpt | ParseCodeError::Cdt),
    };
    let lines = text.lines().filter(|line| !line.trim().is_empty()).count();
    (codes.len() > lines && codes.iter().all(is_procedure)).then(|| codes.join("\n"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_is_a_line_a_code_and_a_claim_line_is_not() {
        for (text, expected) in [
            ("J1640, E0601; a4253", Some("J1640\nE0601\na4253")),
            ("J1640 E0601\n99213", Some("J1640\nE0601\n99213")),
            ("J1640\nE0601\n", None),
            ("J1640 JW", None),
            ("J1640,E0601\nJ1640,JW", None),
            ("code,other\nJ1640,E0601", None),
            ("J1640 2026-01-15", None),
            ("", None),
        ] {
            assert_eq!(one_a_line(text).as_deref(), expected, "{text}");
        }
    }
}
