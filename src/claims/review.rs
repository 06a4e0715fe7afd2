//! Reviews a charge line: searches for its description, and compares its code with the result.

use crate::codeset::{Code, Date, Kind};
use crate::search::list::asked_reasons::by_product;
use crate::search::searcher::Searcher;
use crate::search::{Filters, Query};

use super::charge_review::{ChargeReview, CodeFit, LikelyCode, codes};
use super::checked::Checked;
use super::reading::claim_line::ClaimLine;
use super::reading::value::is_formula_error;
use super::verdict::Verdict;

/// A code fits if it is among this many best ones for the description.
const BEST: usize = 10;
/// Marks before a description, of hospital and professional charges and their billing.
const MARKS: [&str; 4] = ["HC", "HB", "PR", "PB"];
/// How many of them are returned.
const NAMED: usize = 5;

impl Searcher {
    /// Reviews a line with a description that was checked as of a day.
    pub(super) fn review(
        &self,
        line: &ClaimLine,
        checked: &Checked,
        day: Date,
    ) -> Option<ChargeReview> {
        let description = line.description.as_deref()?;
        let own = checked.code.parse::<Code>().ok();
        let (found, why_none) = self.best_codes(description, own, day);
        let rank = found.iter().position(|likely| Some(likely.code) == own);
        let rank = rank.map(|at| at + 1);
        let lacking = !found.is_empty() && found.iter().all(|likely| !likely.lacks.is_empty());
        let mut best = self.codes_of_package(line, day);
        let is_of_package = best.iter().any(|likely| Some(likely.code) == own)
            && (rank.is_some() || lacking || found.is_empty());
        let fit = match (checked.verdict, rank) {
            // A description that names another thing is not outweighed by the package.
            (Verdict::Valid | Verdict::Noc, _) if is_of_package => CodeFit::First,
            _ if found.is_empty() => CodeFit::NotJudged,
            (Verdict::Valid | Verdict::Noc, Some(1)) => CodeFit::First,
            (Verdict::Valid | Verdict::Noc, Some(_)) => CodeFit::Among,
            (Verdict::Valid, None) => CodeFit::Unlike,
            _ => CodeFit::NotJudged,
        };
        let named = |count: usize| codes(&found[..found.len().min(count)], ", ");
        let mut reason = match (checked.verdict, rank) {
            _ if found.is_empty() => why_none,
            (Verdict::Valid | Verdict::Noc, Some(1)) => {
                "first of the codes for its description".to_owned()
            }
            (Verdict::Valid | Verdict::Noc, Some(rank)) => {
                let before = named(NAMED.min(rank - 1));
                format!("number {rank} of the codes for its description, after {before}")
            }
            (Verdict::Valid, None) if !is_of_package => {
                let best = named(NAMED);
                format!("unlike its description, whose best codes are {best}")
            }
            _ => format!("best codes for its description: {}", named(NAMED)),
        };
        if let (Some(mark), _) = without_mark(description) {
            reason.extend([" (without its mark `", mark, "`)"]);
        }
        if lacking {
            reason += " (none has all its words)";
        }
        if let (true, Some(rank)) = (checked.verdict.is_valid(), rank) {
            reason.extend(found[rank - 1].lacks_in_words());
        }
        reason.extend(self.codes_in_description(
            description,
            own.filter(|_| fit != CodeFit::Unlike),
            day,
        ));
        if !best.is_empty() {
            let of_package = codes(&best, ", ");
            reason.extend(["; its drug package is of ", &*of_package]);
        }
        let is_new = |likely: &LikelyCode| best.iter().all(|own| own.code != likely.code);
        let found: Vec<LikelyCode> = found.into_iter().filter(is_new).collect();
        best.extend(found);
        let ended = own.filter(|_| {
            matches!(
                checked.verdict,
                Verdict::Terminated | Verdict::NoLongerListed
            )
        });
        let proposal = ended.and_then(|code| self.proposal(code, checked, &best, day));
        best.truncate(NAMED);
        if let Some(proposal) = &proposal {
            reason.extend([
                "; proposal: ",
                proposal.code.as_str(),
                ", ",
                &*proposal.reason,
            ]);
        } else if ended.is_some() {
            reason += "; no code is proposed: no valid code looks like it, and none has all words \
                       of its description";
        }
        Some(ChargeReview {
            fit,
            rank,
            best,
            reason,
            proposal,
        })
    }

    /// What to say of the codes that a description names, but for one: they are no words of it.
    fn codes_in_description(
        &self,
        description: &str,
        but: Option<Code>,
        day: Date,
    ) -> Option<String> {
        let words = description.split(|letter: char| !letter.is_alphanumeric());
        let mut said: Vec<String> = Vec::new();
        for code in words
            .filter_map(procedure)
            .filter(|code| Some(*code) != but)
        {
            let is_valid = self.valid_version(code, day).is_some();
            // What no release has may be the number of a model.
            let is_known = is_valid || self.version_on(code, day).is_some();
            let in_words = if is_valid {
                code.to_string()
            } else {
                format!("{code}, which is not valid on {day}")
            };
            if is_known && !said.contains(&in_words) {
                said.push(in_words);
            }
        }
        (!said.is_empty()).then(|| format!("; its description names {}", said.join(", ")))
    }

