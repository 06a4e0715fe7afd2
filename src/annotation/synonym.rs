//! Synonyms: a list of words and phrases and of what they mean.
//!
//! Two columns, `asked<TAB>meant`: whoever asks for the left side also means the right. A right side
//! that begins with `=` holds in both directions. Lines that begin with `#` and empty lines say
//! nothing. A list with a mistake in it is refused whole.

use std::collections::HashMap;

use serde::{Deserialize, Serialize};

use super::source::Source;
use super::text::{excerpt, squeeze};
use crate::error::Result;

/// A word or phrase and what it means, both in lower case.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Synonym {
    /// What is asked for, such as `hoyer`.
    pub asked: String,
    /// What it means, such as `patient lift`.
    pub meant: String,
    /// Whether it holds in the other direction too.
    pub both_ways: bool,
    /// The line of the list, beginning with 1.
    pub line: usize,
}

/// A list of synonyms in which every line could be read and none contradicts another.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SynonymList {
    /// In the order of the list.
    pub synonyms: Vec<Synonym>,
}

/// Whether a file's beginning is that of a list: more than half of its lines have two columns.
pub(super) fn is_list(head: &str) -> bool {
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
pub(super) fn parse(text: &str, source: &mut Source) -> Result<SynonymList> {
    let mut synonyms: Vec<Synonym> = Vec::new();
    let mut lines: HashMap<(String, String), usize> = HashMap::new();
    for (line, entry) in entries(text) {
        let synonym = match synonym(line, entry) {
            Ok(synonym) => synonym,
            Err(reason) => return source.refuse_line(line, reason),
        };
        let Synonym {
            asked,
            meant,
            both_ways,
            ..
        } = &synonym;
        let mut directions = vec![(asked.clone(), meant.clone())];
        if *both_ways {
            directions.push((meant.clone(), asked.clone()));
        }
        for direction in directions {
            if let Some(earlier) = lines.insert(direction, line) {
                let reason = format!(
                    "`{asked}` and `{meant}` stand on line {earlier} already; remove one of them"
                );
                return source.refuse_line(line, reason);
            }
        }
        synonyms.push(synonym);
    }
    if let Some((line, reason)) = cycle(&synonyms) {
        return source.refuse_line(line, reason);
    }
    if synonyms.is_empty() {
        return source.refuse("holds no synonym; write lines of the form asked<TAB>meant");
    }
    source.rows = synonyms.len();
    Ok(SynonymList { synonyms })
}

fn synonym(line: usize, entry: &str) -> Result<Synonym, String> {
    let cells: Vec<&str> = entry.split('\t').collect();
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

/// Looks for words that mean each other in a circle without being marked as such; names the last
/// line of it. Words that mean the same in both directions count as one.
fn cycle(synonyms: &[Synonym]) -> Option<(usize, String)> {
    let arrows = arrows(synonyms);
    let mut seen = vec![Seen::Not; arrows.len()];
    for start in 0..arrows.len() {
        let mut path = Vec::new();
        if seen[start] == Seen::Not {
            seen[start] = Seen::OnPath;
            path.push(Step {
                word: start,
                next: 0,
                synonym: None,
            });
        }
        while let Some(step) = path.last_mut() {
            let Some((to, synonym)) = arrows[step.word].get(step.next) else {
                seen[step.word] = Seen::Before;
                path.pop();
                continue;
            };
            step.next += 1;
            match seen[*to] {
                Seen::Before => {}
                Seen::Not => {
                    seen[*to] = Seen::OnPath;
                    path.push(Step {
                        word: *to,
                        next: 0,
                        synonym: Some(synonym),
                    });
                }
                Seen::OnPath => {
                    let mut circle: Vec<&Synonym> = path
                        .iter()
                        .rev()
                        .take_while(|step| step.word != *to)
                        .filter_map(|step| step.synonym)
                        .collect();
                    circle.reverse();
                    circle.push(synonym);
                    return Some(describe(&circle));
                }
            }
        }
    }
    None
}

/// A word on the way from the first word of a search for circles.
struct Step<'a> {
    word: usize,
    next: usize,
    synonym: Option<&'a Synonym>,
}

#[derive(Clone, Copy, PartialEq)]
enum Seen {
    Not,
    OnPath,
    Before,
}

fn describe(circle: &[&Synonym]) -> (usize, String) {
    let line = circle
        .iter()
        .map(|synonym| synonym.line)
        .max()
        .unwrap_or_default();
    let arrow = |synonym: &&Synonym| {
        let Synonym {
            asked, meant, line, ..
        } = synonym;
        format!("`{}` → `{}` on line {line}", excerpt(asked), excerpt(meant))
    };
    let mut arrows: Vec<String> = circle.iter().take(5).map(arrow).collect();
    if circle.len() > arrows.len() {
        arrows.push("…".to_owned());
    }
    let arrows = arrows.join(", ");
    (
        line,
        format!(
            "a circle: {arrows}; where both directions are meant, write one line with `=` before its right side"
        ),
    )
}

/// What each word leads to in one direction, by the numbers of the words.
fn arrows(synonyms: &[Synonym]) -> Vec<Vec<(usize, &Synonym)>> {
    let mut words = Words::default();
    for synonym in synonyms {
        let (asked, meant) = (words.number(&synonym.asked), words.number(&synonym.meant));
        if synonym.both_ways {
            words.join(asked, meant);
        }
    }
    let mut arrows = vec![Vec::new(); words.parents.len()];
    for synonym in synonyms.iter().filter(|synonym| !synonym.both_ways) {
        let (asked, meant) = (words.number(&synonym.asked), words.number(&synonym.meant));
        let (from, to) = (words.first(asked), words.first(meant));
        arrows[from].push((to, synonym));
    }
    arrows
}

/// The words of a list by number, and for each the number of one that means the same.
#[derive(Default)]
struct Words<'a> {
    numbers: HashMap<&'a str, usize>,
    parents: Vec<usize>,
}

