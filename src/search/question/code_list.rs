//! Recognises a list of codes: codes, modifiers, patterns, ranges and NDCs in the order asked,
//! possibly mixed with other words (strangers).

use crate::codeset::CodeSpan;

use super::code_drug::drug_code;
use super::code_item::{Asked, CodeList, KnownCodes, ListItem};
use super::code_token::{Token, tokens};
use super::code_word::{codes, is_like_code, span};

/// Words about codes, which are ignored.
const LABELS: [&str; 16] = [
    "hcpcs",
    "hcpc",
    "code",
    "codes",
    "j-code",
    "j-codes",
    "level",
    "ii",
    "cpt",
    "cdt",
    "ndc",
    "n4",
    "mod",
    "mods",
    "modifier",
    "modifiers",
];
/// The separators of the items of a list.
const BETWEEN: [&str; 5] = ["and", "or", "&", "+", "="];
/// The separators of the two ends of a range.
const RANGE: [&str; 11] = [
    "to", "thru", "through", "until", "-", "--", "–", "—", "―", "..", "...",
];

/// The list, if the question is one; `None` for a question of words.
///
/// A list may contain strangers if it has more than one code, and more codes than strangers.
pub(crate) fn code_list(text: &str, known: &impl KnownCodes) -> Option<CodeList> {
    if !may_be_list(text) {
        return None;
    }
    let tokens = tokens(text);
    let mut reader = ListReader {
        tokens: &tokens,
        known,
        list: CodeList::default(),
        expects_modifier: false,
        strangers: 0,
        like_codes: 0,
        last_stranger: None,
    };
    let mut at = 0;
    while at < tokens.len() {
        at += reader.read(at);
    }
    reader.finish()
}

/// Whether a question has a digit or a star, or consists of labels and words of two letters.
fn may_be_list(text: &str) -> bool {
    let has_number = |byte: u8| byte.is_ascii_digit() || byte == b'*';
    text.bytes().any(has_number) || {
        let mut words = text.split(|char: char| !char.is_alphanumeric());
        words.all(|word| word.len() <= 2 || is_label(word))
    }
}

fn is_label(word: &str) -> bool {
    LABELS.iter().any(|label| word.eq_ignore_ascii_case(label))
}

struct ListReader<'t, K> {
    tokens: &'t [Token],
    known: &'t K,
    list: CodeList,
    /// Whether two characters here are a modifier, even if no release has it.
    expects_modifier: bool,
    /// Words that are nothing like a code; in a table, one for each cell.
    strangers: usize,
    /// Strangers that differ from a code by a letter.
    like_codes: usize,
    /// The cell of the previous stranger.
    last_stranger: Option<usize>,
}

