//! A list of synonyms: words and phrases and what they mean.
//!
//! Two columns, `asked<TAB>meant`: whoever asks for the left side also means the right. A right
//! side that begins with `=` holds in both directions. Lines that begin with `#` and empty lines
//! are ignored. A list with a mistake is refused whole.

use std::collections::HashMap;

use serde::{Deserialize, Serialize};

use super::cycle;
use super::synonym::Synonym;
use crate::annotation::source::Source;
use crate::annotation::text::squeeze;
use crate::error::{Result, excerpt};
use crate::table::cells::Cells;

/// A list of synonyms in which every line was read and none contradicts another.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SynonymList {
    /// In file order.
    pub synonyms: Vec<Synonym>,
}

/// Whether a file begins as a list: more than half of its lines have two columns.
pub(crate) fn is_list(head: &str) -> bool {
    let (mut lines, mut pairs) = (0, 0);
    for line in entries(head).map(|(_, line)| line) {
        lines += 1;
        pairs += usize::from(line.matches('\t').count() == 1);
    }
    pairs * 2 > lines
}

fn entries(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let lines = text.lines().enumerate().map(|(at, line)| (at + 1, line));
    lines.filter(|(_, line)| !line.trim().is_empty() && !line.starts_with('#'))
}

/// Reads a list.
pub(crate) fn parse(text: &str, source: &mut Source) -> Result<SynonymList> {
    let mut synonyms: Vec<Synonym> = Vec::new();
    let delimiter = delimiter(text);
    for (line, entry) in entries(text) {
        match synonym(line, entry, delimiter) {
            Ok(synonym) => synonyms.push(synonym),
            Err(reason) => return source.refuse_line(line, reason),
        }
    }
    if let Some((line, reason)) = repeated(&synonyms) {
        return source.refuse_line(line, reason);
    }
    if let Some((line, reason)) = cycle::find(&synonyms) {
        return source.refuse_line(line, reason);
    }
    if synonyms.is_empty() {
        return source.refuse("holds no synonym; write lines of the form asked<TAB>meant");
    }
    source.rows = synonyms.len();
    Ok(SynonymList { synonyms })
}

/// The delimiter of the columns: a tab if any line has one, else the sign that most lines have
/// once.
fn delimiter(text: &str) -> u8 {
    let count = |sign: u8| {
        let is_pair = |line: &str| cells(line, sign).len() == 2;
        entries(text).filter(|(_, line)| is_pair(line)).count()
    };
    if text.contains('\t') {
        return b'\t';
    }
    let others = [b';', b'|', b','].into_iter().rev();
    others
        .max_by_key(|sign| count(*sign))
        .filter(|sign| count(*sign) > 0)
        .unwrap_or(b'\t')
}

fn cells(line: &str, delimiter: u8) -> Cells {
    let mut cells = Cells::default();
    if delimiter == b'\t' {
        line.split('\t').for_each(|cell| cells.push(cell));
    } else {
        cells.add_line(line, delimiter, false);
    }
    cells
}

fn synonym(line: usize, entry: &str, delimiter: u8) -> Result<Synonym, String> {
    let cells = cells(entry, delimiter);
    let cells: Vec<&str> = cells.iter().collect();
    let [asked, meant] = cells[..] else {
        let count = cells.len();
        return Err(format!(
            "{count} columns; a synonym has two, asked<TAB>meant"
        ));
    };
    let (meant, both_ways) = match meant.trim().strip_prefix('=') {
        Some(meant) => (meant, true),
        None => (meant, false),
    };
    let (asked, meant) = (plain(asked), plain(meant));
    if asked.is_empty() || meant.is_empty() {
        let side = if asked.is_empty() { "left" } else { "right" };
        return Err(format!("the {side} side is empty; write asked<TAB>meant"));
    }
    if asked == meant {
        return Err(format!(
            "`{}` means itself; remove the line",
            excerpt(&asked)
        ));
    }
    Ok(Synonym {
        asked,
        meant,
        both_ways,
        line,
    })
}

fn plain(text: &str) -> String {
    squeeze(text).to_lowercase()
}

/// Finds a line that repeats an earlier one.
fn repeated(synonyms: &[Synonym]) -> Option<(usize, String)> {
    let mut lines: HashMap<(&str, &str), usize> = HashMap::with_capacity(synonyms.len());
    for synonym in synonyms {
        let (asked, meant) = (synonym.asked.as_str(), synonym.meant.as_str());
        let back = synonym.both_ways.then_some((meant, asked));
        for direction in [Some((asked, meant)), back].into_iter().flatten() {
            if let Some(line) = lines.insert(direction, synonym.line) {
                let reason = format!(
                    "`{asked}` and `{meant}` are already on line {line}; remove one of them"
                );
                return Some((synonym.line, reason));
            }
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;
    use crate::annotation::source::SourceKind;

    fn read(text: &str) -> Result<SynonymList, String> {
        let path = Path::new("synonyms.tsv");
        let mut source = Source::new(path, SourceKind::Synonyms);
        parse(text, &mut source).map_err(|error| error.to_string())
    }

    #[test]
    fn a_list() {
        let text = "# comment\n\nHoyer \tPatient  lift\r\nw/o\t = without\n";
        assert!(is_list(text));
        let synonyms = read(text).unwrap().synonyms;
        let hoyer = Synonym {
            asked: "hoyer".into(),
            meant: "patient lift".into(),
            both_ways: false,
            line: 3,
        };
        let without = Synonym {
            asked: "w/o".into(),
            meant: "without".into(),
            both_ways: true,
            line: 4,
        };
        assert_eq!(synonyms, [hoyer, without]);
    }

    #[test]
    fn what_is_no_list() {
        assert!(!is_list("a\tb\tc\nd\te\tf\n"));
        assert!(!is_list("some prose\nand more\n"));
        assert!(!is_list("# only a comment\n"));
        assert!(
            is_list("a\tb\nc\td\te\nf\tg\n"),
            "one mistake does not hide the list"
        );
    }

    #[test]
    fn mistakes_refuse_the_whole_list() {
        #[rustfmt::skip]
        let cases = [
            ("a\tb\nc\td\te\n", "synonyms.tsv: line 2: 3 columns; a synonym has two, asked<TAB>meant"),
            ("a b\n", "synonyms.tsv: line 1: 1 columns; a synonym has two, asked<TAB>meant"),
            ("a\tb\n\t b\n", "synonyms.tsv: line 2: the left side is empty; write asked<TAB>meant"),
            ("a\t = \n", "synonyms.tsv: line 1: the right side is empty; write asked<TAB>meant"),
            ("A\t=a\n", "synonyms.tsv: line 1: `a` means itself; remove the line"),
            ("a\tb\nA\tB\n", "synonyms.tsv: line 2: `a` and `b` are already on line 1; remove one of them"),
            ("a\t=b\nb\ta\n", "synonyms.tsv: line 2: `b` and `a` are already on line 1; remove one of them"),
            ("# nothing\n", "synonyms.tsv: holds no synonym; write lines of the form asked<TAB>meant"),
        ];
        for (text, message) in cases {
            assert_eq!(read(text).unwrap_err(), message, "{text:?}");
        }
    }
}
