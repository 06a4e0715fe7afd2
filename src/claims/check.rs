//! Checks claim lines: whether a claim of a day may carry a code with its modifiers.

use crate::codeset::{Code, Coverage, Date, ParseCodeError};
use crate::history::{Life, Published, Status};
use crate::index::Field;
use crate::index::store::row::RowFlags;

use crate::claims::checked::{Checked, CheckedModifier};
use crate::claims::modifier_pairs;
use crate::claims::reading::claim_line::ClaimLine;
use crate::claims::reading::composite::{CodeSet, is_hipps};
use crate::claims::units_check::filled;
use crate::claims::verdict::Verdict;
use crate::claims::verdict_reason::reason;
use crate::claims::waste_check::with_waste;
use crate::search::answer::coded_value::Coded;
use crate::search::searcher::Searcher;

impl Searcher {
    /// Checks a claim line as of its day of service, by default today.
    ///
    /// ```
    /// # use hcpcs::index::{Sources, build_index};
    /// # use hcpcs::{Release, Searcher};
    /// use hcpcs::claims::Verdict;
    ///
    /// # let folder = tempfile::tempdir()?;
    /// # build_index(folder.path(), Sources { releases: vec![Release::starter()?], ..Sources::default() })?;
    /// let searcher = Searcher::open(folder.path())?;
    /// let checked = searcher.check(&"J1640 JW 2026-01-15".parse()?);
    /// assert_eq!(checked.valid, Some(true));
    /// assert_eq!(checked.modifiers[0].verdict, Verdict::Valid);
    ///
    /// let checked = searcher.check(&"J1443 2026-01-15".parse()?);
    /// assert_eq!(checked.verdict, Verdict::Terminated);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn check(&self, line: &ClaimLine) -> Checked {
        self.check_as_of(line, Date::today())
    }

    /// Checks a claim line as of its day of service, or as of `day` if it has none.
    #[must_use]
    pub fn check_as_of(&self, line: &ClaimLine, day: Date) -> Checked {
        let day = line.dos.unwrap_or(day);
        let through = line.dos_through.filter(|last| *last > day);
        let parsed = line.code.parse::<Code>();
        let (verdict, doc) = match (line.code_set, parsed) {
            _ if line.code.is_empty() => (Verdict::NoCode, None),
            (CodeSet::Hcpcs, Ok(code)) => self.verdict_through(code, day, through),
            (CodeSet::Hcpcs, Err(ParseCodeError::Cpt | ParseCodeError::Cdt))
            | (CodeSet::Hipps | CodeSet::Ndc | CodeSet::Other, _) => (Verdict::OutOfScope, None),
            (CodeSet::Hcpcs, Err(_)) if is_hipps(&line.code) => (Verdict::OutOfScope, None),
            (CodeSet::Hcpcs, Err(_)) => (Verdict::Unknown, None),
        };
        let modifiers = self.check_modifiers(line, day, through);
        let conflicts = modifier_pairs::conflicts(&line.modifiers);
        let is_open = |own: Verdict| own == Verdict::Undetermined;
        let is_judged = !matches!(
            verdict,
            Verdict::OutOfScope | Verdict::NoCode | Verdict::Undetermined
        );
        let is_wrong = (is_judged && !verdict.is_valid())
            || !modifiers.iter().all(CheckedModifier::leaves_its_line_valid)
            || !conflicts.is_empty();
        let validity = doc.and_then(|doc| self.validity_of(doc, day));
        let (publication, unclear) = validity.map(|own| (own.publication, own.unclear)).unzip();
        let unclear = unclear.flatten().filter(|_| verdict.is_valid());
        let is_judged =
            is_judged && unclear.is_none() && !modifiers.iter().any(|own| is_open(own.verdict));
        let said = self.said(doc);
        let facts = self.day_facts(day);
        // Of most lines the release in force answers, whose words are at hand.
        let other = publication
            .as_ref()
            .filter(|own| own.when != Published::InForce);
        let mut checked = Checked {
            line_id: line.line_id.clone(),
            code: line.code.clone(),
            dos: line.dos,
            dos_through: through,
            judged_as_of: day,
            published: publication
                .as_ref()
                .map_or(Published::InForce, |own| own.when),
            release_scope: other
                .map_or_else(|| facts.scope.clone(), |own| self.scope_of(&own.release)),
            release: other.map_or_else(|| facts.release.clone(), |own| own.release.to_string()),
            dropped: said.life.dropped,
            age: through.map_or_else(
                || facts.age.clone(),
                |last| self.day_facts(last).age.clone(),
            ),
            valid: (is_wrong || is_judged).then_some(!is_wrong),
            verdict,
            finding: verdict.name(),
            reason: String::new(),
            kind: parsed.ok().map(|code| code.kind()),
            short_descriptor: said.short_descriptor,
            long_descriptor: said.long_descriptor,
            coverage: said.coverage,
            not_otherwise_classified: said.noc,
            added: said.life.from,
            terminated: said.life.until,
            reissued: said.reissued,
            successors: match (parsed, verdict) {
                (Ok(code), Verdict::Terminated | Verdict::NoLongerListed) => {
                    self.successors(code, through.unwrap_or(day))
                }
                _ => Vec::new(),
            },
            nearest: match verdict {
                Verdict::Unknown | Verdict::Undetermined => self.nearest(&line.code, day),
                _ => Vec::new(),
            },
            modifiers,
            conflicts,
            units: line.units.clone(),
            ndc: line.ndc.as_ref().map(|ndc| self.with_hyphens(ndc)),
            ndc_quantity: filled(line.ndc_quantity.as_ref()).cloned(),
            ndc_unit: line.ndc_unit.clone(),
            dose: filled(line.dose.as_ref()).cloned(),
            units_check: with_waste(self.check_units(line, day), line),
            review: None,
            notices: Vec::new(),
            input: line.input.clone(),
        };
        checked.review = self.review(line, &checked, day).map(Box::new);
        let doubt = parsed
            .ok()
            .filter(|_| is_open(verdict))
            .map(|code| self.missing_alone(code, day).reason());
        checked.finding = checked.found();
        checked.reason = reason(&checked, line, parsed.err(), doubt, &facts.release);
        let part = doc.and_then(|doc| self.part_of_a_unit(checked.billed_units(), doc));
        let guessed = line.ndc.as_ref();
        let guessed = guessed.and_then(|ndc| self.guessed_package(ndc));
        for why in [unclear, part, guessed].into_iter().flatten() {
            checked.reason = format!("{}; {why}", checked.reason);
        }
        checked
    }

    /// The verdict on a code for the first and the last day of a span: an adverse one on either
    /// day, if any.
    pub(super) fn verdict_through(
        &self,
        code: Code,
        day: Date,
        through: Option<Date>,
    ) -> (Verdict, Option<u32>) {
        let first = self.verdict(code, day);
        match through {
            Some(last) if first.0.is_valid() => {
                let last = self.verdict(code, last);
                if last.0.is_valid() { first } else { last }
            }
            _ => first,
        }
    }

    /// The verdict on a code for a day, and the version on which it is based.
    fn verdict(&self, code: Code, day: Date) -> (Verdict, Option<u32>) {
        let Some(doc) = self.version_on(code, day) else {
            let verdict = if self.missing_alone(code, day).is_undetermined() {
                Verdict::Undetermined
            } else {
                Verdict::Unknown
            };
            return (verdict, None);
        };
        let row = self.reader.store.row(doc);
        let verdict = match row.life().status(day) {
            Status::Valid if row.has(RowFlags::NOC) => Verdict::Noc,
            Status::Valid => Verdict::Valid,
            Status::Terminated => Verdict::Terminated,
            Status::NotYetValid => Verdict::NotYetValid,
            Status::NoLongerListed => Verdict::NoLongerListed,
            Status::UnknownBetweenReleases => Verdict::UnknownBetweenReleases,
        };
        (verdict, Some(doc))
    }

    /// An NDC with its hyphens, so that a spreadsheet keeps it; anything else as it is.
    fn with_hyphens(&self, ndc: &str) -> String {
        let read = self.package_named(ndc);
        read.map_or_else(|_| ndc.to_owned(), |own| own.to_string())
    }

    pub(super) fn said(&self, doc: Option<u32>) -> Said {
        doc.map_or_else(Said::default, |doc| {
            let row = self.reader.store.row(doc);
            let text = self.reader.store.text(doc, Field::LongDescriptor);
            Said {
                short_descriptor: Some(
                    self.reader
                        .store
                        .text(doc, Field::ShortDescriptor)
                        .to_owned(),
                ),
                long_descriptor: Some(text.to_owned()),
                coverage: Coded::of(row.coverage(), Coverage::table()),
                noc: row.is_noc(),
                life: row.life(),
                reissued: row.has(RowFlags::REISSUED),
            }
        })
    }
}

/// The facts about a code in the releases.
#[derive(Default)]
pub(super) struct Said {
    short_descriptor: Option<String>,
    pub(super) long_descriptor: Option<String>,
    coverage: Option<Coded>,
    noc: Option<bool>,
    pub(super) life: Life,
    reissued: bool,
}
