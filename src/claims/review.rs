//! Reviews a charge line: searches for its description, and compares its code with the result.

use crate::codeset::{Code, Date, Kind};
use crate::history::{Standing, Status};
use crate::search::list::asked_reasons::by_product;
use crate::search::searcher::Searcher;
use crate::search::{Filters, Query};

use super::charge_review::{ChargeReview, CodeFit, LikelyCode, Proposal, ProposalSource, codes};
use super::reading::claim_line::ClaimLine;
use super::verdict::{Checked, Verdict};

/// A code fits if it is among this many best ones for the description.
const BEST: usize = 10;
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
        let (mut best, why_none) = self.best_codes(description, own, day);
        for of_package in self.codes_of_package(line, day).into_iter().rev() {
            best.retain(|likely| likely.code != of_package.code);
            best.insert(0, of_package);
        }
        let rank = best.iter().position(|likely| Some(likely.code) == own);
        let rank = rank.filter(|at| *at < BEST).map(|at| at + 1);
        let proposal = own.and_then(|code| self.proposal(code, checked, &best, day));
        best.truncate(NAMED);
        let fit = match (checked.verdict, rank) {
            _ if best.is_empty() => CodeFit::NotJudged,
            (Verdict::Valid | Verdict::Noc, Some(1)) => CodeFit::First,
            (Verdict::Valid | Verdict::Noc, Some(_)) => CodeFit::Among,
            (Verdict::Valid, None) => CodeFit::Unlike,
            _ => CodeFit::NotJudged,
        };
        let mut reason = match (fit, rank) {
            _ if best.is_empty() => why_none,
            (CodeFit::First, _) => "first of the codes for its description".to_owned(),
            (CodeFit::Among, Some(rank)) => {
                let before = codes(&best[..best.len().min(rank - 1)], ", ");
                format!("number {rank} of the codes for its description, after {before}")
            }
            (CodeFit::Unlike, _) => {
                format!(
                    "unlike its description, whose best codes are {}",
                    codes(&best, ", ")
                )
            }
            _ => format!("best codes for its description: {}", codes(&best, ", ")),
        };
        if best.iter().all(|likely| !likely.lacks.is_empty()) && !best.is_empty() {
            reason += " (none has all its words)";
        }
        if let Some(proposal) = &proposal {
            reason.extend([
                "; proposal: ",
                proposal.code.as_str(),
                ", ",
                &*proposal.reason,
            ]);
        }
        Some(ChargeReview {
            fit,
            rank,
            best,
            reason,
            proposal,
        })
    }

    /// The best codes for a description on a day, or why there are none.
    fn best_codes(
        &self,
        description: &str,
        own: Option<Code>,
        day: Date,
    ) -> (Vec<LikelyCode>, String) {
        let text = as_words(description, own);
        if text.is_empty() {
            return (Vec::new(), "its description has no words".to_owned());
        }
        let query = Query {
            text,
            filters: Filters {
                kind: vec![Kind::Procedure],
                ..Filters::default()
            },
            as_of: Some(day),
            limit: Some(BEST),
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

    /// The proposed replacement of a code that has ended: CMS's successor, else the look-alike
    /// nearest to the description, else the one nearest to the code.
    fn proposal(
        &self,
        code: Code,
        checked: &Checked,
        best: &[LikelyCode],
        day: Date,
    ) -> Option<Proposal> {
        if !matches!(
            checked.verdict,
            Verdict::Terminated | Verdict::NoLongerListed
        ) {
            return None;
        }
        let place = |code: Code| {
            let place = best.iter().position(|likely| likely.code == code);
            place.unwrap_or(usize::MAX)
        };
        let valid = checked.successors.iter();
        let valid = valid.filter(|own| own.standing == Standing::Valid);
        let successors: Vec<Code> = valid.filter_map(|own| own.target.parse().ok()).collect();
        if let Some(code) = successors.iter().min_by_key(|code| place(**code)) {
            let others = successors.len() - 1;
            let mut reason = format!("the successor that CMS names for {}", checked.code);
            if others > 0 {
                reason = format!("one of {} successors that CMS names", successors.len());
            }
            return self.proposed(*code, ProposalSource::Successor, reason, day);
        }
        let doc = self.version_on(code, day)?;
        let alike = self.alike(doc, |doc| self.is_valid_version(doc, day));
        let nearest = alike.iter().min_by_key(|own| place(own.code))?;
        let mut reason = format!("the nearest valid look-alike of {}", checked.code);
        for (words, verb) in [(&nearest.has, "has"), (&nearest.has_not, "has not")] {
            if !words.is_empty() {
                reason.extend([", ", verb, " \"", words, "\""]);
            }
        }
        self.proposed(nearest.code, ProposalSource::LookAlike, reason, day)
    }

    fn proposed(
        &self,
        code: Code,
        from: ProposalSource,
        reason: String,
        day: Date,
    ) -> Option<Proposal> {
        let doc = self.valid_version(code, day)?;
        Some(Proposal {
            code,
            short_descriptor: self.reader.store.descriptors(doc).1.to_owned(),
            from,
            reason,
        })
    }

    fn valid_version(&self, code: Code, day: Date) -> Option<u32> {
        let doc = self.version_on(code, day)?;
        self.is_valid_version(doc, day).then_some(doc)
    }

    fn is_valid_version(&self, doc: u32, day: Date) -> bool {
        let row = self.reader.store.row(doc);
        row.answers_on(day) && row.life().status(day) == Status::Valid
    }
}

/// A description as plain words: hyphens and quotation marks in it are no query syntax, and codes
/// in it are no words.
fn as_words(description: &str, own: Option<Code>) -> String {
    let mut words = Vec::new();
    for word in description.split_whitespace() {
        let word = word.replace('"', " ");
        let word = word.trim().trim_start_matches('-');
        let is_own = |code: &str| own.is_some_and(|own| own.as_str().eq_ignore_ascii_case(code));
        let bare = word.trim_matches(|letter: char| !letter.is_alphanumeric());
        let is_code = is_own(bare)
            || bare
                .parse::<Code>()
                .is_ok_and(|code| code.kind() == Kind::Procedure);
        if !is_code && !bare.is_empty() {
            // `NOT` would exclude the next word.
            let word = if word == "NOT" { "not" } else { word };
            words.push(word.to_owned());
        }
    }
    words.join(" ")
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
            ("HC E0601 CPAP - rental", "HC CPAP rental"),
            ("--", ""),
            ("J1640", ""),
            ("25% 20ML", "25% 20ML"),
        ] {
            assert_eq!(as_words(description, own), words, "{description}");
        }
    }
}
