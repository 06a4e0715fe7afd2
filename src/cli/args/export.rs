//! Arguments of `hcpcs export`.

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use hcpcs::Date;
use hcpcs::export::{ExportFormat, ExportOptions};

use super::question::FilterArguments;

pub(super) const EXPORT_HELP: &str = "\
Example:     hcpcs export --format opensearch --output out
ndjson:      documents.ndjson; without --output, standard output
opensearch:  index.json (settings, mapping), bulk.ndjson (for /hcpcs/_bulk)
quickwit:    index-config.json, documents.ndjson
provenance.json lists the releases and other sources, with hashes and licences.";

#[derive(Debug, Args)]
pub(crate) struct ExportArguments {
    /// The engine.
    #[arg(long, value_name = "FORMAT", default_value = "ndjson")]
    pub(crate) format: FormatArgument,
    /// The folder for the files.
    #[arg(
        long,
        value_name = "DIR",
        required_if_eq_any([("format", "opensearch"), ("format", "quickwit")])
    )]
    pub(crate) output: Option<PathBuf>,
    #[command(flatten)]
    filters: FilterArguments,
    /// Codes as they were valid on a day, YYYY-MM-DD [default: today].
    #[arg(long, value_name = "DATE")]
    as_of: Option<Date>,
    /// Also codes that are not valid on the day.
    #[arg(long)]
    terminated: bool,
    /// The codes of all time: each version of a code is a document.
    #[arg(long)]
    any_time: bool,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
pub(crate) enum FormatArgument {
    Ndjson,
    Opensearch,
    Quickwit,
}

impl From<FormatArgument> for ExportFormat {
    fn from(format: FormatArgument) -> Self {
        match format {
            FormatArgument::Ndjson => Self::Ndjson,
            FormatArgument::Opensearch => Self::OpenSearch,
            FormatArgument::Quickwit => Self::Quickwit,
        }
    }
}

impl From<&ExportArguments> for ExportOptions {
    fn from(arguments: &ExportArguments) -> Self {
        Self {
            filters: arguments.filters.filters(),
            as_of: arguments.as_of,
            any_time: arguments.any_time,
            terminated: arguments.terminated,
        }
    }
}
