//! `hcpcs export`: documents for another engine, with its configuration.

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use hcpcs::export::{ExportFormat, ExportOptions, Exported};
use hcpcs::{Date, Searcher, counted};
use serde_json::Value;

use super::args::ExportArguments;
use super::new_file::{NewFile, unwritable};
use super::print::{self, Failure, Outcome};
use super::{Run, folders};

const PROVENANCE: &str = "provenance.json";

pub(crate) fn run(arguments: &ExportArguments, index: Option<PathBuf>) -> Run {
    let searcher = folders::load(index)?;
    let options = ExportOptions::from(arguments);
    let format = ExportFormat::from(arguments.format);
    let exported = match &arguments.output {
        None => searcher.export(&options, format, &mut print::results())?,
        Some(folder) => files(&searcher, &options, format, folder)?,
    };
    let Exported {
        documents,
        hidden,
        notes_kept_back,
    } = exported;
    print::note(&counted(documents, "document"));
    print::scopes(&searcher);
    let age = searcher.age(options.as_of.unwrap_or_else(Date::today));
    if let Some(age) = age.filter(hcpcs::history::Age::is_notable) {
        print::note(&age.to_string());
    }
    for notice in options.filters.unlisted() {
        print::note(&notice);
    }
    if hidden > 0 {
        print::note(&format!(
            "left out {} not valid on the day (--terminated)",
            counted(hidden, "code")
        ));
    }
    if notes_kept_back > 0 {
        print::note(&format!(
            "left out {} that may not be passed on",
            counted(notes_kept_back, "clinical note")
        ));
    }
    Ok(if documents == 0 {
        Outcome::Nothing
    } else {
        Outcome::Found
    })
}

/// Writes documents, configuration and provenance to a folder.
fn files(
    searcher: &Searcher,
    options: &ExportOptions,
    format: ExportFormat,
    folder: &Path,
) -> Result<Exported, Failure> {
    fs::create_dir_all(folder).map_err(|cause| unwritable(folder, cause))?;
    let (documents, configuration) = match format {
        ExportFormat::Ndjson => ("documents.ndjson", None),
        ExportFormat::OpenSearch => ("bulk.ndjson", Some("index.json")),
        ExportFormat::Quickwit => ("documents.ndjson", Some("index-config.json")),
    };
    let mut file = NewFile::create(&folder.join(documents))?;
    let exported = file.fill(|out| searcher.export(options, format, out))?;
    file.keep()?;
    let written = searcher.export_configuration(options, format);
    if let (Some(name), Some(value)) = (configuration, written) {
        json(&folder.join(name), &value)?;
    }
    json(
        &folder.join(PROVENANCE),
        &searcher.export_provenance(options),
    )?;
    Ok(exported)
}

fn json(path: &Path, value: &Value) -> Result<(), Failure> {
    let mut file = NewFile::create(path)?;
    file.write(|out| {
        serde_json::to_writer_pretty(&mut *out, value)?;
        out.write_all(b"\n")
    })?;
    file.keep()
}