    /// The best codes for a description on a day, or why there are none.
    fn best_codes(
        &self,
        description: &str,
        own: Option<Code>,
        day: Date,
    ) -> (Vec<LikelyCode>, String) {
        if is_formula_error(description) {
            let reason = "its description is the error of a formula";
            return (Vec::new(), reason.to_owned());
        }
        let text = as_words(description, own);
        if text.is_empty() {
            return (Vec::new(), "its description has no words".to_owned());
        }
        let query = Query {
            text,
            filters: Filters {
                kind: vec![own.map_or(Kind::Procedure, |code| code.kind())],
                ..Filters::default()
            },
            as_of: Some(day),
            limit: Some(BEST),
            finished: true,
            ..Query::default()
        };
        match self.search(&query) {
            Ok(answer) => {
                let best = answer.hits.into_iter().map(LikelyCode::of).collect();
                (best, "no code is found for its description".to_owned())
            }
            Err(error) => (
                Vec::new(),
                format!("its description cannot be searched: {error}"),
            ),
        }
    }

    /// The codes that the crosswalk of a day has for the line's drug package and that are valid
    /// then.
    fn codes_of_package(&self, line: &ClaimLine, day: Date) -> Vec<LikelyCode> {
        let ndc = line
            .ndc
            .as_deref()
            .and_then(|text| self.package_named(text).ok());
        let (Some(ndc), Some(crosswalk)) = (ndc, self.crosswalks(day).of_day()) else {
            return Vec::new();
        };
        let products = self.products_of_ndc(ndc);
        let of_day = products.filter(|own| own.source == crosswalk.source);
        let mut likely: Vec<LikelyCode> = Vec::new();
        for product in of_day {
            let code = product.said.code;
            let is_new = likely.iter().all(|own| own.code != code);
            if let Some(doc) = self.valid_version(code, day).filter(|_| is_new) {
                let (long, short) = self.reader.store.descriptors(doc);
                likely.push(LikelyCode {
                    code,
                    short_descriptor: short.to_owned(),
                    long_descriptor: long.to_owned(),
                    why: by_product(&ndc.to_string(), product).into_iter().collect(),
                    lacks: Vec::new(),
                    units: None,
                });
            }
        }
        likely
    }
}

/// A description as plain words: hyphens and quotation marks in it are no query syntax, and codes
/// in it are no words.
fn as_words(description: &str, own: Option<Code>) -> String {
    let mut words = Vec::new();
    let (_, description) = without_mark(description);
    for word in description.split_whitespace() {
        let word = word.replace('"', " ");
        let word = word.trim().trim_start_matches('-');
        let is_own = |code: &str| own.is_some_and(|own| own.as_str().eq_ignore_ascii_case(code));
        let bare = word.trim_matches(|letter: char| !letter.is_alphanumeric());
        // A code may have its modifiers behind it.
        let mut parts = bare.split(|letter: char| !letter.is_alphanumeric());
        let starts_with_code = parts.next().and_then(procedure).is_some();
        let is_code = is_own(bare) || (starts_with_code && parts.all(|part| part.len() == 2));
        if !is_code && !bare.is_empty() {
            // `NOT` would exclude the next word.
            let word = if word == "NOT" { "not" } else { word };
            words.push(word.to_owned());
        }
    }
    words.join(" ")
}

/// The mark with which a charge master begins its descriptions, such as the `HC` (hospital charge)
/// of `HC CPAP RENTAL`, and the words behind it.
fn without_mark(description: &str) -> (Option<&str>, &str) {
    let description = description.trim_start();
    let parts = description.split_once(' ');
    let parts = parts.filter(|(mark, words)| {
        MARKS.contains(mark) && words.trim_start().starts_with(char::is_alphabetic)
    });
    parts.map_or((None, description), |(mark, words)| (Some(mark), words))
}

/// The code of a procedure that a word of a description is.
fn procedure(word: &str) -> Option<Code> {
    let code = word.parse::<Code>().ok();
    code.filter(|code| code.kind() == Kind::Procedure)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_description_is_words_alone() {
        let own = "J1640".parse().ok();
        for (description, words) in [
            ("HEMIN  1 MG", "HEMIN 1 MG"),
            ("Hemin -oral NOT generic", "Hemin oral not generic"),
            ("\"walker\" with 5\" wheels", "walker with 5 wheels"),
            ("J1640 hemin (J1640)", "hemin"),
            ("HC E0601 CPAP - rental", "CPAP rental"),
            ("HC 1% CREAM", "HC 1% CREAM"),
            ("PR WALKER", "WALKER"),
            ("Hc walker", "Hc walker"),
            ("WALKER HC", "WALKER HC"),
            ("--", ""),
            ("J1640", ""),
            ("CPAP E0601-RR E0601:RR:KX", "CPAP"),
            ("A4649/mesh", "A4649/mesh"),
            ("25% 20ML", "25% 20ML"),
        ] {
            assert_eq!(as_words(description, own), words, "{description}");
        }
    }
}
