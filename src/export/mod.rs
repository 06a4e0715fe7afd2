//! Documents and index configuration for other engines, for those who keep all their search in one
//! cluster.
//!
//! One table of fields defines the documents; each engine's types follow from it.

mod document;
mod fields;
mod licence;
mod opensearch;
mod quickwit;

use std::io::{self, Write};
use std::path::Path;

use serde::Serialize;
use serde_json::{Value, json};

use crate::codeset::Date;
use crate::error::{Error, Result};
use crate::search::question::filter::Filter;
use crate::search::question::filter_table::Filters;
use crate::search::question::query::Query;
use crate::search::question::standing::Standing;
use crate::search::searcher::Searcher;

pub use crate::table::table_cell::{TableCell, csv_line};
#[cfg(feature = "workbook")]
pub use crate::table::workbook_writer::WorkbookWriter;

use document::Document;

/// The engine for which documents are written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ExportFormat {
    /// A JSON object on each line.
    #[default]
    Ndjson,
    /// The body of OpenSearch's bulk requests: actions and documents in turn.
    OpenSearch,
    /// A JSON object on each line, with days in Quickwit's format.
    Quickwit,
}

/// The codes to write.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ExportOptions {
    /// The filters that a code must pass.
    pub filters: Filters,
    /// The day of the question; by default today.
    pub as_of: Option<Date>,
    /// Whether versions of all days are written, each a document.
    pub any_time: bool,
    /// Whether codes that are not valid on the day are written too.
    pub terminated: bool,
}

/// The totals of an export.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Exported {
    /// How many documents.
    pub documents: usize,
    /// How many more codes pass the filters but are not valid on the day.
    pub hidden: usize,
    /// How many clinical notes of those codes were left out because they may not be passed on.
    pub notes_kept_back: usize,
}

impl Searcher {
    /// Writes documents, one for each code. An index has no CPT and CDT, so none is written.
    ///
    /// ```
    /// # use hcpcs::index::{Sources, build_index};
    /// # use hcpcs::{Release, Searcher};
    /// use hcpcs::export::{ExportFormat, ExportOptions};
    ///
    /// # let folder = tempfile::tempdir()?;
    /// # build_index(folder.path(), Sources { releases: vec![Release::starter()?], ..Sources::default() })?;
    /// let searcher = Searcher::open(folder.path())?;
    /// let options = ExportOptions { as_of: Some("2026-02-01".parse()?), ..ExportOptions::default() };
    /// let mut body = Vec::new();
    /// let exported = searcher.export(&options, ExportFormat::OpenSearch, &mut body)?;
    /// assert_eq!(String::from_utf8(body)?.lines().count(), 2 * exported.documents);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// They cannot be written to `out`, or the index is damaged.
    pub fn export(
        &self,
        options: &ExportOptions,
        format: ExportFormat,
        out: &mut impl Write,
    ) -> Result<Exported> {
        let day = options.as_of.unwrap_or_else(Date::today);
        let query = Query {
            filters: options.filters.clone(),
            any_time: options.any_time,
            terminated: options.terminated,
            ..Query::default()
        };
        let filter = Filter::new(&query, day, &self.reader.calendar);
        let store = &self.reader.store;
        let mut exported = Exported::default();
        for doc in 0..store.len() {
            match filter.standing(store.row(doc)) {
                Standing::Visible => {}
                Standing::Terminated | Standing::NotYetValid => {
                    exported.hidden += 1;
                    continue;
                }
                Standing::Out => continue,
            }
            let document = Document::new(self, doc, day, options.any_time)?;
            exported.documents += 1;
            exported.notes_kept_back += document.notes_kept_back;
            let written = format.write(&document, out);
            written
                .map_err(|cause| Error::io(Path::new("the documents"), "cannot write", cause))?;
        }
        Ok(exported)
    }

    /// The configuration of an engine's index, if it has one: the fields, their types, and the
    /// sources of the documents.
    #[must_use]
    pub fn export_configuration(
        &self,
        options: &ExportOptions,
        format: ExportFormat,
    ) -> Option<Value> {
        match format {
            ExportFormat::Ndjson => None,
            ExportFormat::OpenSearch => {
                Some(opensearch::configuration(&self.export_provenance(options)))
            }
            ExportFormat::Quickwit => Some(quickwit::configuration()),
        }
    }

    /// The sources of documents: releases and other sources with file names and hashes, the day,
    /// and the licence notes.
    #[must_use]
    pub fn export_provenance(&self, options: &ExportOptions) -> Value {
        let manifest = self.manifest().without_folders();
        let day = options.as_of.unwrap_or_else(Date::today);
        json!({
            "program": concat!("hcpcs ", env!("CARGO_PKG_VERSION")),
            "as_of": if options.any_time { Value::Null } else { json!(day) },
            "age": self.age(day),
            "licences": licence::of(&manifest),
            "releases": manifest.releases,
            "sources": manifest.sources,
        })
    }
}

impl ExportFormat {
    fn write(self, document: &Document, out: &mut impl Write) -> io::Result<()> {
        match self {
            Self::Ndjson => serde_json::to_writer(&mut *out, &document.fields)?,
            Self::OpenSearch => opensearch::write(document, out)?,
            Self::Quickwit => serde_json::to_writer(&mut *out, &quickwit::source(document))?,
        }
        out.write_all(b"\n")
    }
}
