//! The arguments of commands over many lines: questions, lines of claims.

use std::path::PathBuf;

use clap::Args;
use hcpcs::Date;
use hcpcs::claims::ColumnMapping;

pub(super) const BATCH_HELP: &str = "\
Example:  hcpcs batch questions.jsonl
A line:   hemin                         words, codes, phrases as in a search
          {\"id\":7,\"query\":\"hemin\",\"coverage\":[\"D\"],\"as_of\":\"2026-01-01\"}
A line back is a JSON object: `id` (by default the number of the line), then the answer \
as `hcpcs search --json` has it; or `id`, `line` and `error`.
CSV has a header of the same names (query, limit, coverage, ...); a row back is a hit.
Exit code 3 if a line could not be answered.";

pub(super) const CHECK_HELP: &str = "\
A line:   J1640    J1640 JW    HC:J1640:JW    J1640 JW 1/15/2026
          {\"code\":\"J1640\",\"modifiers\":[\"JW\"],\"dos\":\"2026-01-15\",\"line_id\":7}
A table has a header. Its columns are known by the words in their names: code, HCPCS, CPT; mod1, \
Modifier A, HCPCS_1ST_MDFR_CD; dos, Service Date, From, Thru; line_id, units, NDC, NDC Qty, Dose; \
Charge Description. Units are compared with the dose or the NDC quantity, a code with its description.
Example:  hcpcs check claims.xlsx --csv --output checked.csv
Exit codes: 0 no line is wrong, 1 a line is or there is none, 3 a line could not be read. Lines of \
CPT, CDT and HIPPS are out of scope and not judged.";

#[derive(Debug, Args)]
pub(crate) struct BatchArguments {
    /// The questions; `-` is stdin.
    #[arg(default_value = "-", value_name = "FILE")]
    pub(crate) file: PathBuf,
    /// CSV with a header, in and out.
    #[arg(long)]
    pub(crate) csv: bool,
}

#[derive(Debug, Args)]
pub(crate) struct CheckArguments {
    /// A file: a table with a header (CSV, .xlsx, .xls, .ods), lines, JSON lines or X12; `-` is
    /// stdin. Or one claim line: a code with its modifiers.
    #[arg(value_name = "FILE | CODE MODIFIER…", required = true)]
    pub(crate) lines: Vec<String>,
    /// The day of lines that have none, YYYY-MM-DD [default: today].
    #[arg(long, value_name = "DATE")]
    pub(crate) as_of: Option<Date>,
    /// What columns hold, where their names do not say so: modifier1=NAME,dos=NAME,pass=NAME.
    #[arg(long, value_name = "FIELD=NAME,…")]
    pub(crate) columns: Vec<ColumnMapping>,
    /// A JSON object on each line.
    #[arg(long, group = "verdicts")]
    pub(crate) json: bool,
    /// CSV: every column of the input, then the verdict.
    #[arg(long, group = "verdicts")]
    pub(crate) csv: bool,
    /// The same as a workbook.
    #[arg(long, group = "verdicts")]
    pub(crate) xlsx: bool,
    /// Write the result to a file.
    #[arg(long, value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,
}
