//! Differences between two texts, word by word.

use serde::Serialize;

/// Larger tables are not built; two descriptors of 1,251 characters take 40,000 cells.
const MOST_CELLS: usize = 4_000_000;

/// Whether words occur in both texts or in one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "serve", derive(utoipa::ToSchema))]
#[serde(rename_all = "lowercase")]
pub enum Mark {
    /// In both.
    Same,
    /// In the old text only.
    Removed,
    /// In the new text only.
    Added,
}

/// Consecutive words with the same mark.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "serve", derive(utoipa::ToSchema))]
pub struct Run {
    /// The text that has them.
    pub mark: Mark,
    /// The words, joined with one blank.
    pub text: String,
}

/// Marks the words that differ, by the longest common subsequence of words.
///
/// The words that are not added, joined with blanks, are the old text; those that are not removed,
/// the new one.
///
/// ```
/// use hcpcs::history::{Mark, marks};
///
/// let runs = marks("Injection, hemin, 1 mg", "Injection, hemin, per 1 mg");
/// assert_eq!(runs[1].mark, Mark::Added);
/// assert_eq!(runs[1].text, "per");
/// ```
#[must_use]
pub fn marks(old: &str, new: &str) -> Vec<Run> {
    let old: Vec<&str> = old.split_whitespace().collect();
    let new: Vec<&str> = new.split_whitespace().collect();
    let mut runs = Runs::default();
    for (mark, word) in align(&old, &new) {
        runs.push(mark, word);
    }
    runs.0
}

/// The words of two texts, each with its mark, along the longest common subsequence. A common word
/// is taken from the old text.
pub(crate) fn align<W: Copy + PartialEq>(old: &[W], new: &[W]) -> Vec<(Mark, W)> {
    let head = shared(old.iter().zip(new));
    let (old_rest, new_rest) = (&old[head..], &new[head..]);
    let tail = shared(old_rest.iter().rev().zip(new_rest.iter().rev()));
    let old_rest = &old_rest[..old_rest.len() - tail];
    let new_rest = &new_rest[..new_rest.len() - tail];
    let mut aligned = Vec::with_capacity(old.len() + new_rest.len());
    aligned.extend(marked(Mark::Same, &old[..head]));
    if (old_rest.len() + 1).saturating_mul(new_rest.len() + 1) > MOST_CELLS {
        aligned.extend(marked(Mark::Removed, old_rest));
        aligned.extend(marked(Mark::Added, new_rest));
    } else {
        compare(old_rest, new_rest, &mut aligned);
    }
    aligned.extend(marked(Mark::Same, &old[old.len() - tail..]));
    aligned
}

fn marked<W: Copy>(mark: Mark, words: &[W]) -> impl Iterator<Item = (Mark, W)> {
    words.iter().map(move |word| (mark, *word))
}

/// The length of the common prefix.
fn shared<'a, W: PartialEq + 'a>(pairs: impl Iterator<Item = (&'a W, &'a W)>) -> usize {
    pairs.take_while(|(a, b)| a == b).count()
}

/// Walks along the longest common subsequence.
fn compare<W: Copy + PartialEq>(old: &[W], new: &[W], aligned: &mut Vec<(Mark, W)>) {
    let width = new.len() + 1;
    // each cell holds the length of the longest common subsequence from there to both ends
    let mut lengths = vec![0_u32; (old.len() + 1) * width];
    for i in (0..old.len()).rev() {
        for j in (0..new.len()).rev() {
            lengths[i * width + j] = if old[i] == new[j] {
                lengths[(i + 1) * width + j + 1] + 1
            } else {
                lengths[(i + 1) * width + j].max(lengths[i * width + j + 1])
            };
        }
    }
    let (mut i, mut j) = (0, 0);
    while i < old.len() && j < new.len() {
        if old[i] == new[j] {
            aligned.push((Mark::Same, old[i]));
            (i, j) = (i + 1, j + 1);
        } else if lengths[(i + 1) * width + j] >= lengths[i * width + j + 1] {
            aligned.push((Mark::Removed, old[i]));
            i += 1;
        } else {
            aligned.push((Mark::Added, new[j]));
            j += 1;
        }
    }
    aligned.extend(marked(Mark::Removed, &old[i..]));
    aligned.extend(marked(Mark::Added, &new[j..]));
}

#[derive(Default)]
struct Runs(Vec<Run>);

impl Runs {
    fn push(&mut self, mark: Mark, word: &str) {
        match self.0.last_mut() {
            Some(run) if run.mark == mark => {
                run.text.push(' ');
                run.text.push_str(word);
            }
            _ => self.0.push(Run {
                mark,
                text: word.to_owned(),
            }),
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn side(runs: &[Run], without: Mark) -> String {
        let texts: Vec<&str> = runs
            .iter()
            .filter(|run| run.mark != without)
            .map(|run| run.text.as_str())
            .collect();
        texts.join(" ")
    }

    #[test]
    fn marks_of_a_descriptor() {
        let runs = marks("a b c d", "a x c d e");
        let marked: Vec<(Mark, &str)> = runs
            .iter()
            .map(|run| (run.mark, run.text.as_str()))
            .collect();
        let expected = [
            (Mark::Same, "a"),
            (Mark::Removed, "b"),
            (Mark::Added, "x"),
            (Mark::Same, "c d"),
            (Mark::Added, "e"),
        ];
        assert_eq!(marked, expected);
        assert_eq!(marks("", ""), []);
        assert_eq!(marks(" a  b ", "a b").len(), 1);
    }

    #[test]
    fn texts_of_many_words() {
        let words = |name: &str| format!("{name} ").repeat(5_000);
        let runs = marks(&words("old"), &words("new"));
        assert_eq!(runs.len(), 2);
    }

    proptest! {
        #[test]
        fn both_texts_come_back(old in "[abc ]{0,30}", new in "[abc ]{0,30}") {
            let words = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
            let runs = marks(&old, &new);
            prop_assert_eq!(side(&runs, Mark::Added), words(&old));
            prop_assert_eq!(side(&runs, Mark::Removed), words(&new));
        }
    }
}