impl<'a> Words<'a> {
    fn number(&mut self, word: &'a str) -> usize {
        let next = self.parents.len();
        let number = *self.numbers.entry(word).or_insert(next);
        if number == next {
            self.parents.push(next);
        }
        number
    }

    /// The word that stands for all that mean the same as this one.
    fn first(&mut self, mut word: usize) -> usize {
        while self.parents[word] != word {
            self.parents[word] = self.parents[self.parents[word]];
            word = self.parents[word];
        }
        word
    }

    fn join(&mut self, one: usize, other: usize) {
        let (one, other) = (self.first(one), self.first(other));
        self.parents[one] = other;
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::super::source::SourceKind;
    use super::*;

    fn read(text: &str) -> Result<SynonymList, String> {
        let path = Path::new("synonyms.tsv");
        let mut source = Source::new(path, SourceKind::Synonyms, text.as_bytes());
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
        for (text, message) in [
            (
                "a\tb\nc\td\te\n",
                "synonyms.tsv: line 2: 3 columns; a synonym has two, asked<TAB>meant",
            ),
            (
                "a b\n",
                "synonyms.tsv: line 1: 1 columns; a synonym has two, asked<TAB>meant",
            ),
            (
                "a\tb\n\t b\n",
                "synonyms.tsv: line 2: the left side is empty; write asked<TAB>meant",
            ),
            (
                "a\t = \n",
                "synonyms.tsv: line 1: the right side is empty; write asked<TAB>meant",
            ),
            (
                "A\t=a\n",
                "synonyms.tsv: line 1: `a` means itself; remove the line",
            ),
            (
                "a\tb\nA\tB\n",
                "synonyms.tsv: line 2: `a` and `b` stand on line 1 already; remove one of them",
            ),
            (
                "a\t=b\nb\ta\n",
                "synonyms.tsv: line 2: `b` and `a` stand on line 1 already; remove one of them",
            ),
            (
                "# nothing\n",
                "synonyms.tsv: holds no synonym; write lines of the form asked<TAB>meant",
            ),
        ] {
            assert_eq!(read(text).unwrap_err(), message, "{text:?}");
        }
    }

    #[test]
    fn circles() {
        let error = read("x\ta\na\tb\nb\ta\n").unwrap_err();
        assert_eq!(
            error,
            "synonyms.tsv: line 3: a circle: `a` → `b` on line 2, `b` → `a` on line 3; where both directions are meant, write one line with `=` before its right side"
        );
        let error = read("a\tb\nb\tc\nd\ta\nc\td\n").unwrap_err();
        assert!(
            error.starts_with("synonyms.tsv: line 4: a circle"),
            "{error}"
        );
        let error = read("a\t=b\na\tc\nc\tb\n").unwrap_err();
        assert!(error.contains("line 3: a circle"), "{error}");
    }

    #[test]
    fn no_circles() {
        for good in [
            "a\t=b\nb\t=c\nc\t=a\n",
            "a\tb\na\tc\nb\td\nc\td\n",
            "a\tb\nb\tc\n",
        ] {
            assert!(read(good).is_ok(), "{good:?}");
        }
    }

    #[test]
    fn a_chain_of_a_hundred_thousand() {
        let one_way: Vec<String> = (0..100_000)
            .rev()
            .map(|at| format!("w{at}\tw{}\n", at + 1))
            .collect();
        assert_eq!(read(&one_way.concat()).unwrap().synonyms.len(), 100_000);
        let both_ways: Vec<String> = (0..100_000)
            .map(|at| format!("w{at}\t=w{}\n", at + 1))
            .collect();
        assert_eq!(read(&both_ways.concat()).unwrap().synonyms.len(), 100_000);
    }
}
