//! Front matter: the `key: value` lines between two `---` at the start of a note.

/// One key of a note's front matter and its values.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Entry {
    /// The key in lower case.
    pub key: String,
    /// One value, or the items of a list.
    pub values: Vec<String>,
    /// The line of the key; the first is 1.
    pub line: usize,
}

impl Entry {
    /// The values as one text.
    pub(crate) fn text(&self) -> String {
        self.values.join("; ")
    }
}

/// The front matter of a note.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct FrontMatter {
    pub entries: Vec<Entry>,
    /// How many lines it takes, including the two `---`; 0 if a note has none.
    pub lines: usize,
    /// Lines without a key.
    pub unread: Vec<usize>,
}

/// Reads the front matter of a note's lines; `None` if it is opened and not closed.
pub(crate) fn read(lines: &[&str]) -> Option<FrontMatter> {
    let is_fence = |line: &&str| line.trim_end() == "---";
    let mut read = FrontMatter::default();
    if !lines.first().is_some_and(is_fence) {
        return Some(read);
    }
    let end = lines.iter().skip(1).position(is_fence)? + 1;
    read.lines = end + 1;
    for (at, line) in lines.iter().enumerate().take(end).skip(1) {
        read.take(at + 1, line);
    }
    Some(read)
}

impl FrontMatter {
    fn take(&mut self, number: usize, line: &str) {
        let text = line.trim();
        if text.is_empty() || text.starts_with('#') {
            return;
        }
        let is_indented = line.starts_with([' ', '\t']);
        let item = text.strip_prefix("- ");
        match (item, text.split_once(':'), self.entries.last_mut()) {
            (Some(item), _, Some(entry)) => entry.values.extend(value(item)),
            (None, Some((key, rest)), _) if !is_indented && is_key(key) => {
                self.entries.push(Entry {
                    key: key.trim().to_lowercase(),
                    values: values(rest),
                    line: number,
                });
            }
            (None, _, Some(entry)) if is_indented => match entry.values.last_mut() {
                Some(last) => {
                    last.push(' ');
                    last.push_str(text);
                }
                None => entry.values.extend(value(text)),
            },
            _ => self.unread.push(number),
        }
    }
}

fn is_key(key: &str) -> bool {
    let is_of_key = |letter: char| letter.is_alphanumeric() || "-_ ".contains(letter);
    !key.trim().is_empty() && key.chars().all(is_of_key)
}

/// The values after a colon: one, a list in square brackets, or none yet.
fn values(text: &str) -> Vec<String> {
    let text = text.trim();
    let list = text
        .strip_prefix('[')
        .and_then(|text| text.strip_suffix(']'));
    match list {
        Some(list) => list.split(',').filter_map(value).collect(),
        // These signs begin a folded text, which follows on the next lines.
        None if matches!(text, ">" | "|" | ">-" | "|-") => Vec::new(),
        None => value(text).into_iter().collect(),
    }
}

fn value(text: &str) -> Option<String> {
    let text = text.trim();
    let quoted = ['"', '\'']
        .into_iter()
        .find_map(|mark| text.strip_prefix(mark)?.strip_suffix(mark));
    let text = quoted.unwrap_or(text);
    (!text.is_empty()).then(|| text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pairs(text: &str) -> Vec<(String, String)> {
        let lines: Vec<&str> = text.lines().collect();
        let read = read(&lines).unwrap();
        read.entries
            .into_iter()
            .map(|entry| (entry.key.clone(), entry.values.join("|")))
            .collect()
    }

    #[test]
    fn keys_values_and_lists() {
        let text = "---\nCode: [J1597, \"J1596\"]\ntitle: \"A: b\"\n# remark\nsource:\n  - One: x\n  - Two\nlicense: >\n  long\n  text\n---\nBody: no\n";
        let expected = [
            ("code", "J1597|J1596"),
            ("title", "A: b"),
            ("source", "One: x|Two"),
            ("license", "long text"),
        ];
        assert_eq!(
            pairs(text),
            expected.map(|(key, value)| (key.into(), value.into()))
        );
    }

    #[test]
    fn none_unclosed_and_unread() {
        assert_eq!(read(&["# Title", "---"]).unwrap().lines, 0);
        assert_eq!(read(&["---", "code: J1597"]), None);
        let read = read(&["---", "no key here", "- item", "code: J1597", "---"]).unwrap();
        assert_eq!((read.unread, read.lines), (vec![2, 3], 5));
    }
}