impl<K: KnownCodes> ListReader<'_, K> {
    /// Reads the item that begins at a token; returns how many tokens it takes.
    fn read(&mut self, at: usize) -> usize {
        let token = &self.tokens[at];
        let is_first = self.list.items.is_empty();
        let rest = self.tokens.len() - at;
        if let Some((item, count)) = drug_code(self.tokens, at, self.known) {
            self.add(vec![item]);
            return count;
        }
        // `HC` is a qualifier before a code and a modifier after it.
        if is_label(&token.text) || (is_first && rest > 1 && token.is("HC")) {
            self.expects_modifier = token.text.to_ascii_lowercase().starts_with("mod");
            return 1;
        }
        if BETWEEN.iter().any(|word| token.is(word)) || token.is_bullet() {
            return 1;
        }
        if let Some((spans, count)) = self.left_out(at) {
            self.list.left_out.extend(spans);
            return count;
        }
        if let Some(item) = self.range(at) {
            self.add(vec![item]);
            return 3;
        }
        if let Some(items) = codes(&token.text, self.expects_modifier, self.known) {
            self.add(items);
            return 1;
        }
        self.stranger(token);
        1
    }

    fn add(&mut self, items: Vec<ListItem>) {
        self.expects_modifier |= items.iter().any(|item| item.what.is_procedure());
        self.last_stranger = None;
        self.list.items.extend(items);
    }

    fn stranger(&mut self, token: &Token) {
        self.expects_modifier = false;
        let is_code = is_like_code(&token.text);
        if is_code {
            self.like_codes += 1;
        }
        let goes_on = self.last_stranger == Some(token.cell) && !is_code;
        let has_cells = self.tokens.last().is_some_and(|last| last.cell > 0);
        let is_more = goes_on && has_cells;
        if !(is_code || is_more) {
            self.strangers += 1;
        }
        self.last_stranger = (!is_code).then_some(token.cell);
        match self.list.items.last_mut() {
            Some(before) if goes_on => {
                before.asked.push(' ');
                before.asked.push_str(&token.text);
            }
            _ => self
                .list
                .items
                .push(ListItem::new(&token.text, Asked::Stranger)),
        }
    }

    /// The list, if it is one.
    fn finish(self) -> Option<CodeList> {
        let items = self.list.items.iter();
        let is_known = items.clone().any(|item| item.what != Asked::Stranger);
        let has_code = items
            .clone()
            .any(|item| item.what.is_procedure() && !matches!(item.what, Asked::OutOfScope(_)));
        let codes = items.filter(|item| item.what.is_procedure()).count();
        let is_list = match self.strangers {
            0 => is_known || (self.like_codes > 0 && self.are_no_words()),
            strangers => has_code && codes > 1 && strangers < codes,
        };
        (is_list && !self.list.items.is_empty()).then_some(self.list)
    }

    fn are_no_words(&self) -> bool {
        let mut items = self.list.items.iter();
        items.all(|item| !self.known.is_word(&item.asked.to_lowercase()))
    }

    /// The excluded codes: `-J1640`, `NOT J1640`.
    fn left_out(&self, at: usize) -> Option<(Vec<CodeSpan>, usize)> {
        let token = &self.tokens[at].text;
        let (text, count) = match (token.strip_prefix('-'), self.tokens.get(at + 1)) {
            (Some(behind), _) if behind.starts_with(char::is_alphanumeric) => (behind, 1),
            (None, Some(next)) if token == "NOT" => (next.text.as_str(), 2),
            _ => return None,
        };
        let spans = codes(text, self.expects_modifier, self.known)?
            .into_iter()
            .map(|item| match item.what {
                Asked::Code(code) => Some(code.into()),
                Asked::Pattern(span) => Some(span),
                _ => None,
            });
        Some((spans.collect::<Option<Vec<_>>>()?, count))
    }

    /// A range written as three tokens.
    fn range(&self, at: usize) -> Option<ListItem> {
        let [first, between, last, ..] = &self.tokens[at..] else {
            return None;
        };
        let is_range = RANGE.iter().any(|word| between.is(word)) && !between.is_bullet();
        if !is_range {
            return None;
        }
        let asked = format!("{} {} {}", first.text, between.text, last.text);
        span(&first.text, &last.text).map(|what| ListItem::new(&asked, what))
    }
}

#[cfg(test)]
mod tests {
    use crate::annotation::drugs::ndc_candidates::NdcReading;

    use super::*;

    /// Some codes, one drug product, one word.
    struct Few;

    impl KnownCodes for Few {
        fn has(&self, span: CodeSpan) -> bool {
            let codes = [
                "J1600", "J1640", "E0601", "JW", "RR", "KX", "SQ", "UN", "A1",
            ];
            codes
                .iter()
                .any(|code| span.contains(code.parse().unwrap()))
        }
        fn has_ndc(&self, reading: &NdcReading) -> bool {
            reading.is("00006-4096-02".parse().unwrap())
        }
        fn is_word(&self, word: &str) -> bool {
            word == "b1o20"
        }
    }

