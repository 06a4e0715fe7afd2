//! `Checked`: a claim line with the verdicts on its code, its modifiers and the whole.

use serde::Serialize;
use serde_json::Value;

use crate::codeset::{Date, Kind};
use crate::history::{Age, CrossReference, Dropped, Published};
use crate::search::answer::asked_code::Nearest;
use crate::search::answer::coded_value::Coded;

use super::billed_units::BilledUnits;
use super::charge_review::ChargeReview;
use super::modifier_pairs::ModifierConflict;
use super::reading::claim_input::ClaimInput;
use super::units_check::{Agreement, UnitsCheck};
use super::verdict::Verdict;

/// A claim line with its verdicts.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "serve", derive(utoipa::ToSchema))]
pub struct Checked {
    /// The line's own id.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub line_id: Option<Value>,
    /// The text in the code's place.
    pub code: String,
    /// The day of service, the first of a span; `None` if the line has none.
    pub dos: Option<Date>,
    /// The last day of service of a span; the line is judged for it too.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub dos_through: Option<Date>,
    /// The day for which the line is judged: its day of service, or the default day.
    pub judged_as_of: Date,
    /// The release that gives text and values of the code, such as `2026-01`; if no release has the
    /// code, the one in force on the day.
    pub release: String,
    /// How much of the code set that release holds, if not all.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub release_scope: Option<String>,
    /// Whether that release was published by the day.
    pub published: Published,
    /// If the code disappeared from the releases without a termination date: when.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub dropped: Option<Dropped>,
    /// How old the releases are that answer for the last day of service; `None` if there are none.
    pub age: Option<Age>,
    /// Whether a claim may carry the line: the code is valid, none of its modifiers is known to be
    /// invalid, and none excludes another. `None` if the code is out of scope or missing, or
    /// the code or a modifier is undetermined, and nothing else is wrong.
    pub valid: Option<bool>,
    /// The verdict on the code.
    pub verdict: Verdict,
    /// The finding on the whole line in a word, as every output has it: `modifier` or `units` if
    /// these alone make it wrong, `undetermined` if a modifier is, else the verdict on the code.
    pub finding: &'static str,
    /// The reason, in a sentence.
    pub reason: String,
    /// Procedure or modifier, if it is a code.
    pub kind: Option<Kind>,
    /// The short descriptor as published.
    pub short_descriptor: Option<String>,
    /// The long descriptor as published.
    pub long_descriptor: Option<String>,
    /// Medicare coverage.
    pub coverage: Option<Coded>,
    /// Whether it is "not otherwise classified", so that a claim needs a narrative. `None` if there
    /// is no NOC list or no code.
    pub not_otherwise_classified: Option<bool>,
    /// The first valid day, by the newest release that gives one.
    pub added: Option<Date>,
    /// The last valid day, by the newest release that gives one.
    pub terminated: Option<Date>,
    /// Whether the code meant something else at another time.
    pub reissued: bool,
    /// The successors of a code that has ended, from CMS's cross references.
    pub successors: Vec<CrossReference>,
    /// The codes nearest to an unknown one.
    pub nearest: Vec<Nearest>,
    /// The modifiers, in the order of the line.
    pub modifiers: Vec<CheckedModifier>,
    /// Modifiers of the line that exclude each other.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub conflicts: Vec<ModifierConflict>,
    /// The line's units, as given.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub units: Option<Value>,
    /// The line's drug package, with hyphens if it is an NDC.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ndc: Option<String>,
    /// The quantity of the drug, as given.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ndc_quantity: Option<String>,
    /// The unit of that quantity.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ndc_unit: Option<String>,
    /// The dose, as given.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub dose: Option<String>,
    /// The comparison of the line's units with its dose or the quantity of its drug package, if it
    /// has one. It does not change `valid`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub units_check: Option<UnitsCheck>,
    /// The comparison of the line's description with its code, if it has one. It does not change
    /// `valid`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub review: Option<Box<ChargeReview>>,
    /// Notices about the input, each given once, with the first line after it is known.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub notices: Vec<String>,
    /// The input of the line.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub input: Option<ClaimInput>,
}

