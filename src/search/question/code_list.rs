//! A question that is a list of codes: codes, modifiers, patterns, ranges and NDCs, in the order
//! asked, with strangers among them.

use crate::annotation::drugs::ndc_reading::{NdcReading, readings};
use crate::codeset::{Code, CodeSpan, Kind, ParseCodeError};

use super::code_token::{Token, tokens};

/// What a list of codes is held against while it is read.
pub(crate) trait KnownCodes {
    /// Whether a release has a code of a span.
    fn has(&self, span: CodeSpan) -> bool;
    /// Whether a drug product has an NDC.
    fn has_ndc(&self, reading: &NdcReading) -> bool;
    /// Whether a word occurs in what is indexed.
    fn is_word(&self, word: &str) -> bool;
}

/// A list of codes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct CodeList {
    /// What is asked for, in the order asked.
    pub(crate) items: Vec<ListItem>,
    /// What is left out: `-J1640`.
    pub(crate) left_out: Vec<CodeSpan>,
}

/// One item of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct ListItem {
    /// As it was asked.
    pub(crate) asked: String,
    pub(crate) what: Asked,
}

/// What an item asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Asked {
    /// A code or a modifier by name.
    Code(Code),
    /// The codes of a range or with a beginning.
    Pattern(CodeSpan),
    /// The codes of a drug product.
    Ndc(Vec<NdcReading>),
    /// A number of a code set that is not covered.
    OutOfScope(ParseCodeError),
    /// A modifier of CPT.
    CptModifier,
    /// A range whose end comes before its beginning.
    Backwards,
    /// Anything else.
    Stranger,
}

/// Words about codes, which ask for nothing themselves.
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
/// What stands between the items of a list.
const BETWEEN: [&str; 5] = ["and", "or", "&", "+", "="];
/// What stands between the two ends of a range.
const RANGE: [&str; 11] = [
    "to", "thru", "through", "until", "-", "--", "–", "—", "―", "..", "...",
];
/// The qualifiers of a quantity that claims write behind an NDC.
const NDC_UNITS: [&str; 5] = ["UN", "ML", "GR", "F2", "ME"];
/// The modifiers of CPT are numbers from 22 to 99.
const CPT_MODIFIERS: std::ops::RangeInclusive<u8> = 22..=99;
/// Letters that are read, or typed, for a digit.
const LIKE_DIGITS: &str = "OoQIilLSsBZz";

/// The list that a question is; none where it is a question of words.
///
/// Strangers do not make a list a question of words while there are more codes than strangers,
/// and more than one code.
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

/// Whether a question has a digit or a star, or nothing but words of two letters and labels.
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
    /// Whether two characters here are a modifier, whether one has them or not.
    expects_modifier: bool,
    /// Words that are nothing like a code; one a cell where the list has cells.
    strangers: usize,
    /// Strangers that are a code but for a letter.
    like_codes: usize,
    /// The cell of the stranger before.
    last_stranger: Option<usize>,
}

