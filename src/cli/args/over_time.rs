//! Arguments of the commands for releases over time.

use std::path::PathBuf;

use clap::Args;
use hcpcs::ReleaseId;

use super::question::FilterArguments;

pub(super) const UPDATE_HELP: &str = "\
Example:  hcpcs update january-2026-alpha-numeric-hcpcs-file.zip
The old files are not needed. A release takes its place in time; a later issue of a quarter takes \
the place of an earlier one; so does a note of the same title and a crosswalk of the same quarter.
What is damaged, and a release that lacks more than a tenth of the codes of the one before, of its \
modifiers or of a section, is refused without --force; so are crosswalks and RBCS.
Where the update fails or is stopped, the index stays as it was.
Exit codes: 0 changed (with --dry-run: would change), 1 nothing is new, 2 wrong usage, 3 refused \
or failed.";

pub(super) const DIFF_HELP: &str = "\
Example:  hcpcs diff 2025-10 2026-01 --betos O1E
OLD and NEW are each a release that is indexed, such as 2025-10, or a file: the zip of a quarter, \
its text or its workbook.
In texts, [-words-] were removed and {+words+} added.
Exit codes: 0 something changed, 1 nothing changed.";

#[derive(Debug, Args)]
#[expect(clippy::struct_excessive_bools, reason = "each is a choice of its own")]
pub(crate) struct UpdateArguments {
    /// Releases, clinical notes, crosswalks, taxonomy; files or folders.
    #[cfg_attr(feature = "download", arg(required_unless_present_any = ["from_cms", "synonyms"]))]
    #[cfg_attr(not(feature = "download"), arg(required_unless_present = "synonyms"))]
    pub(crate) paths: Vec<PathBuf>,
    /// Fetch the newest release from CMS into the data folder and keep it there.
    #[cfg(feature = "download")]
    #[arg(long)]
    pub(crate) from_cms: bool,
    /// Read the links of this page, in place of CMS's quarterly-update page.
    #[cfg(feature = "download")]
    #[arg(long, value_name = "URL", requires = "from_cms")]
    pub(crate) page: Option<String>,
    /// Timeout for the server's response, and for each further read.
    #[cfg(feature = "download")]
    #[arg(
        long,
        value_name = "SECONDS",
        default_value_t = 60,
        requires = "from_cms"
    )]
    pub(crate) timeout: u64,
    /// Write nothing, only report what would change.
    #[arg(long)]
    pub(crate) dry_run: bool,
    /// Accept data that is damaged, or lacks more than a tenth of what it follows or replaces.
    #[arg(long)]
    pub(crate) force: bool,
    /// Which release it is, if no name says so: 2026-01.
    #[arg(long, value_name = "YYYY-MM")]
    pub(crate) release: Option<ReleaseId>,
    /// Stop at the first line that cannot be read.
    #[arg(long)]
    pub(crate) strict: bool,
    /// A list of synonyms of your own.
    #[arg(long, value_name = "FILE")]
    pub(crate) synonyms: Vec<PathBuf>,
    /// One JSON object.
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Debug, Args)]
pub(crate) struct DiffArguments {
    /// The old release: indexed, such as 2025-10, or a file.
    pub(crate) old: PathBuf,
    /// The new release.
    pub(crate) new: PathBuf,
    /// Only the codes of a list: a code, a pattern or a range on each line.
    #[arg(long, value_name = "FILE")]
    pub(crate) only: Option<PathBuf>,
    /// Only how many codes changed, and in how many of them each field.
    #[arg(long, conflicts_with = "csv")]
    pub(crate) summary: bool,
    /// Compare the changes with CMS's transaction report, and list where they disagree.
    #[arg(long, value_name = "REPORT")]
    pub(crate) check: Option<PathBuf>,
    /// One JSON object.
    #[arg(long, group = "changes")]
    pub(crate) json: bool,
    /// CSV with a header; a row for each code, or for each of its fields that changed.
    #[arg(long, group = "changes")]
    pub(crate) csv: bool,
    #[command(flatten)]
    pub(crate) filters: FilterArguments,
}

#[derive(Debug, Args)]
pub(crate) struct HistoryArguments {
    /// Procedure codes and modifiers.
    #[arg(required = true)]
    pub(crate) codes: Vec<String>,
    /// One JSON object for each code, in an array.
    #[arg(long)]
    pub(crate) json: bool,
}
