//! The codes that a list leaves out: `J16* -J1640`, `J16* except J1640 and J1641`.

use super::code_item::KnownCodes;
use super::code_label::BETWEEN;
use super::code_left_out::leaving_out;
use super::code_list::ListReader;
use super::code_word::codes;
use crate::codeset::CodeSpan;

impl<K: KnownCodes> ListReader<'_, K> {
    /// The excluded codes: `-J1640`, `NOT J1640`, `except J1640 and J1644`.
    pub(super) fn left_out(&self, at: usize) -> Option<(Vec<CodeSpan>, usize)> {
        let token = &self.tokens[at].text;
        if let Some(behind) = token.strip_prefix('-') {
            let is_word = behind.starts_with(char::is_alphanumeric);
            return Some((self.spans(behind).filter(|_| is_word)?, 1));
        }
        let word = |at: usize| self.tokens.get(at).map_or("", |own| own.text.as_str());
        let named = at + leaving_out(token, word(at + 1));
        if named == at {
            return None;
        }
        let (mut spans, mut count) = self.spans_at(named)?;
        count += named - at;
        loop {
            let joins = BETWEEN
                .iter()
                .any(|own| word(at + count).eq_ignore_ascii_case(own));
            let next = self.spans_at(at + count + usize::from(joins));
            // A code that is not asked for cannot be left out, so it is asked for.
            match next.filter(|(own, _)| own.iter().all(|own| self.is_asked(*own))) {
                Some((own, length)) => {
                    spans.extend(own);
                    count += usize::from(joins) + length;
                }
                None => return Some((spans, count)),
            }
        }
    }

    /// Whether an item of the list has all codes of a span.
    fn is_asked(&self, own: CodeSpan) -> bool {
        let (first, last) = own.bounds();
        let asked = self.list.items.iter();
        let mut asked = asked.filter_map(|item| Some(item.what.span()?.bounds()));
        asked.any(|(from, to)| from <= first && last <= to)
    }

    /// The codes, the pattern or the range at a token, and how many tokens it takes.
    fn spans_at(&self, at: usize) -> Option<(Vec<CodeSpan>, usize)> {
        let token = self.tokens.get(at)?;
        match self.range(at) {
            Some((item, count)) => Some((vec![item.what.span()?], count)),
            None => Some((self.spans(&token.text)?, 1)),
        }
    }

    fn spans(&self, text: &str) -> Option<Vec<CodeSpan>> {
        let items = codes(text, self.expects_modifier, self.known)?;
        items.iter().map(|item| item.what.span()).collect()
    }
}
