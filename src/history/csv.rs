//! Changes as CSV: a row a code, or a row a field of it that changed.

use std::io;

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
    /// Writes the changes as CSV with a header: a row a code, or a row a field of it that changed.
    ///
    /// ```
    /// use hcpcs::Release;
    /// use hcpcs::history::{Side, changes};
    ///
    /// let release = Release::starter()?;
    /// let none = changes(Side::from(&release), Side::from(&release), |_| true);
    /// let mut csv = Vec::new();
    /// none.write_csv(&mut csv)?;
    /// assert!(csv.starts_with(b"change,code,kind,"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// What is written to gives one.
    pub fn write_csv(&self, to: impl io::Write) -> io::Result<()> {
        let mut writer = csv::Writer::from_writer(to);
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
