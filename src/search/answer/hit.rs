//! A row of the index as a hit: its coded values decoded, its matched words marked.

use std::sync::Arc;

use crate::codeset::{
    Action, AscGroup, Betos, Code, Coverage, Date, MultiplePricing, PricingIndicator, Section,
    Table, TypeOfService,
};
use crate::history::{Publication, Published, release_of};
use crate::index::Field;
use crate::index::store::packed::Packed;
use crate::index::store::row::{Row, RowFlags};

use super::answer::{Highlights, Hit, Marks};
use super::code_on_day::{CodeOnDay, CodedList, Decoded};
use super::coded_value::Coded;
use super::finder::Findings;
use super::found_term::Place;
use crate::search::searcher::Searcher;

impl Searcher {
    /// A version as a hit.
    pub(crate) fn hit(
        &self,
        rank: usize,
        doc: u32,
        day: Date,
        findings: Findings<'_>,
    ) -> Option<Hit> {
        let on_day = self.code_on_day(doc, day)?;
        let places = |field| {
            let places = findings.places.iter();
            places.filter(move |place| place.field == field)
        };
        Some(Hit {
            rank,
            holds: None,
            alike: None,
            unit: self.unit_of(doc).cloned(),
            units: None,
            highlights: Highlights {
                long_descriptor: highlight(&on_day.long_descriptor, places(Field::LongDescriptor)),
                short_descriptor: highlight(
                    &on_day.short_descriptor,
                    places(Field::ShortDescriptor),
                ),
            },
            why: findings.reasons,
            lacks: Vec::new(),
            explanation: None,
            on_day,
        })
    }

    /// A version as it is answered on a day.
    ///
    /// It is kept: decoding a row takes longer than finding it, and mostly one release and one
    /// status answer for all days that are asked.
    pub(crate) fn code_on_day(&self, doc: u32, day: Date) -> Option<Arc<CodeOnDay>> {
        let in_force = self.reader.calendar.in_force(day).unwrap_or(0);
        let decode = || self.decode(doc, day, in_force);
        let known = self.decoded.get(doc, self.reader.store.len(), decode)?;
        let known = known.as_ref()?;
        let status = known.life.status(day);
        let is_same = known.in_force == in_force && known.on_day.status == status;
        // What CMS names in place of an ended code depends on the day, and so does whether it is
        // known that a re-activated one was valid.
        let depends = || {
            let row = self.reader.store.row(doc).under(in_force);
            status.has_ended() || row.is_reactivated()
        };
        if is_same && (known.day == day || !depends()) {
            return Some(Arc::clone(&known.on_day));
        }
        decode().map(|own| own.on_day)
    }

    fn decode(&self, doc: u32, day: Date, in_force: u16) -> Option<Decoded> {
        let store = &self.reader.store;
        let row = store.row(doc).under(in_force);
        let (long, short) = store.descriptors(doc);
        let (code, life) = (row.code()?, row.life());
        let status = life.status(day);
        let on_day = CodeOnDay {
            code,
            kind: code.kind(),
            long_descriptor: long.to_owned(),
            short_descriptor: short.to_owned(),
            status,
            unclear: self.unclear_on(doc, day, in_force),
            published: self.published(row, in_force),
            added: life.from,
            terminated: life.until,
            successors: if status.has_ended() {
                self.successors(code, day)
            } else {
                Vec::new()
            },
            coverage: Coded::of(row.coverage(), Coverage::table()),
            betos: Coded::of(row.betos(), Betos::table()),
            section: section(code),
            pricing: list(row.pricing(), PricingIndicator::table()),
            multiple_pricing: Coded::of(row.multiple_pricing(), MultiplePricing::table()),
            type_of_service: list(row.type_of_service(), TypeOfService::table()),
            asc_group: Coded::of(row.asc_group(), AscGroup::table()),
            action: Coded::of(row.action(), Action::table()),
            rbcs: (!row.rbcs().is_blank()).then(|| {
                let meaning = store.text(doc, Field::Rbcs);
                Coded::other(
                    row.rbcs().as_str(),
                    (!meaning.is_empty()).then_some(meaning),
                )
            }),
            not_otherwise_classified: row.is_noc(),
            reissued: row.has(RowFlags::REISSUED),
        };
        Some(Decoded {
            day,
            in_force,
            life,
            on_day: Arc::new(on_day),
        })
    }

    /// The release from which a version is read, if another one is in force.
    fn published(&self, row: Row<'_>, in_force: u16) -> Option<Publication> {
        let release = release_of(row.releases(), in_force);
        if release == in_force {
            return None;
        }
        let release_id = self.reader.calendar.id(release)?.clone();
        Some(Publication {
            release: release_id,
            when: if release < in_force {
                Published::Earlier
            } else {
                Published::Later
            },
        })
    }
}

/// The section of a code.
fn section(code: Code) -> Option<Coded> {
    let section = code.section()?;
    Coded::of(Packed::new(section.as_str().as_bytes()), Section::table())
}

/// The values of a row with their meanings in a table.
fn list<'v>(values: impl Iterator<Item = Packed<'v>>, table: &'static Table) -> CodedList {
    let coded = values.filter_map(|value| Coded::of(value, table));
    coded.collect()
}

/// The places of a text as character ranges, sorted; adjacent ones are merged.
fn highlight<'p>(text: &str, places: impl Iterator<Item = &'p Place>) -> Marks {
    let mut marks: Marks = places
        .map(|place| (usize::from(place.start), usize::from(place.end)))
        .collect();
    let marked = marks.as_mut();
    if marked.is_empty() {
        return marks;
    }
    marked.sort_unstable();
    marked.dedup_by(|(start, end), (_, last)| {
        let touches = start <= last;
        if touches {
            *last = (*last).max(*end);
        }
        touches
    });
    if !text.is_ascii() {
        let characters = |byte: usize| {
            text.get(..byte)
                .map_or(byte, |before| before.chars().count())
        };
        for (start, end) in marked {
            (*start, *end) = (characters(*start), characters(*end));
        }
    }
    marks
}
