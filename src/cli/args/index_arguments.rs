//! Arguments of the commands that build an index, show it and serve it.

use std::path::PathBuf;

use clap::Args;
use hcpcs::ReleaseId;

pub(super) const INDEX_HELP: &str = "\
Example:  hcpcs index january-2026-alpha-numeric-hcpcs-file.zip crosswalk.csv
A release is a zip as CMS publishes it, a folder, or a file: the fixed-width text, .xlsx, .xls, \
.csv or .tsv with the workbook's headings. Other files: clinical notes (.md, .txt), the ASP \
NDC-HCPCS crosswalk (.csv), RBCS (.csv). Each file is known by its content.
Without a path, the releases in the data folder are indexed, else the starter set.";

#[cfg(feature = "serve")]
pub(super) const SERVE_HELP: &str = "\
Example:  hcpcs serve --listen 127.0.0.1:8080
http://127.0.0.1:8080 is a page to search, to look codes up and to compare releases.
/openapi.json describes /api/v1/…. Other interfaces: /api/hcpcs/v3/search for programs \
that speak to NLM's clinical tables, /fhir/R4/… for FHIR, /mcp for agents, /healthz, /metrics.
The server switches to a new index while it runs; Ctrl-C stops it after the running requests.";

#[derive(Debug, Args)]
pub(crate) struct IndexArguments {
    /// Releases, clinical notes, crosswalks, taxonomy; files or folders.
    pub(crate) paths: Vec<PathBuf>,
    /// Which release it is, if no name says so: 2026-01.
    #[arg(long, value_name = "YYYY-MM")]
    pub(crate) release: Option<ReleaseId>,
    /// Stop at the first line that cannot be read.
    #[arg(long)]
    pub(crate) strict: bool,
    /// Accept data that is damaged, or lacks more than a tenth of what it follows or replaces.
    #[arg(long)]
    pub(crate) force: bool,
    /// Your own list of synonyms, in addition to those that the program ships.
    #[arg(long, value_name = "FILE")]
    pub(crate) synonyms: Vec<PathBuf>,
}

#[derive(Debug, Args)]
pub(crate) struct StatusArguments {
    /// Show each part of the index's file and whether it is intact.
    #[arg(long)]
    pub(crate) verify: bool,
    /// One JSON object.
    #[arg(long)]
    pub(crate) json: bool,
}

#[cfg(feature = "serve")]
#[derive(Debug, Args)]
pub(crate) struct ServeArguments {
    /// Where to listen: a port (on loopback), an address or name with a port, or unix: and the path
    /// of a socket; with port 0, on any port that is free.
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1:8080")]
    pub(crate) listen: hcpcs::server::Listen,
    /// Answer requests for this name too; on a loopback address only local names are answered.
    /// May be repeated.
    #[arg(long = "host", value_name = "NAME")]
    pub(crate) hosts: Vec<String>,
    /// Let pages of this origin (scheme and host) read answers; * for all. May be repeated.
    #[arg(long, value_name = "ORIGIN")]
    pub(crate) cors: Vec<String>,
    /// The path under which a proxy offers the server, such as /hcpcs.
    #[arg(long, value_name = "PATH", default_value = "")]
    pub(crate) base_path: String,
    /// Lift the limits of NLM's service (500 codes a page, 7,500 in all) at its path.
    #[arg(long)]
    pub(crate) no_cap: bool,
    /// Do not log a line for each request.
    #[arg(long)]
    pub(crate) quiet: bool,
}
