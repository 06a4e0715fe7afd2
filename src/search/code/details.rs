//! Everything about a code: its record with every value decoded, and its annotations.

use serde::Serialize;

use crate::annotation::{DrugProduct, Ndc};
use crate::codeset::{Code, Date, Dosage, Kind, Record};
use crate::history::{
    Age, CrossReference, Dropped, Published, Standing, Status, Validity, predecessors, successors,
};
use crate::index::store::row::RowFlags;

use super::annotations::{About, ByCode, Sourced, by_code, by_ndc};
use super::crosswalks::CrosswalkOfDay;
use super::field_values::{FieldValue, fields};
use crate::search::answer::alike::Alike;
use crate::search::day_facts::unclear_count;
use crate::search::searcher::Searcher;

/// Everything about a code on a day.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "serve", derive(utoipa::ToSchema))]
pub struct Details {
    /// The code.
    pub code: Code,
    /// Procedure or modifier.
    pub kind: Kind,
    /// The status of the code on the day.
    pub status: Status,
    /// The day of the question.
    pub as_of: Date,
    /// The release that gives text, values and action, such as `2026-01`.
    pub release: String,
    /// How much of the code set that release holds, if not all.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub release_scope: Option<String>,
    /// Whether that release was published by the day.
    pub published: Published,
    /// If the code disappeared from the releases without a termination date: when.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub dropped: Option<Dropped>,
    /// Of a valid code: why it may not have been valid on the day all the same, if a release
    /// re-activated it and none that is indexed says when it had ended.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unclear: Option<String>,
    /// How old the releases are that answer for the day.
    pub age: Age,
    /// Whether the code meant something else at another time.
    pub reissued: bool,
    /// The record as that release published it, with the added and termination dates of the newest
    /// release. Of a code that CMS re-activated, the added date is the day on which it came back.
    pub record: Record,
    /// The record's values with CMS's names and meanings, in the order of the record layout,
    /// without blank ones.
    pub fields: Vec<FieldValue>,
    /// What one billing unit is, if the descriptor says so.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unit: Option<Dosage>,
    /// Of a terminated code: the codes that CMS names in its place, as of the day.
    pub successors: Vec<CrossReference>,
    /// Of a valid code: the codes that it replaced.
    pub predecessors: Vec<CrossReference>,
    /// Valid codes whose descriptors differ from this one's in a few words.
    pub alike: Vec<Alike>,
    /// The crosswalk that answers for the day, if the code has drug products; its products come
    /// first.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub crosswalk: Option<CrosswalkOfDay>,
    /// Its annotations.
    pub about: About,
}

impl Searcher {
    /// Everything about a code on a day, by default today. `None` if no release has it.
    #[must_use]
    pub fn details(&self, code: Code, as_of: Option<Date>) -> Option<Details> {
        let day = as_of.unwrap_or_else(Date::today);
        let doc = self.version_on(code, day)?;
        let store = &self.reader.store;
        let Validity {
            status,
            life,
            publication,
            unclear,
        } = self.validity_of(doc, day)?;
        let record = self.record_of(doc, day)?;
        let published = self.reader.version(doc)?.record.added;
        let with_status = |code: Code| self.record_and_status(code, day);
        let mut about = self.about(code);
        let crosswalks = self.crosswalks(day);
        crosswalks.sort(&mut about.drug_products);
        Some(Details {
            code,
            kind: code.kind(),
            status,
            as_of: day,
            release_scope: self.scope_of(&publication.release),
            release: publication.release.to_string(),
            published: publication.when,
            dropped: life.dropped,
            unclear,
            age: self.age(day)?,
            reissued: store.row(doc).has(RowFlags::REISSUED),
            fields: fields(&record, published),
            unit: Dosage::read(code, &record.long_descriptor),
            successors: self.successors(code, day),
            predecessors: self.with_doubt(predecessors(code, with_status), day),
            alike: self.alike(doc, |doc| {
                let row = store.row(doc);
                row.answers_on(day) && row.life().status(day) == Status::Valid
            }),
            crosswalk: crosswalks
                .of_day()
                .filter(|_| !about.drug_products.is_empty()),
            about,
            record,
        })
    }

