//! Turns first lines and their continuations, in file order, into the records of a release.

use std::collections::HashMap;

use super::fields::Fields;
use super::layout::Field;
use super::release::{LeftOut, Skipped};
use crate::codeset::{Code, ParseCodeError, Record, UnreadValue};
use crate::error::excerpt;
use crate::table::encoding::Undefined;

/// The state of reading a file.
#[derive(Default)]
pub(super) struct Rows {
    records: Vec<Record>,
    skipped: Vec<Skipped>,
    unread: Vec<Skipped>,
    damage: Vec<String>,
    left_out: LeftOut,
    has_continuations: bool,
    first_seen: HashMap<Code, usize>,
    last: Last,
}

/// The result of reading a file.
#[derive(Debug, Default)]
pub(super) struct Parsed {
    /// Sorted by code, one record for each code.
    pub(super) records: Vec<Record>,
    /// In file order.
    pub(super) skipped: Vec<Skipped>,
    /// Values that could not be read and are kept as published, in file order.
    pub(super) unread: Vec<Skipped>,
    /// Signs that the file is cut or damaged.
    pub(super) damage: Vec<String>,
    pub(super) left_out: LeftOut,
    /// Whether a record goes on on a second line.
    pub(super) has_continuations: bool,
    pub(super) undefined: Option<Undefined>,
    /// The sheet's name in the workbook; empty for a text.
    pub(super) sheet: String,
    /// Notices for the user.
    pub(super) notices: Vec<String>,
}

/// The first line that a continuation would continue.
#[derive(Default)]
enum Last {
    #[default]
    None,
    /// The last of the records.
    Record,
    /// A line that gave no record; its continuations are dropped with it.
    Dropped(String),
}

impl Rows {
    /// Takes a record line, or a continuation of the one before.
    pub(super) fn take(&mut self, line: usize, fields: &impl Fields) {
        match fields.first(Field::RecordIdentification) {
            "" | "3" | "7" => self.take_first(line, fields),
            "4" | "8" => self.take_continuation(line, fields),
            other => {
                let other = excerpt(other);
                self.skip_code(
                    line,
                    fields.first(Field::Code),
                    format!("record identification `{other}` is not 3, 4, 7 or 8"),
                );
            }
        }
    }

    /// Records a first line that is cut; its continuations are dropped with it.
    pub(super) fn cut(&mut self, line: usize, code: &str, reason: impl Into<String>) {
        let reason = reason.into();
        self.damage(format!("line {line}: {reason}"));
        self.refuse(line, code, reason);
    }

    /// Records a sign that the file is cut or damaged.
    pub(super) fn damage(&mut self, reason: impl Into<String>) {
        self.damage.push(reason.into());
    }

    /// Records a line that could not be read.
    pub(super) fn skip(&mut self, line: usize, reason: impl Into<String>) {
        self.skip_code(line, "", reason);
    }

    /// Records a line that could not be read, with the text in the code's place.
    pub(super) fn skip_code(&mut self, line: usize, code: &str, reason: impl Into<String>) {
        self.skipped.push(Skipped {
            line,
            code: Code::from_bytes(code.as_bytes()).ok(),
            reason: reason.into(),
        });
    }

    /// Drops a first line that could not be read, with its continuations.
    fn refuse(&mut self, line: usize, code: &str, reason: impl Into<String>) {
        self.last = Last::Dropped(code.to_owned());
        self.skip_code(line, code, reason);
    }

    pub(super) fn finish(mut self) -> Parsed {
        self.records.sort_by_key(|record| record.code);
        Parsed {
            records: self.records,
            skipped: self.skipped,
            unread: self.unread,
            damage: self.damage,
            left_out: self.left_out,
            has_continuations: self.has_continuations,
            undefined: None,
            sheet: String::new(),
            notices: Vec::new(),
        }
    }

    fn take_first(&mut self, line: usize, fields: &impl Fields) {
        let text = fields.first(Field::Code);
        match self.first_line(text, fields) {
            Ok(Some(record)) => {
                self.first_seen.insert(record.code, line);
                for UnreadValue { alias, value } in &record.unread {
                    let code = record.code;
                    let value = excerpt(value);
                    let reason = format!(
                        "{code}: {alias}: `{value}` cannot be read and is kept as published"
                    );
                    self.unread.push(Skipped {
                        line,
                        code: Some(code),
                        reason,
                    });
                }
                self.records.push(record);
                self.last = Last::Record;
            }
            Ok(None) => self.last = Last::Dropped(text.to_owned()),
            Err(reason) => self.refuse(line, text, reason),
        }
    }

    /// The record of a first line; `None` for one of CPT or CDT.
    fn first_line(&mut self, text: &str, fields: &impl Fields) -> Result<Option<Record>, String> {
        let code = match Code::from_bytes(text.as_bytes()) {
            Ok(code) => code,
            Err(ParseCodeError::Cdt) => {
                self.left_out.cdt += 1;
                return Ok(None);
            }
            Err(ParseCodeError::Cpt) => {
                self.left_out.cpt += 1;
                return Ok(None);
            }
            Err(_) if is_cpt_modifier(text) => {
                self.left_out.cpt += 1;
                return Ok(None);
            }
            Err(error) => {
                let text = excerpt(text);
                return Err(format!("`{text}` is {error}"));
            }
        };
        if let Some(first) = self.first_seen.get(&code) {
            return Err(format!(
                "{code} a second time, first on line {first}; the first is kept"
            ));
        }
        fields
            .record(code)
            .map(Some)
            .map_err(|reason| format!("{code}: {reason}"))
    }

    fn take_continuation(&mut self, line: usize, fields: &impl Fields) {
        let text = fields.first(Field::Code);
        match (&self.last, self.records.last_mut()) {
            (Last::Record, Some(record)) if record.code.as_str().eq_ignore_ascii_case(text) => {
                let piece = fields.first(Field::LongDescriptor);
                if !piece.is_empty() && !record.long_descriptor.is_empty() {
                    record.long_descriptor.push(' ');
                }
                record.long_descriptor.push_str(piece);
                self.has_continuations = true;
            }
            (Last::Dropped(code), _) if code.eq_ignore_ascii_case(text) => {}
            _ => {
                let text = excerpt(text);
                let reason = format!("continues `{text}`, whose first line is not before it");
                self.damage(format!("line {line}: {reason}"));
                self.skip(line, reason);
            }
        }
    }
}

/// The AMA's modifiers begin with a digit, as `25` and `1P` do.
fn is_cpt_modifier(text: &str) -> bool {
    let bytes = text.as_bytes();
    bytes.len() == 2 && bytes[0].is_ascii_digit() && bytes[1].is_ascii_alphanumeric()
}
