//! Cycles in a list of synonyms: words that mean each other without being marked so.

use std::collections::HashMap;

use super::synonym::Synonym;
use crate::error::excerpt;

/// Finds a cycle of words that mean each other without being marked so; returns its last line.
/// Words marked as meaning the same in both directions are one node.
pub(crate) fn find(synonyms: &[Synonym]) -> Option<(usize, String)> {
    let arrows = arrows(synonyms);
    let mut seen = vec![Seen::Not; arrows.len()];
    for start in 0..arrows.len() {
        let mut path = Vec::new();
        if seen[start] == Seen::Not {
            seen[start] = Seen::OnPath;
            path.push(Step::to(start, None));
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
                    path.push(Step::to(*to, Some(synonym)));
                }
                Seen::OnPath => {
                    let rest = path.iter().skip_while(|step| step.word != *to).skip(1);
                    let mut cycle: Vec<&Synonym> = rest.filter_map(|step| step.synonym).collect();
                    cycle.push(synonym);
                    return Some(describe(&cycle));
                }
            }
        }
    }
    None
}

/// A word on the path from the first word of the search.
struct Step<'a> {
    word: usize,
    next: usize,
    synonym: Option<&'a Synonym>,
}

impl<'a> Step<'a> {
    fn to(word: usize, synonym: Option<&'a Synonym>) -> Self {
        let next = 0;
        Self {
            word,
            next,
            synonym,
        }
    }
}

#[derive(Clone, Copy, PartialEq)]
enum Seen {
    Not,
    OnPath,
    Before,
}

fn describe(cycle: &[&Synonym]) -> (usize, String) {
    let line = cycle
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
    let mut arrows: Vec<String> = cycle.iter().take(5).map(arrow).collect();
    if cycle.len() > arrows.len() {
        arrows.push("…".to_owned());
    }
    let arrows = arrows.join(", ");
    (
        line,
        format!(
            "a cycle: {arrows}; where both directions are meant, write one line with `=` before its right side"
        ),
    )
}

/// The arrows from each word in one direction, by the numbers of the words.
fn arrows(synonyms: &[Synonym]) -> Vec<Vec<(usize, &Synonym)>> {
    let mut words = Words::default();
    let pairs: Vec<(usize, usize)> = synonyms
        .iter()
        .map(|synonym| (words.number(&synonym.asked), words.number(&synonym.meant)))
        .collect();
    for (_, (asked, meant)) in synonyms.iter().zip(&pairs).filter(|(at, _)| at.both_ways) {
        words.join(*asked, *meant);
    }
    let mut arrows = vec![Vec::new(); words.parents.len()];
    for (synonym, (asked, meant)) in synonyms.iter().zip(&pairs).filter(|(at, _)| !at.both_ways) {
        let (from, to) = (words.first(*asked), words.first(*meant));
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

    /// The representative of all words that mean the same as this one.
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

    use crate::annotation::source::Source;
    use crate::annotation::source::SourceKind;
    use crate::annotation::synonym::list;
    use crate::annotation::synonym::list::SynonymList;

    fn read(text: &str) -> Result<SynonymList, String> {
        let path = Path::new("synonyms.tsv");
        let mut source = Source::new(path, SourceKind::Synonyms);
        list::parse(text, &mut source).map_err(|error| error.to_string())
    }

    #[test]
    fn cycles() {
        let error = read("x\ta\na\tb\nb\ta\n").unwrap_err();
        assert_eq!(
            error,
            "synonyms.tsv: line 3: a cycle: `a` → `b` on line 2, `b` → `a` on line 3; where both directions are meant, write one line with `=` before its right side"
        );
        let error = read("a\tb\nb\tc\nd\ta\nc\td\n").unwrap_err();
        assert!(
            error.starts_with("synonyms.tsv: line 4: a cycle"),
            "{error}"
        );
        let error = read("a\t=b\na\tc\nc\tb\n").unwrap_err();
        assert!(error.contains("line 3: a cycle"), "{error}");
    }

    #[test]
    fn no_cycles() {
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