    /// The record of a code on a day: text, values and action of the release that answers, with the
    /// dates of the newest release.
    #[must_use]
    pub fn record(&self, code: Code, day: Date) -> Option<Record> {
        self.record_of(self.version_on(code, day)?, day)
    }

    /// The record of a version that answers on a day.
    pub(crate) fn record_of(&self, doc: u32, day: Date) -> Option<Record> {
        self.record_under(doc, self.reader.calendar.in_force(day)?)
    }

    /// Why a version may not be valid on a day though its dates say so, as read from the release of
    /// a number.
    pub(crate) fn unclear_on(&self, doc: u32, day: Date, in_force: u16) -> Option<String> {
        let row = self.reader.store.row(doc);
        // Few codes are re-activated, and reading a record takes longer than finding it.
        if !row.under(in_force).is_reactivated() || row.life().status(day) != Status::Valid {
            return None;
        }
        let record = self.record_under(doc, in_force)?;
        let days = record.unclear_days()?;
        let is_unclear = days.first <= day && day <= days.last;
        record.unclear_days_in_words().filter(|_| is_unclear)
    }

    /// Says how many of the versions that match may not be valid on a day; `None` if none.
    pub(crate) fn unclear_among(
        &self,
        docs: impl Iterator<Item = u32>,
        day: Date,
    ) -> Option<String> {
        let in_force = self.reader.calendar.in_force(day)?;
        let unclear = docs.filter(|doc| self.unclear_on(*doc, day, in_force).is_some());
        unclear_count(unclear.count(), day)
    }

    /// The record of a version in a release, given by its number.
    pub(crate) fn record_under(&self, doc: u32, release: u16) -> Option<Record> {
        Some(self.reader.version(doc)?.record_on(release))
    }

    /// The successors of a code that has ended by a day, from CMS's cross references; empty for
    /// other codes.
    #[must_use]
    pub fn successors(&self, code: Code, day: Date) -> Vec<CrossReference> {
        let successors = successors(code, |code| self.record_and_status(code, day));
        self.with_doubt(successors, day)
    }

    /// Cross references, of which a code that may not be valid on the day is undetermined.
    fn with_doubt(&self, mut references: Vec<CrossReference>, day: Date) -> Vec<CrossReference> {
        let is_unclear = |target: &str| {
            let validity = target
                .parse()
                .ok()
                .and_then(|code| self.validity(code, day));
            validity.is_some_and(|own| own.unclear.is_some())
        };
        for own in &mut references {
            if own.standing == Standing::Valid && is_unclear(&own.target) {
                own.standing = Standing::Undetermined;
            }
        }
        references
    }

    fn record_and_status(&self, code: Code, day: Date) -> Option<(Record, Status)> {
        let doc = self.version_on(code, day)?;
        let status = self.reader.store.row(doc).life().status(day);
        Some((self.record_of(doc, day)?, status))
    }

    /// The annotations of a code; empty if there are none.
    #[must_use]
    pub fn about(&self, code: Code) -> About {
        self.by_code().get(&code).cloned().unwrap_or_default()
    }

    /// The code's identifier in the taxonomy, if it has one.
    pub(crate) fn rbcs(&self, code: Code) -> Option<&str> {
        let assigned = self.by_code().get(&code)?.rbcs.as_ref()?;
        Some(&assigned.said.id)
    }

    /// The annotations by code, read from the index on first use.
    pub(crate) fn by_code(&self) -> &ByCode {
        self.about.get_or_init(|| {
            let annotations = self.reader.annotations().unwrap_or_default();
            by_code(annotations, &self.manifest().sources)
        })
    }

    /// The drug products of a package, by code, of every crosswalk that is indexed.
    pub(crate) fn products_of_ndc(&self, ndc: Ndc) -> impl Iterator<Item = &Sourced<DrugProduct>> {
        let by_code = self.by_code();
        let places = self.by_ndc.get_or_init(|| by_ndc(by_code)).get(&ndc);
        places.into_iter().flatten().filter_map(|(code, at)| {
            let about = by_code.get(code)?;
            about.drug_products.get(*at)
        })
    }
}
