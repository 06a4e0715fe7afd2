//! Tables in a clinical note: the table of modifiers and when to use them, and others.

use serde::{Deserialize, Serialize};

use crate::annotation::source::Skipped;
use crate::annotation::text::squeeze;
use crate::codeset::{Code, Kind};
use crate::error::excerpt;

/// A modifier that a clinical note recommends with a code.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "serve", derive(utoipa::ToSchema))]
pub struct ModifierUse {
    /// The modifier, such as `JW`.
    pub modifier: Code,
    /// The note's description; empty if its row is cut off before.
    pub description: String,
    /// When to use it; empty if its row is cut off before.
    pub when_to_use: String,
}

/// The content of a table of modifiers.
#[derive(Debug, Default)]
pub(crate) struct Modifiers {
    pub uses: Vec<ModifierUse>,
    pub skipped: Vec<Skipped>,
    /// Rows for modifiers of CPT, which are numbers.
    pub left_out_cpt: usize,
}

/// The column indexes in a table of modifiers.
struct Columns {
    modifier: usize,
    description: Option<usize>,
    when_to_use: Option<usize>,
    count: usize,
}

/// Reads a table, lines with their numbers; `None` if it is not one of modifiers. `is_end` means
/// that the note ends with it.
pub(crate) fn read(table: &[(usize, &str)], is_end: bool) -> Option<Modifiers> {
    let ((_, header), rows) = table.split_first()?;
    let columns = columns(&cells(header))?;
    let mut read = Modifiers::default();
    for (at, (line, row)) in rows.iter().enumerate() {
        if !is_separator(row) {
            let is_end = is_end && at + 1 == rows.len();
            read.take(*line, row, &columns, is_end);
        }
    }
    Some(read)
}

fn columns(header: &[String]) -> Option<Columns> {
    let place = |words: &[&str]| {
        let mut cells = header.iter().map(|cell| cell.to_lowercase());
        cells.position(|cell| words.iter().any(|word| cell.contains(word)))
    };
    Some(Columns {
        modifier: place(&["modifier"])?,
        description: place(&["description", "meaning", "definition"]),
        when_to_use: place(&["when", "usage"]),
        count: header.len(),
    })
}

impl Modifiers {
    fn take(&mut self, line: usize, row: &str, columns: &Columns, is_end: bool) {
        let cells = cells(row);
        let cell = |place: Option<usize>| {
            let cell = place.and_then(|place| cells.get(place));
            cell.cloned().unwrap_or_default()
        };
        let named = cell(Some(columns.modifier));
        let before = (self.uses.len(), self.left_out_cpt);
        for modifier in named.split(|letter: char| !letter.is_ascii_alphanumeric()) {
            let is_number =
                modifier.len() == 2 && modifier.starts_with(|letter: char| letter.is_ascii_digit());
            self.left_out_cpt += usize::from(is_number);
            let modifier = match modifier.parse::<Code>() {
                // Words such as `or` are in lower case, modifiers in upper case.
                Ok(code) if code.kind() == Kind::Modifier && code.as_str() == modifier => code,
                _ => continue,
            };
            self.uses.push(ModifierUse {
                modifier,
                description: cell(columns.description),
                when_to_use: cell(columns.when_to_use),
            });
        }
        let mut skip = |reason: String| self.skipped.push(Skipped { line, reason });
        if before == (self.uses.len(), self.left_out_cpt) {
            skip(format!("`{}` names no modifier", excerpt(row)));
        } else if cells.len() < columns.count {
            let what = if is_end {
                "the table of modifiers breaks off"
            } else {
                "a row of the table of modifiers is short"
            };
            let (has, count) = (cells.len(), columns.count);
            skip(format!(
                "{what}: `{}` has {has} of {count} cells and is kept with them",
                excerpt(row)
            ));
        }
    }
}

/// The cells of a row, without the bars around them and without Markdown markup.
pub(crate) fn cells(row: &str) -> Vec<String> {
    // No text has a zero byte, so it can replace an escaped bar, which does not divide cells.
    let row = row.trim().replace("\\|", "\0");
    let row = row.strip_prefix('|').unwrap_or(&row);
    let row = row.strip_suffix('|').unwrap_or(row);
    let plain = |cell: &str| squeeze(&cell.replace('\0', "|").replace("**", "").replace('`', ""));
    row.split('|').map(plain).collect()
}

/// Whether a row is the rule under a table's header, such as `|---|:--|`.
pub(crate) fn is_separator(row: &str) -> bool {
    let is_rule = |letter: char| matches!(letter, '|' | '-' | ':' | ' ' | '\t' | '\r');
    row.contains("--") && row.contains('|') && row.chars().all(is_rule)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(text: &str) -> Option<Modifiers> {
        let rows: Vec<_> = text
            .lines()
            .enumerate()
            .map(|(at, row)| (at + 1, row))
            .collect();
        read(&rows, true)
    }

    #[test]
    fn columns_by_heading() {
        let text = "| When to Use | **Modifier** | Description |\n|---|:-:|---|\n| Some is \\| discarded | `JW` | Drug wasted |\n|Left or right|LT, RT|Side|\n";
        let read = table(text).unwrap();
        let uses: Vec<_> = read
            .uses
            .iter()
            .map(|at| format!("{} {} / {}", at.modifier, at.description, at.when_to_use))
            .collect();
        assert_eq!(
            uses,
            [
                "JW Drug wasted / Some is | discarded",
                "LT Side / Left or right",
                "RT Side / Left or right"
            ]
        );
        assert_eq!(read.skipped, []);
    }

    #[test]
    fn a_table_that_breaks_off() {
        let read =
            table("| Modifier | Description | When to Use |\n|---|---|---|\nJZ |\nJW |\n").unwrap();
        assert_eq!(read.uses.len(), 2);
        assert_eq!(read.uses[1].modifier.as_str(), "JW");
        let skipped: Vec<_> = read
            .skipped
            .iter()
            .map(|at| format!("{}: {}", at.line, at.reason))
            .collect();
        assert_eq!(
            skipped,
            [
                "3: a row of the table of modifiers is short: `JZ |` has 1 of 3 cells and is kept with them",
                "4: the table of modifiers breaks off: `JW |` has 1 of 3 cells and is kept with them",
            ]
        );
    }

    #[test]
    fn modifiers_of_cpt_and_none_at_all() {
        let read = table(
            "| Modifier | Description |\n|--|--|\n| 59 | words of the AMA |\n| none or any | x |\n",
        )
        .unwrap();
        assert_eq!((read.uses.len(), read.left_out_cpt), (0, 1));
        assert_eq!(
            read.skipped[0].reason,
            "`| none or any | x |` names no modifier"
        );
        assert!(table("| Payer | Rule |\n|---|---|\n").is_none());
    }
}
