//! `Cells`: a row of a table, cut from one or more lines.
/// The delimiters of a text table; each is tried as a sheet.
pub(crate) const DELIMITERS: [u8; 4] = [b',', b'\t', b';', b'|'];

/// The cells of a row, concatenated in one text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Cells {
    text: String,
    ends: Vec<usize>,
}

/// The state of a row after a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Added {
    /// The row ends with the line.
    Whole,
    /// A quoted cell continues on the next line.
    Open,
    /// A quotation mark that an earlier line opened is astray: this line does not close it
    /// properly.
    Astray,
}

impl Cells {
    pub(crate) fn clear(&mut self) {
        self.text.clear();
        self.ends.clear();
    }

    /// How many cells there are.
    pub(crate) fn len(&self) -> usize {
        self.ends.len()
    }

    /// A cell; empty if the row is shorter.
    pub(crate) fn get(&self, at: usize) -> &str {
        let start = match at {
            0 => 0,
            at => self.ends.get(at - 1).copied().unwrap_or_default(),
        };
        let end = self.ends.get(at).copied().unwrap_or(start);
        &self.text[start..end]
    }

    pub(crate) fn iter(&self) -> impl ExactSizeIterator<Item = &str> {
        (0..self.len()).map(|at| self.get(at))
    }

    /// Whether all cells are empty.
    pub(crate) fn is_blank(&self) -> bool {
        self.text.trim().is_empty()
    }

    /// Adds a cell at the end.
    pub(crate) fn push(&mut self, cell: &str) {
        self.text.push_str(cell);
        self.ends.push(self.text.len());
    }

    /// Adds the cells of a line; `is_open` if a quoted cell continues on it.
    ///
    /// A quotation mark quotes only at the beginning of a cell; within quotes two are one. Text
    /// between a closing mark and the next delimiter is kept, as spreadsheets do, unless the mark
    /// was opened on another line, or the quoted text ends in a delimiter, or that text has a mark
    /// too: then one of them is astray.
    pub(crate) fn add_line(&mut self, line: &str, delimiter: u8, is_open: bool) -> Added {
        let mut rest = line;
        if is_open {
            match self.close(rest) {
                None => return Added::Open,
                Some(behind) => rest = behind,
            }
            let end = memchr::memchr(delimiter, rest.as_bytes()).unwrap_or(rest.len());
            if !rest[..end].trim().is_empty() {
                return Added::Astray;
            }
            self.ends.push(self.text.len());
            if end == rest.len() {
                return Added::Whole;
            }
            rest = &rest[end + 1..];
        }
        loop {
            let blanks = rest.len() - rest.trim_start_matches(' ').len();
            let mut is_quoted = false;
            if let Some(quoted) = rest[blanks..].strip_prefix('"') {
                let Some(behind) = self.close(quoted) else {
                    return Added::Open;
                };
                (rest, is_quoted) = (behind, true);
            }
            let end = memchr::memchr(delimiter, rest.as_bytes()).unwrap_or(rest.len());
            if is_quoted && !rest[..end].trim().is_empty() {
                // `"two,"ZZ"` is two cells, one of them without its closing mark.
                let ends_in_delimiter = self.text.as_bytes().last() == Some(&delimiter);
                if ends_in_delimiter || rest[..end].contains('"') {
                    return Added::Astray;
                }
            }
            self.push(&rest[..end]);
            if end == rest.len() {
                return Added::Whole;
            }
            rest = &rest[end + 1..];
        }
    }

    /// Takes the text up to the closing quotation mark; `None` if the line has none.
    fn close<'l>(&mut self, mut rest: &'l str) -> Option<&'l str> {
        while let Some(at) = memchr::memchr(b'"', rest.as_bytes()) {
            self.text.push_str(&rest[..at]);
            rest = &rest[at + 1..];
            match rest.strip_prefix('"') {
                Some(behind) => {
                    self.text.push('"');
                    rest = behind;
                }
                None => return Some(rest),
            }
        }
        self.text.push_str(rest);
        self.text.push('\n');
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(line: &str, delimiter: u8) -> Vec<String> {
        let mut cells = Cells::default();
        assert_eq!(
            cells.add_line(line, delimiter, false),
            Added::Whole,
            "{line}"
        );
        cells.iter().map(str::to_owned).collect()
    }

    #[test]
    fn lines_are_cut_at_delimiters_and_not_within_quotes() {
        assert_eq!(cut("a,b;c", b','), ["a", "b;c"]);
        assert_eq!(cut("a,b;c", b';'), ["a,b", "c"]);
        assert_eq!(cut("", b','), [""]);
        assert_eq!(cut(",", b','), ["", ""]);
        assert_eq!(
            cut(r#""a,b","say ""x""",, "c" "#, b','),
            ["a,b", "say \"x\"", "", "c "]
        );
        assert_eq!(cut(r#"5" tube,"6" tube"#, b','), ["5\" tube", "6 tube"]);
        assert_eq!(cut("é\t\"ü\t\"", b'\t'), ["é", "ü\t"]);
    }

    #[test]
    fn a_quoted_cell_goes_on_in_the_next_line() {
        let mut cells = Cells::default();
        assert_eq!(cells.add_line("a,\"two", b',', false), Added::Open);
        assert_eq!(cells.add_line("", b',', true), Added::Open);
        assert_eq!(cells.add_line("lines\",b", b',', true), Added::Whole);
        assert!(cells.iter().eq(["a", "two\n\nlines", "b"]));
        cells.clear();
        assert_eq!(cells.add_line("a,\"open", b',', false), Added::Open);
        assert_eq!(cells.add_line("b,\"c\"", b',', true), Added::Astray);
    }
}