    /// The items of a list, one word each.
    fn read(text: &str) -> String {
        let Some(list) = code_list(text, &Few) else {
            return "words".to_owned();
        };
        let items = list.items.iter().map(|item| match &item.what {
            Asked::Code(code) => code.to_string(),
            Asked::Pattern(span) => {
                let (first, end) = span.bounds();
                let text = |bytes: [u8; 5]| String::from_utf8(bytes.to_vec()).unwrap();
                format!("{}-{}", text(first).trim(), text(end).trim())
            }
            Asked::Ndc(readings) => {
                let readings: Vec<String> = readings.iter().map(ToString::to_string).collect();
                format!("ndc={}", readings.join("|"))
            }
            Asked::OutOfScope(_) => format!("out={}", item.asked),
            Asked::CptModifier => format!("cpt={}", item.asked),
            Asked::Backwards => "backwards".to_owned(),
            Asked::Stranger => format!("?{}", item.asked),
        });
        let without = list.left_out.iter().map(|_| "without".to_owned());
        items.chain(without).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn codes_in_every_spelling() {
        for (text, expected) in [
            ("J1640", "J1640"),
            ("\"J1640\"", "J1640"),
            ("(j1640).", "J1640"),
            ("J 1640", "J1640"),
            ("J-1640", "J1640"),
            ("HCPCS J1640", "J1640"),
            ("HCPCS: J1640", "J1640"),
            ("HCPCS Level II code J1640", "J1640"),
            ("HC:J1640:JW", "J1640 JW"),
            ("J1640 HC", "J1640 HC"),
            ("E0601RR", "E0601 RR"),
            ("E0601RRKX", "E0601 RR KX"),
            ("E0601-RR-KX", "E0601 RR KX"),
            ("E0601/RR", "E0601 RR"),
            ("E0601 RR", "E0601 RR"),
            ("E0601 XX", "E0601 XX"),
            ("J1640 25", "J1640 cpt=25"),
            ("J1640-25", "J1640 cpt=25"),
            ("99213-25", "out=99213 cpt=25"),
            ("modifier 25", "cpt=25"),
            ("modifier XX", "XX"),
            ("jw", "JW"),
            ("JW, RR", "JW RR"),
            ("J1640XX", "words"),
            ("E06011", "?E06011"),
            ("J164O", "?J164O"),
            ("b1o20", "words"),
        ] {
            assert_eq!(read(text), expected, "{text}");
        }
    }

    #[test]
    fn lists_ranges_and_strangers() {
        for (text, expected) in [
            ("J1640 E0601 J0172 99213", "J1640 E0601 J0172 out=99213"),
            (
                "J1640,E0601;J1600\tJW|D0120",
                "J1640 E0601 J1600 JW out=D0120",
            ),
            ("J1640\r\nE0601\n\n", "J1640 E0601"),
            ("- J1640\n- E0601", "J1640 E0601"),
            ("1. J1640\n2. E0601", "J1640 E0601"),
            ("* J1640\n* E0601", "J1640 E0601"),
            ("J1640 and E0601", "J1640 E0601"),
            ("J1600-J1699", "J1600-J1699"),
            ("J1600–J1699", "J1600-J1699"),
            ("J1600—J1699", "J1600-J1699"),
            ("J1600 – J1699", "J1600-J1699"),
            ("J1600- J1699", "J1600-J1699"),
            ("J1600 –J1699", "J1600-J1699"),
            ("J1600-1699", "J1600-J1699"),
            ("J1600 to J1699", "J1600-J1699"),
            ("J 1600 through J 1699", "J1600-J1699"),
            ("J1600..J1699", "J1600-J1699"),
            ("99213-99215", "out=99213-99215"),
            ("99213 to 99215", "out=99213 to 99215"),
            ("J1699-J1600", "backwards"),
            ("J1699 to J1600 E0601", "backwards E0601"),
            ("J16*", "J1600-J1699"),
            ("J16", "J1600-J1699"),
            ("j*", "J0000-J9999"),
            ("A1", "A1"),
            ("J17", "words"),
            ("J16* -J1640", "J1600-J1699 without"),
            ("J16 NOT J1640", "J1600-J1699 without"),
            ("J1640 E0601 hemin", "J1640 E0601 ?hemin"),
            ("J1640 E06O1", "J1640 ?E06O1"),
            ("J1640, home visit, E0601", "J1640 ?home visit E0601"),
            ("J1640 hemin", "words"),
            ("J1640 hemin 1 mg", "words"),
            ("J1640 E0601 home visit", "words"),
            ("E0601 16 sq in", "words"),
            ("sq in", "words"),
            ("10000 20000 heparin", "words"),
            ("hemin", "words"),
            ("iv", "words"),
            ("covid19", "words"),
            ("h1n1", "words"),
            ("1/15/2026", "words"),
            ("", "words"),
            ("- -", "words"),
            ("Jé164", "words"),
        ] {
            assert_eq!(read(text), expected, "{text}");
        }
    }

    #[test]
    fn drug_codes() {
        let one = "ndc=55292-0702-55";
        for text in [
            "55292-0702-55",
            "55292070255",
            "55292-702-55",
            "NDC 55292-0702-55",
            "NDC: 55292-0702-55",
            "ndc#55292-0702-55",
            "NDC55292070255",
            "N455292070255",
            "N4 55292-0702-55",
            "N455292070255 UN1",
            "N455292070255 ML 2.5",
            "LIN**N4*55292070255",
            "LIN**N4*55292070255~",
            "55292 0702 55",
            "55292 702 55",
            "NDC 55292 0702 55",
            "55292–0702–55",
        ] {
            assert_eq!(read(text), one, "{text}");
        }
        for (text, expected) in [
            (
                "5529270255",
                "ndc=05529-2702-55|55292-0702-55|55292-7025-05",
            ),
            ("55292-0702", "ndc=55292-0702"),
            ("55292 0702", "ndc=55292-0702"),
            ("552920702", "ndc=55292-0702|00552-9207-02"),
            ("6409602", "ndc=00006-4096-02"),
            ("6409603", "words"),
            ("NDC 6409603", "ndc=00006-4096-03"),
            ("50090-1990", "ndc=50090-1990"),
            ("55292-0702-55 E0601", "ndc=55292-0702-55 E0601"),
            ("hemin 55292-0702-55", "words"),
            ("888867413689", "words"),
            ("2026-01-15", "words"),
            ("NDC", "words"),
        ] {
            assert_eq!(read(text), expected, "{text}");
        }
    }
}
