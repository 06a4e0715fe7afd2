//! The totals of checked lines, as a summary and as the outcome of the program.

use std::collections::BTreeMap;

use hcpcs::claims::{Agreement, LineReport, ReviewCounts, Verdict};
use hcpcs::search::Age;
use hcpcs::{Date, Searcher, counted};

use super::print::Outcome;

/// The totals of the lines.
#[derive(Default)]
pub(crate) struct Counts {
    lines: u64,
    valid: u64,
    /// Of these, lines with wrong units.
    valid_with_wrong_units: u64,
    wrong: u64,
    bad: u64,
    /// Lines without a day of service.
    undated: u64,
    /// The earliest and the latest day for which a line was judged.
    days: Option<(Date, Date)>,
    verdicts: BTreeMap<Verdict, u64>,
    /// How many lines have a valid code and are invalid because of their modifiers.
    by_modifier: u64,
    /// How many are open because a modifier is undetermined.
    by_open_modifier: u64,
    /// Lines of a valid code of which no release says whether it was valid on the day.
    unclear: u64,
    /// Lines whose units differ from those of their dose or drug package, and lines for which that
    /// cannot be determined.
    units_differ: u64,
    units_unknown: u64,
    /// Lines whose units are no number above zero.
    odd_units: u64,
    review: ReviewCounts,
}

impl Counts {
    pub(crate) fn add(&mut self, report: &LineReport) {
        self.lines += 1;
        let Ok(checked) = &report.outcome else {
            self.bad += 1;
            return;
        };
        self.valid += u64::from(checked.valid == Some(true));
        self.valid_with_wrong_units += u64::from(checked.is_valid_with_wrong_units());
        self.wrong += u64::from(checked.is_wrong());
        self.undated += u64::from(checked.dos.is_none());
        let is_by_modifier = checked.valid == Some(false)
            && (checked.verdict.is_valid() || checked.verdict == Verdict::OutOfScope);
        self.by_modifier += u64::from(is_by_modifier);
        let is_open = checked.valid.is_none() && checked.verdict != Verdict::Undetermined;
        let by_modifier = checked.has_undetermined_modifier();
        self.by_open_modifier += u64::from(is_open && by_modifier);
        self.unclear += u64::from(is_open && !by_modifier && checked.is_undetermined());
        self.review.add(checked);
        let agreement = checked.units_check.as_ref().map(|own| own.agreement);
        self.units_differ += u64::from(agreement == Some(Agreement::Differs));
        let is_unknown = agreement == Some(Agreement::Unknown) || checked.has_unclear_units();
        self.units_unknown += u64::from(is_unknown);
        self.odd_units += u64::from(checked.has_odd_units());
        let day = checked.judged_as_of;
        let through = checked.dos_through.unwrap_or(day);
        let (first, last) = self.days.unwrap_or((day, through));
        self.days = Some((first.min(day), last.max(through)));
        *self.verdicts.entry(checked.verdict).or_default() += 1;
    }

    /// Notices about the age of the releases, for the earliest and the latest day.
    pub(crate) fn ages(&self, searcher: &Searcher) -> Vec<String> {
        let days = self
            .days
            .map_or_else(Vec::new, |(first, last)| vec![first, last]);
        let ages = days.into_iter().filter_map(|day| searcher.age(day));
        let mut ages: Vec<String> = ages
            .filter(Age::is_notable)
            .map(|age| age.to_string())
            .collect();
        ages.dedup();
        ages
    }

    pub(crate) fn summary(&self, today: Date) -> String {
        let mut text = format!("{}, {} valid", counted(self.lines, "line"), self.valid);
        if self.valid_with_wrong_units > 0 {
            text += &format!(
                " ({} of them with wrong units)",
                self.valid_with_wrong_units
            );
        }
        for (verdict, count) in &self.verdicts {
            match verdict {
                Verdict::Valid => {}
                Verdict::Noc => text += &format!(", {count} of a code that needs a narrative"),
                _ => text += &format!(", {count} {verdict}"),
            }
        }
        let undated = format!("without a day of service judged as of {today}");
        let of_codes = [
            (
                self.unclear,
                "of a re-activated code that may have been ended on the day",
            ),
            (self.by_modifier, "with a modifier that is not valid"),
            (
                self.by_open_modifier,
                "with a modifier that is undetermined",
            ),
        ];
        let of_lines = [
            (
                self.units_differ,
                "whose units differ from the dose, NDC quantity or waste",
            ),
            (self.odd_units, "whose units are not a number above zero"),
            (self.units_unknown, "whose units could not be checked"),
            (self.bad, "not readable"),
            (self.undated, &*undated),
        ];
        add(&mut text, &of_codes);
        if let Some(review) = self.review.if_any() {
            text += &format!(", {review}");
        }
        add(&mut text, &of_lines);
        text
    }

    /// As of a search for codes, nothing is found if no line has a valid code; a list without codes
    /// is reviewed all the same.
    pub(crate) fn outcome(&self) -> Outcome {
        let without_code = self.verdicts.get(&Verdict::NoCode).copied();
        let has_none_valid = self.valid == 0 && without_code.unwrap_or(0) < self.lines;
        if self.bad > 0 {
            Outcome::BadLines
        } else if self.wrong > 0 || has_none_valid || self.lines == 0 {
            Outcome::Nothing
        } else {
            Outcome::Found
        }
    }
}

/// Adds the totals that are not zero.
fn add(text: &mut String, totals: &[(u64, &str)]) {
    for (count, what) in totals.iter().filter(|(count, _)| *count > 0) {
        *text += &format!(", {count} {what}");
    }
}
