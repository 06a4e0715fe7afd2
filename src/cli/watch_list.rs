//! Reads a watch-list from a file.

use std::fs::File;
use std::io::BufReader;
use std::path::Path;

use hcpcs::search::WatchList;
use hcpcs::{CodeSpan, Error};

use super::print::{self, Failure};

/// How many lines without a code are listed.
const MOST_LINES: usize = 10;

/// Reads a list, and warns of rows that are not read.
pub(crate) fn read(path: &Path) -> Result<Vec<CodeSpan>, Failure> {
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
    for line in notices.iter().chain(wrong.iter().take(MOST_LINES)) {
        print::warning(&format!("{name}: {line}"));
    }
    if let Some(more) = wrong.len().checked_sub(MOST_LINES).filter(|more| *more > 0) {
        print::warning(&format!("{name}: {more} more lines hold no code"));
    }
    if spans.is_empty() {
        return Err(Failure::Usage(format!(
            "{name} holds no code; write a code, a pattern or a range a line"
        )));
    }
    Ok(spans)
}
