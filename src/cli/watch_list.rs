//! A watch-list: a code, a pattern or a range on each line, alone or in the first column.

use std::fs;
use std::path::Path;

use hcpcs::{CodeSpan, Error};

use super::print::{self, Failure};

/// How many lines without a code are listed.
const MOST_LINES: usize = 10;

/// Reads a list. Blank lines and lines that begin with `#` are skipped. A line without a code is
/// reported, except the first one, which may be a heading.
pub(crate) fn read(path: &Path) -> Result<Vec<CodeSpan>, Failure> {
    let bytes = fs::read(path).map_err(|cause| Error::Io {
        path: path.to_owned(),
        doing: "cannot read the list",
        cause,
    })?;
    let text = String::from_utf8_lossy(&bytes);
    let text = text.trim_start_matches('\u{feff}');
    let (mut spans, mut wrong) = (Vec::new(), Vec::new());
    for (line, number) in text.lines().zip(1..) {
        let Some(first) = first_column(line) else {
            continue;
        };
        match first.parse::<CodeSpan>() {
            Ok(span) => spans.push(span),
            Err(_) if spans.is_empty() && wrong.is_empty() && number == 1 => {}
            Err(cause) => wrong.push(format!("line {number}: `{first}`: {cause}")),
        }
    }
    let name = path.display();
    for line in wrong.iter().take(MOST_LINES) {
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

fn first_column(line: &str) -> Option<&str> {
    let line = line.trim();
    let mut columns = line.split([',', ';', '\t', ' ']);
    let first = columns.next()?.trim_matches('"').trim();
    (!first.is_empty() && !first.starts_with('#')).then_some(first)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_of_a_list() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("list.csv");
        let text = "\u{feff}code,name\n\"J1640\",hemin\n# drugs\n\nJ16*\nJ1000-J1100\tx\n99213\n";
        fs::write(&path, text).unwrap();
        assert_eq!(read(&path).unwrap().len(), 3);
        fs::write(&path, "code\n").unwrap();
        assert!(matches!(read(&path), Err(Failure::Usage(_))));
        assert!(matches!(
            read(&folder.path().join("none")),
            Err(Failure::Library(_))
        ));
    }
}