impl<K: KnownCodes> ListReader<'_, K> {
    /// Reads the item that begins at a token; gives how many tokens it takes.
    fn read(&mut self, at: usize) -> usize {
        let token = &self.tokens[at];
        let is_first = self.list.items.is_empty();
        let rest = self.tokens.len() - at;
        if let Some((items, count)) = self.drug_code(at) {
            self.add(items);
            return count;
        }
        // `HC` is a qualifier before a code, and a modifier behind it.
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
        if let Some(items) = self.codes(&token.text) {
            self.add(items);
            return 1;
        }
        self.stranger(token);
        1
    }

    fn add(&mut self, items: Vec<ListItem>) {
        self.expects_modifier |= items.iter().any(|item| is_procedure(&item.what));
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
        if !is_code && !(goes_on && has_cells) {
            self.strangers += 1;
        }
        self.last_stranger = (!is_code).then_some(token.cell);
        match self.list.items.last_mut() {
            Some(before) if goes_on => {
                before.asked.push(' ');
                before.asked.push_str(&token.text);
            }
            _ => self.list.items.push(item(&token.text, Asked::Stranger)),
        }
    }

    /// The list, if it is one.
    fn finish(self) -> Option<CodeList> {
        let items = self.list.items.iter();
        let is_known = items.clone().any(|item| item.what != Asked::Stranger);
        let has_code = items
            .clone()
            .any(|item| is_procedure(&item.what) && !matches!(item.what, Asked::OutOfScope(_)));
        let codes = items.filter(|item| is_procedure(&item.what)).count();
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

    /// What is left out: `-J1640`, `NOT J1640`.
    fn left_out(&self, at: usize) -> Option<(Vec<CodeSpan>, usize)> {
        let token = &self.tokens[at].text;
        let (text, count) = match (token.strip_prefix('-'), self.tokens.get(at + 1)) {
            (Some(behind), _) if behind.starts_with(char::is_alphanumeric) => (behind, 1),
            (None, Some(next)) if token == "NOT" => (next.text.as_str(), 2),
            _ => return None,
        };
        let spans = self.codes(text)?.into_iter().map(|item| match item.what {
            Asked::Code(code) => Some(code.into()),
            Asked::Pattern(span) => Some(span),
            _ => None,
        });
        Some((spans.collect::<Option<Vec<_>>>()?, count))
    }

    /// A range that is written in three parts.
    fn range(&self, at: usize) -> Option<ListItem> {
        let [first, between, last, ..] = &self.tokens[at..] else {
            return None;
        };
        let is_range = RANGE.iter().any(|word| between.is(word)) && !between.is_bullet();
        if !is_range {
            return None;
        }
        let asked = format!("{} {} {}", first.text, between.text, last.text);
        span(&first.text, &last.text).map(|what| item(&asked, what))
    }

    /// The codes of one word: a code, a code with modifiers, a pattern, a range, a number that
    /// is not covered.
    fn codes(&self, text: &str) -> Option<Vec<ListItem>> {
        let one = |what| Some(vec![item(text, what)]);
        match text.parse::<CodeSpan>() {
            Ok(span) if span.bounds().0 == span.bounds().1 => {
                let code: Code = text.parse().ok()?;
                let is_one = code.kind() == Kind::Procedure
                    || self.known.has(span)
                    || (self.expects_modifier && text.len() == 2);
                return is_one.then(|| vec![item(text, Asked::Code(code))]);
            }
            Ok(span) => return one(Asked::Pattern(span)),
            Err(ParseCodeError::Backwards) => return one(Asked::Backwards),
            Err(why @ (ParseCodeError::Cpt | ParseCodeError::Cdt)) if text.len() == 5 => {
                return one(Asked::OutOfScope(why));
            }
            Err(_) => {}
        }
        if self.expects_modifier && is_cpt_modifier(text) {
            return one(Asked::CptModifier);
        }
        self.beginning(text)
            .or_else(|| self.with_dash(text))
            .or_else(|| self.with_modifiers(text))
    }

    /// `J16`: all codes that begin so, where there is one.
    fn beginning(&self, text: &str) -> Option<Vec<ListItem>> {
        let has_digit = text.bytes().any(|byte| byte.is_ascii_digit());
        let span: CodeSpan = format!("{text}*").parse().ok().filter(|_| has_digit)?;
        let is_one = self.known.has(span);
        is_one.then(|| vec![item(text, Asked::Pattern(span))])
    }

    /// `J1600–J1699`, `J1600-1699`, `E0601-RR-KX`, `99213-25`.
    fn with_dash(&self, text: &str) -> Option<Vec<ListItem>> {
        let (first, rest) = text.split_once(['-', '–', '—', '―'])?;
        if let Some(what) = span(first, rest) {
            return Some(vec![item(text, what)]);
        }
        let mut items = vec![item(first, code_or_number(first)?)];
        for part in rest.split(['-', '–', '—', '―']) {
            items.push(item(part, modifier(part)?));
        }
        Some(items)
    }

    /// `J1640JW`, `E0601RRKX`; each pair of letters is a modifier that a release has, or a number.
    fn with_modifiers(&self, text: &str) -> Option<Vec<ListItem>> {
        let is_glued = text.is_ascii() && text.len() > 5 && text.len() % 2 == 1;
        let (code, rest) = text.split_at_checked(5).filter(|_| is_glued)?;
        let mut items = vec![item(code, code_or_number(code)?)];
        for at in (0..rest.len()).step_by(2) {
            let part = &rest[at..at + 2];
            let what = modifier(part)?;
            if matches!(what, Asked::Code(code) if !self.known.has(code.into())) {
                return None;
            }
            items.push(item(part, what));
        }
        Some(items)
    }

    /// An NDC in whatever form: with `NDC` or `N4` before it, with blanks for hyphens, without
    /// hyphens, a product alone; and the quantity behind it.
    fn drug_code(&self, at: usize) -> Option<(Vec<ListItem>, usize)> {
        let mut start = at;
        while self.tokens.get(start).is_some_and(Token::is_drug_label) {
            start += 1;
        }
        let first = self.tokens.get(start)?;
        let number = first.drug_number();
        let is_named = start > at || number.len() < first.text.len();
        let joined = |count: usize| {
            let parts = self.tokens.get(start..start + count)?;
            let is_group = |part: &Token| {
                part.cell == first.cell && part.text.bytes().all(|byte| byte.is_ascii_digit())
            };
            let others = parts.iter().skip(1);
            let others: Vec<&str> = others
                .map(|part| is_group(part).then_some(part.text.as_str()))
                .collect::<Option<_>>()?;
            let found = readings(&format!("{number}-{}", others.join("-")));
            (!found.is_empty()).then_some((found, count))
        };
        let is_all = self.tokens.len() == start + 2;
        let (mut found, count) = joined(3)
            .or_else(|| joined(2).filter(|_| is_named || is_all))
            .unwrap_or_else(|| (readings(number), 1));
        // A short number may be anything, unless a product has it.
        let is_short = number.len() < 9 && number.bytes().all(|byte| byte.is_ascii_digit());
        if count == 1 && is_short && !is_named {
            found.retain(|reading| self.known.has_ndc(reading));
        }
        if found.is_empty() {
            return None;
        }
        let parts = self.tokens[start..start + count].iter();
        let asked: Vec<&str> = parts.map(|part| part.text.as_str()).collect();
        let mut used = start + count - at;
        if let Some(unit) = self.tokens.get(at + used)
            && unit.is_quantity(&NDC_UNITS)
        {
            let is_apart = unit.text.len() == 2;
            let number = self.tokens.get(at + used + 1).filter(|_| is_apart);
            used += 1 + usize::from(number.is_some_and(Token::is_amount));
        }
        Some((vec![item(&asked.join(" "), Asked::Ndc(found))], used))
    }
}

