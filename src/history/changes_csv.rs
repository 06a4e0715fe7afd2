//! Changes as CSV: a row for each code, or for each of its fields that changed.

use std::io::{self, Write};

use super::changes::{Change, Changes};
use super::fields::FieldChange;
use crate::codeset::Date;

const HEADER: [&str; 10] = [
    "change",
    "code",
    "kind",
    "short_descriptor",
    "long_descriptor",
    "added",
    "terminated",
    "field",
    "old",
    "new",
];

impl Changes {
    /// Writes the changes as CSV with a header, and a row for each code, or for each of its fields
    /// that changed; then a row for each notice, with its text as long descriptor.
    ///
    /// # Errors
    /// They cannot be written there.
    pub fn write_csv(&self, out: impl Write) -> io::Result<()> {
        let mut writer = csv::Writer::from_writer(out);
        writer.write_record(HEADER)?;
        for (list, entries) in self.lists() {
            for change in entries {
                if change.fields.is_empty() {
                    writer.write_record(row(list, change, None))?;
                }
                for field in &change.fields {
                    writer.write_record(row(list, change, Some(field)))?;
                }
            }
        }
        for notice in &self.notices {
            let mut row = [""; HEADER.len()];
            (row[0], row[4]) = ("notice", notice);
            writer.write_record(row)?;
        }
        writer.flush()
    }
}

fn row(list: &str, change: &Change, field: Option<&FieldChange>) -> [String; 10] {
    let day = |day: Option<Date>| day.map_or(String::new(), |day| day.to_string());
    let of_field = |of: fn(&FieldChange) -> &str| field.map_or("", of).to_owned();
    [
        list.to_owned(),
        change.code.to_string(),
        change.kind.to_string(),
        change.short_descriptor.clone(),
        change.long_descriptor.clone(),
        day(change.added),
        day(change.terminated),
        of_field(|field| field.field),
        of_field(|field| &field.old),
        of_field(|field| &field.new),
    ]
}
