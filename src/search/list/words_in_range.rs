//! Words with a range of codes: `walkers from E0130 to E0149` are the walkers among these codes.

use crate::codeset::CodeSpan;
use crate::error::Result;
use crate::search::answer::answer::Answer;
use crate::search::question::code_left_out::{code_at, names_a_code};
use crate::search::question::code_list::code_list;
use crate::search::question::code_word::span;
use crate::search::question::query::Query;
use crate::search::question::syntax::{Clause, clauses};
use crate::search::searcher::Searcher;

/// The characters of a code, and the minimum of those of a pattern among words.
const LENGTH: usize = 5;
const LEAST_PATTERN: usize = 4;
/// The maximum of words beside codes and ranges: a longer text, such as a descriptor, names them in
/// passing.
pub(crate) const MOST_WORDS: usize = 10;
/// The words before a range, which are part of it.
const BEFORE: [&str; 2] = ["from", "between"];

impl Searcher {
    /// Answers words with ranges of codes as the words with a filter; `None` if the text of the
    /// question is something else.
    pub(crate) fn words_in_range(&self, query: &Query, text: &str) -> Result<Option<Answer>> {
        if !query.filters.codes.is_empty() || !names_a_code(text) {
            return Ok(None);
        }
        let (codes, asked, words) = ranges(text);
        let is_word = |word: &&str| word.contains(char::is_alphanumeric);
        let leaves_out = |clause: &Clause| matches!(clause, Clause::Not(own) if names_a_code(own));
        if codes.is_empty()
            || !(1..=MOST_WORDS).contains(&words.split_whitespace().filter(is_word).count())
            || clauses(text)?.iter().any(leaves_out)
            || code_list(text, self).is_some()
            || !self.reader.store.with_descriptor(text).is_empty()
        {
            return Ok(None);
        }
        let mut other = query.clone();
        other.filters.codes = codes;
        other.text = words;
        let asked = asked.join(", ");
        let mut answer = self.search(&other)?;
        let notice = if answer.total == 0 && answer.hidden == 0 {
            let words = other.text.trim().to_owned();
            other.text.clear();
            answer = self.search(&other)?;
            format!("no code of {asked} has \"{words}\": these are all codes of it")
        } else {
            format!("only the codes of {asked} are searched")
        };
        answer.notices.insert(0, notice);
        answer.query.clone_from(&query.text);
        Ok(Some(answer))
    }
}

/// The ranges and patterns of a text, as they are asked, and the rest of the text.
fn ranges(text: &str) -> (Vec<CodeSpan>, Vec<String>, String) {
    let (mut codes, mut asked, mut rest) = (Vec::new(), Vec::new(), String::new());
    let mut left = text;
    while let Some(char) = left.chars().next() {
        let end = left.find(char::is_whitespace).unwrap_or(left.len());
        let (word, behind) = left.split_at(end.max(char.len_utf8()));
        let is_before = BEFORE.iter().any(|own| word.eq_ignore_ascii_case(own));
        let start = if is_before { behind } else { left };
        let joins = if word.eq_ignore_ascii_case("between") {
            "and"
        } else {
            ""
        };
        let found = code_at(start, joins).filter(|(code, _)| is_plain_range(code));
        match found {
            Some((code, behind)) if let Some(span) = span_of(&code) => {
                codes.push(span);
                asked.push(code.to_uppercase());
                left = behind;
            }
            _ => {
                rest.push_str(word);
                left = behind;
            }
        }
    }
    (codes, asked, rest)
}

/// Whether a word can be nothing else than a range or a pattern of codes: `L1-L5` are vertebrae.
fn is_plain_range(word: &str) -> bool {
    let has_digit = word.contains(|char: char| char.is_ascii_digit());
    let begin = match word.split_once('-') {
        Some((first, _)) => first.len() >= LENGTH,
        None => word.ends_with('*') && word.len() >= LEAST_PATTERN,
    };
    has_digit && begin
}

/// The codes of a range or pattern; its end may omit the letter.
fn span_of(code: &str) -> Option<CodeSpan> {
    let ends = || {
        let (first, last) = code.split_once('-')?;
        span(first, last)?.span()
    };
    code.parse().ok().or_else(ends)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_among_words() {
        #[rustfmt::skip]
        let cases = [
            ("walkers from E0130 to E0149", "E0130-E0149", "walkers "),
            ("walkers between e0130 and e0149, wheeled", "E0130-E0149", "walkers , wheeled"),
            ("E0130-E0149 walkers", "E0130-E0149", " walkers"),
            ("heavy walkers E0130 thru 0149", "E0130-0149", "heavy walkers"),
            ("walkers E013* (any)", "E013*", "walkers (any)"),
            ("walkers E0130 and E0149", "", "walkers E0130 and E0149"),
            ("vitamin A*, LT-RT, 10-20 ml", "", "vitamin A*, LT-RT, 10-20 ml"),
            ("from E0149 to E0130", "", "from E0149 to E0130"),
            ("spinal orthosis L1-L5, T9 to T12", "", "spinal orthosis L1-L5, T9 to T12"),
            ("tlso SJ-T9, brace A1*", "", "tlso SJ-T9, brace A1*"),
        ];
        for (text, codes, rest) in cases {
            let (spans, asked, left) = ranges(text);
            assert_eq!(
                (asked.join(" ").as_str(), left.as_str()),
                (codes, rest),
                "{text}"
            );
            assert_eq!(spans.is_empty(), codes.is_empty(), "{text}");
        }
    }
}
