//! Reads a watch-list from a file.

use std::fs::File;
use std::io::BufReader;
use std::path::Path;

use hcpcs::search::WatchList;
use hcpcs::{CodeSpan, Error};

use super::print::{self, Failure};

/// How many lines without a code are listed.
const MOST_LINES: usize = 10;

/// Reads a list, and names the rows that are not read.
pub(crate) fn read(path: &Path) -> Result<(Vec<CodeSpan>, Vec<String>), Failure> {
    let fail = |cause| Error::Io {
        path: path.to_owned(),
        doing: "cannot read the list",
        cause,
    };
    let file = File::open(path).map_err(fail)?;
    let WatchList {
        spans,
        wrong,
        notices,
    } = WatchList::read(BufReader::new(file), path)?;
    let name = path.display();
    let lines = notices.iter().chain(wrong.iter().take(MOST_LINES));
    let mut said: Vec<String> = lines.map(|line| format!("{name}: {line}")).collect();
    if let Some(more) = wrong.len().checked_sub(MOST_LINES).filter(|more| *more > 0) {
        said.push(format!("{name}: lines that hold no code besides: {more}"));
    }
    if spans.is_empty() {
        for line in &said {
            print::warning(line);
        }
        return Err(Failure::Usage(format!(
            "{name} holds no code; write a code, a pattern or a range a line"
        )));
    }
    Ok((spans, said))
}
