//! The code proposed in the place of one that has ended.

use crate::codeset::{Code, Date};
use crate::history::{Standing, Status};
use crate::index::Field;
use crate::search::answer::alike::Alike;
use crate::search::searcher::Searcher;

use super::charge_review::{LikelyCode, Proposal, ProposalSource};
use super::checked::Checked;

impl Searcher {
    /// The proposed replacement of a code that has ended, given the likely codes of its line: CMS's
    /// successor; a valid code with the same descriptor; the first of the likely codes if it has
    /// all words of the description but amounts, or is that of the drug package; else a look-alike
    /// among them, else one with the same head, by the code alone.
    pub(super) fn proposal(
        &self,
        code: Code,
        checked: &Checked,
        likely: &[LikelyCode],
        day: Date,
    ) -> Option<Proposal> {
        let place = |code: Code| {
            let place = likely.iter().position(|own| own.code == code);
            place.unwrap_or(usize::MAX)
        };
        let valid = checked.successors.iter();
        let valid = valid.filter(|own| own.standing == Standing::Valid);
        let successors: Vec<Code> = valid.filter_map(|own| own.target.parse().ok()).collect();
        if let Some(next) = successors.iter().min_by_key(|code| place(**code)) {
            let reason = match successors.len() {
                1 => format!("the successor that CMS names for {code}"),
                count => format!("one of {count} successors that CMS names"),
            };
            return self.proposed(*next, ProposalSource::Successor, reason, day);
        }
        let doc = self.version_on(code, day)?;
        let store = &self.reader.store;
        let text = store.text(doc, Field::LongDescriptor);
        let same = store.with_descriptor(text).into_iter();
        let same = same.filter(|other| self.is_valid_version(*other, day));
        let same = same.filter_map(|other| store.row(other).code());
        if let Some(same) = same.min_by_key(|code| place(*code)) {
            let reason = format!("a valid code with the descriptor of {code}");
            return self.proposed(same, ProposalSource::LookAlike, reason, day);
        }
        let all_alike = self.alike(doc, |other| self.is_valid_version(other, day));
        let nearest = all_alike.iter().min_by_key(|own| place(own.code));
        let nearest = nearest.and_then(|own| Some((own, likely.get(place(own.code))?)));
        // What a description lacks in a code may be its dose, and that is of the line.
        let is_amount = |word: &String| word.starts_with(|first: char| first.is_ascii_digit());
        let first = likely.first();
        let first = first.filter(|own| own.lacks.iter().all(is_amount));
        let is_first = |code| first.is_none_or(|own| own.code == code);
        if let Some((alike, _)) = nearest.filter(|(alike, _)| is_first(alike.code)) {
            return self.alike_proposed(code, alike, "", day);
        }
        if let Some(first) = first {
            let of_all = "the first of the codes for the description";
            let is_of_package = first.why.iter().any(|why| why.field == Field::Ndc);
            let (from, reason) = if is_of_package {
                let reason = "the code of the drug package".to_owned();
                (ProposalSource::DrugPackage, reason)
            } else if first.lacks.is_empty() {
                let reason = format!("{of_all}, with all its words");
                (ProposalSource::Description, reason)
            } else {
                let reason = format!("{of_all}, without {}", first.lacks.join(", "));
                (ProposalSource::Description, reason)
            };
            return self.proposed(first.code, from, reason, day);
        }
        let head = store.row(doc).head_key();
        let has_head = |own: &&Alike| {
            let other = self.version_on(own.code, day);
            head != 0 && other.is_some_and(|other| store.row(other).head_key() == head)
        };
        let alike = all_alike.iter().find(has_head)?;
        let by_code = "; by the code alone, which the description does not confirm";
        self.alike_proposed(code, alike, by_code, day)
    }

    fn alike_proposed(
        &self,
        code: Code,
        alike: &Alike,
        caution: &str,
        day: Date,
    ) -> Option<Proposal> {
        let mut reason = format!("the nearest valid look-alike of {code}");
        for (words, verb) in [(&alike.has, "has"), (&alike.has_not, "has not")] {
            if !words.is_empty() {
                reason.extend([", ", verb, " \"", words, "\""]);
            }
        }
        reason.push_str(caution);
        self.proposed(alike.code, ProposalSource::LookAlike, reason, day)
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

    pub(super) fn valid_version(&self, code: Code, day: Date) -> Option<u32> {
        let doc = self.version_on(code, day)?;
        self.is_valid_version(doc, day).then_some(doc)
    }

    fn is_valid_version(&self, doc: u32, day: Date) -> bool {
        let row = self.reader.store.row(doc);
        row.answers_on(day)
            && self
                .validity_of(doc, day)
                .is_some_and(|own| own.status == Status::Valid && own.unclear.is_none())
    }
}