/// Whether it asks for something that a claim line is billed with, and not for a modifier of it.
fn is_procedure(what: &Asked) -> bool {
    match what {
        Asked::Code(code) => code.kind() == Kind::Procedure,
        Asked::Pattern(span) => span.kind() == Kind::Procedure,
        Asked::Ndc(_) | Asked::OutOfScope(_) => true,
        Asked::CptModifier | Asked::Backwards | Asked::Stranger => false,
    }
}

fn item(asked: &str, what: Asked) -> ListItem {
    ListItem {
        asked: asked.to_owned(),
        what,
    }
}

fn code_or_number(text: &str) -> Option<Asked> {
    match text.parse::<Code>() {
        Ok(code) if code.kind() == Kind::Procedure => Some(Asked::Code(code)),
        Err(why @ (ParseCodeError::Cpt | ParseCodeError::Cdt)) => Some(Asked::OutOfScope(why)),
        _ => None,
    }
}

fn modifier(text: &str) -> Option<Asked> {
    if is_cpt_modifier(text) {
        return Some(Asked::CptModifier);
    }
    let code: Code = text.parse().ok()?;
    (code.kind() == Kind::Modifier).then_some(Asked::Code(code))
}

/// The span of two ends; of the second one the letter may be left out.
fn span(first: &str, last: &str) -> Option<Asked> {
    let letter = first.get(..1)?;
    let last = if last.len() == 4 && last.bytes().all(|byte| byte.is_ascii_digit()) {
        format!("{letter}{last}")
    } else {
        last.to_owned()
    };
    match (first.parse::<Code>(), last.parse::<Code>()) {
        (Ok(first), Ok(last)) => match format!("{first}-{last}").parse() {
            Ok(span) => Some(Asked::Pattern(span)),
            Err(ParseCodeError::Backwards) => Some(Asked::Backwards),
            Err(_) => None,
        },
        (Err(why), Err(other)) if why == other && why != ParseCodeError::NotACode => {
            Some(Asked::OutOfScope(why))
        }
        _ => None,
    }
}

fn is_cpt_modifier(text: &str) -> bool {
    let number = text.parse::<u8>();
    text.len() == 2 && number.is_ok_and(|number| CPT_MODIFIERS.contains(&number))
}

/// Whether a word is a code but for a slip: a letter for a digit, one character too many or too few.
fn is_like_code(text: &str) -> bool {
    let is_digit = |char: char| char.is_ascii_digit() || LIKE_DIGITS.contains(char);
    let mut chars = text.chars();
    let is_number = |text: Option<&str>| {
        text.is_some_and(|text| text.bytes().all(|byte| byte.is_ascii_digit()))
    };
    let digits = text.bytes().filter(u8::is_ascii_digit).count();
    chars.next().is_some_and(|char| char.is_ascii_alphabetic())
        && digits >= 2
        && matches!(text.len(), 4..=6)
        && (chars.all(is_digit) || (text.len() == 6 && is_number(text.get(2..))))
}

#[cfg(test)]
mod tests {
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

    /// The items of a list, each in a word.
    fn read(text: &str) -> String {
        let Some(list) = code_list(text, &Few) else {
            return "words".to_owned();
        };
        let items = list.items.iter().map(|item| match &item.what {
            Asked::Code(code) => code.to_string(),
            Asked::Pattern(span) => {
                let (first, last) = span.bounds();
                let text = |bytes: [u8; 5]| String::from_utf8(bytes.to_vec()).unwrap();
                format!("{}-{}", text(first).trim(), text(last).trim())
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
