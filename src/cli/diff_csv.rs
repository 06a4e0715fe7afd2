//! Changes as CSV: a row a code, or a row a field of it that changed.

use hcpcs::history::{Change, Changes, FieldChange};

use super::print::{Failure, Printer};

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

/// Writes the changes.
pub(crate) fn write(changes: &Changes, printer: &mut Printer) -> Result<(), Failure> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    let fail = |cause: csv::Error| Failure::Output(cause.into());
    writer.write_record(HEADER).map_err(fail)?;
    for (list, entries) in changes.lists() {
        for change in entries {
            if change.fields.is_empty() {
                writer.write_record(row(list, change, None)).map_err(fail)?;
            }
            for field in &change.fields {
                let row = row(list, change, Some(field));
                writer.write_record(row).map_err(fail)?;
            }
        }
    }
    let bytes = writer
        .into_inner()
        .map_err(|cause| Failure::Output(cause.into_error()))?;
    printer.line(String::from_utf8_lossy(&bytes).trim_end())
}

fn row(list: &str, change: &Change, field: Option<&FieldChange>) -> [String; 10] {
    let day = |day: Option<hcpcs::Date>| day.map_or(String::new(), |day| day.to_string());
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
