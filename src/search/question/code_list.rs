//! Recognises a list of codes: codes, modifiers, patterns, ranges and NDCs in the order asked,
//! possibly mixed with other words (strangers).

use crate::codeset::{Measure, MeasureKind};

use super::code_drug::drug_code;
use super::code_item::{CodeList, KnownCodes, ListItem};
use super::code_label::{BETWEEN, is_label, may_be_list};
use super::code_stranger::Strangers;
use super::code_token::{Token, tokens};
use super::code_word::codes;

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
        procedures: 0,
        strangers: Strangers::default(),
    };
    let mut at = 0;
    while at < tokens.len() {
        at += reader.read(at);
        let most = reader.procedures + tokens.len().saturating_sub(at);
        if reader.strangers.outnumber(most) {
            return None;
        }
    }
    let is_list = reader.strangers.are_few(&reader.list.items, known);
    is_list.then_some(reader.list)
}

pub(super) struct ListReader<'t, K> {
    pub(super) tokens: &'t [Token],
    pub(super) known: &'t K,
    pub(super) list: CodeList,
    /// Whether two characters here are a modifier, even if no release has it.
    pub(super) expects_modifier: bool,
    /// How many of the items are codes and no modifiers.
    procedures: usize,
    strangers: Strangers,
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
        if let Some((item, count)) = self.range(at) {
            self.add(vec![item]);
            return count;
        }
        if !is_first && self.is_dose(at) {
            return 2;
        }
        if let Some(items) = codes(&token.text, self.expects_modifier, self.known) {
            self.add(items);
            return 1;
        }
        self.expects_modifier = false;
        let has_cells = self.tokens.last().is_some_and(|last| last.cell > 0);
        self.strangers.add(token, has_cells, &mut self.list.items);
        1
    }

    fn add(&mut self, items: Vec<ListItem>) {
        let procedures = items.iter().filter(|item| item.what.is_procedure()).count();
        self.procedures += procedures;
        self.expects_modifier |= procedures > 0;
        self.strangers.end();
        self.list.items.extend(items);
    }

    /// Whether a dose begins at a token: the `60 MG` of `J1885 60 MG` are no modifiers.
    fn is_dose(&self, at: usize) -> bool {
        let [number, unit, ..] = &self.tokens[at..] else {
            return false;
        };
        let kind = Measure::of_term(&unit.text.to_ascii_lowercase()).map(Measure::kind);
        let is_kind = matches!(
            kind,
            Some(MeasureKind::Mass | MeasureKind::Volume | MeasureKind::Equivalent)
        );
        is_kind && number.is_amount() && number.cell == unit.cell
    }
}

#[cfg(test)]
mod tests {
    use super::super::code_item::Asked;
    use crate::annotation::drugs::ndc_candidates::NdcReading;
    use crate::codeset::CodeSpan;

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

    /// Holds what questions are read as; those of a row are separated by ` ¦ `.
    #[track_caller]
    fn are_read(table: &[(&str, &str)]) {
        for (expected, texts) in table {
            for text in texts.split(" ¦ ") {
                assert_eq!(read(text), *expected, "{text}");
            }
        }
    }

    #[test]
    fn codes_in_every_spelling() {
        are_read(&[
            (
                "J1640",
                "J1640 ¦ \"J1640\" ¦ (j1640). ¦ J 1640 ¦ J-1640 ¦ HCPCS J1640 ¦ \
                HCPCS: J1640 ¦ HCPCS Level II code J1640",
            ),
            ("J1640 JW", "HC:J1640:JW"),
            ("J1640 HC", "J1640 HC"),
            ("E0601 RR", "E0601RR ¦ E0601/RR ¦ E0601 RR"),
            ("E0601 RR KX", "E0601RRKX ¦ E0601-RR-KX"),
            ("E0601 XX", "E0601 XX"),
            ("J1640 cpt=25", "J1640 25 ¦ J1640-25"),
            ("out=99213 cpt=25", "99213-25"),
            ("cpt=25", "modifier 25"),
            ("XX", "modifier XX"),
            ("JW", "jw"),
            ("JW RR", "JW, RR"),
            ("words", "b1o20"),
            ("?J1640XX", "J1640XX"),
            ("?J1640X", "J1640X"),
            ("?J16-40", "J16-40"),
            ("?E06011", "E06011"),
            ("?J164O", "J164O"),
        ]);
    }