impl Checked {
    /// Whether the line is wrong or open: a claim may not carry it, its code or a modifier is
    /// undetermined, its units differ from those of its dose or drug package, or they are no number
    /// above zero.
    #[must_use]
    pub fn is_wrong(&self) -> bool {
        self.valid == Some(false)
            || self.is_undetermined()
            || self.units_differ()
            || self.has_odd_units()
    }

    /// Whether the line is valid but for its units.
    #[must_use]
    pub fn is_valid_with_wrong_units(&self) -> bool {
        self.valid == Some(true) && (self.units_differ() || self.has_odd_units())
    }

    /// Whether the release in force cannot say whether the code or a modifier is one, or none that
    /// is indexed whether the code is valid on the day.
    #[must_use]
    pub fn is_undetermined(&self) -> bool {
        let is_unclear = self.verdict.is_valid() && self.valid.is_none();
        is_unclear || self.verdict == Verdict::Undetermined || self.has_undetermined_modifier()
    }

    /// Whether the release in force cannot say whether a modifier is one.
    #[must_use]
    pub fn has_undetermined_modifier(&self) -> bool {
        let mut modifiers = self.modifiers.iter();
        modifiers.any(|own| own.verdict == Verdict::Undetermined)
    }

    /// Whether the units differ from those of the dose or the drug package.
    #[must_use]
    pub fn units_differ(&self) -> bool {
        let units = self.units_check.as_ref();
        units.is_some_and(|own| own.agreement == Agreement::Differs)
    }

    /// Whether the line has units that are no number above zero, as in a reversed line.
    #[must_use]
    pub fn has_odd_units(&self) -> bool {
        match self.billed_units() {
            Some(BilledUnits::Number(number)) => !number.is_positive(),
            Some(BilledUnits::NoNumber(_)) => true,
            Some(BilledUnits::Unclear(_)) | None => false,
        }
    }

    /// Whether it is not known how many units the line has: `EA` is the unit of a price, `60 min` a
    /// time, and a formula may have no value.
    #[must_use]
    pub fn has_unclear_units(&self) -> bool {
        matches!(self.billed_units(), Some(BilledUnits::Unclear(_)))
    }

    /// The units of the line, if it has some.
    pub(super) fn billed_units(&self) -> Option<BilledUnits> {
        let units = self.units.as_ref().filter(|own| !own.is_null());
        units.map(BilledUnits::of)
    }

    /// Whether a word is a finding that a line may have.
    #[cfg(feature = "serve")]
    pub(crate) fn is_finding(word: &str) -> bool {
        let mut verdicts = Verdict::ALL.into_iter().map(Verdict::name);
        matches!(word, "modifier" | "units") || verdicts.any(|own| own == word)
    }

    /// The finding on the whole line.
    pub(super) fn found(&self) -> &'static str {
        let is_free = self.verdict.is_valid() || self.verdict == Verdict::OutOfScope;
        if is_free && self.valid == Some(false) {
            "modifier"
        } else if is_free && self.is_undetermined() {
            Verdict::Undetermined.name()
        } else if is_free && self.is_wrong() {
            "units"
        } else {
            self.verdict.name()
        }
    }
}

/// A modifier with its verdict.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "serve", derive(utoipa::ToSchema))]
pub struct CheckedModifier {
    /// The text in the modifier's place.
    pub modifier: String,
    /// The verdict; modifiers of CPT are out of scope.
    pub verdict: Verdict,
    /// The long descriptor as published.
    pub long_descriptor: Option<String>,
    /// The first valid day.
    pub added: Option<Date>,
    /// The last valid day.
    pub terminated: Option<Date>,
}

impl CheckedModifier {
    /// Whether it leaves its line valid.
    pub(crate) fn leaves_its_line_valid(&self) -> bool {
        self.verdict.is_valid()
            || matches!(self.verdict, Verdict::OutOfScope | Verdict::Undetermined)
    }
}