    #[test]
    fn lists_ranges_and_strangers() {
        are_read(&[
            ("J1640 E0601 J0172 out=99213", "J1640 E0601 J0172 99213"),
            (
                "J1640 E0601 J1600 JW out=D0120",
                "J1640,E0601;J1600\tJW|D0120",
            ),
            (
                "J1640 E0601",
                "J1640\r\nE0601\n\n ¦ - J1640\n- E0601 ¦ 1. J1640\n2. E0601 ¦ \
                * J1640\n* E0601 ¦ J1640 and E0601",
            ),
            (
                "J1600-J1699",
                "J1600-J1699 ¦ J1600–J1699 ¦ J1600—J1699 ¦ J1600 – J1699 ¦ \
                J1600- J1699 ¦ J1600 –J1699 ¦ J1600-1699 ¦ J1600 to J1699 ¦ \
                J 1600 through J 1699 ¦ J1600..J1699 ¦ J16* ¦ J16 ¦ \
                J1600 upto J1699 ¦ J1600 up to J1699",
            ),
            ("out=99213-99215", "99213-99215"),
            ("out=99213 to 99215", "99213 to 99215"),
            ("backwards", "J1699-J1600"),
            ("backwards E0601", "J1699 to J1600 E0601"),
            ("J0000-J9999", "j*"),
            ("A1", "A1"),
            (
                "words",
                "J17 ¦ J1640 hemin ¦ J1640 hemin 1 mg ¦ J1640 E0601 home visit ¦ \
                E0601 16 sq in ¦ sq in ¦ 10000 20000 heparin ¦ hemin ¦ iv ¦ covid19 ¦ \
                h1n1 ¦ 1/15/2026 ¦  ¦ - - ¦ Jé164",
            ),
            (
                "J1600-J1699 without",
                "J16* -J1640 ¦ J16 NOT J1640 ¦ J16* not J1640 ¦ J16 except J1640",
            ),
            (
                "J1600-J1699 without without",
                "J16* not J1640 and J1641 ¦ J16* except for J1640, J1641 ¦ \
                J16* other than J1640-J1641 or J1650 ¦ J16* excl. J1640 to J1641, J1650",
            ),
            ("J1640", "J1640 60 MG ¦ J1640 60 mg ¦ J1640 2.5 ML"),
            ("J1600-J1699", "from J1600 to J1699"),
            ("J1600-J1699 E0601 without", "J16* not J1640, E0601"),
            ("J1640 E0601 ?hemin", "J1640 E0601 hemin"),
            ("J1640 ?E06O1", "J1640 E06O1"),
            ("J1640 ?home visit E0601", "J1640, home visit, E0601"),
        ]);
    }

    #[test]
    fn drug_codes() {
        are_read(&[
            (
                "ndc=55292-0702-55",
                "55292-0702-55 ¦ 55292070255 ¦ 55292-702-55 ¦ NDC 55292-0702-55 ¦ \
                NDC: 55292-0702-55 ¦ ndc#55292-0702-55 ¦ NDC55292070255 ¦ \
                N455292070255 ¦ N4 55292-0702-55 ¦ N455292070255 UN1 ¦ \
                N455292070255 ML 2.5 ¦ N455292070255ML1 ¦ n4-55292-0702-55un2.5 ¦ \
                lin*1*n4*55292070255 ¦ LIN**N4*55292070255~CTP****1*UN~ ¦ LIN**N4*55292070255 ¦ LIN**N4*55292070255~ ¦ \
                55292 0702 55 ¦ 55292 702 55 ¦ NDC 55292 0702 55 ¦ 55292–0702–55",
            ),
            (
                "ndc=05529-2702-55|55292-0702-55|55292-7025-05",
                "5529270255",
            ),
            ("ndc=55292-0702", "55292-0702 ¦ 55292 0702"),
            ("ndc=55292-0702|00552-9207-02", "552920702"),
            ("ndc=00006-4096-02", "6409602"),
            (
                "words",
                "6409603 ¦ hemin 55292-0702-55 ¦ 888867413689 ¦ 2026-01-15 ¦ NDC",
            ),
            ("ndc=00006-4096-03", "NDC 6409603"),
            ("ndc=50090-1990", "50090-1990"),
            ("ndc=55292-0702-55 E0601", "55292-0702-55 E0601"),
        ]);
    }
}
