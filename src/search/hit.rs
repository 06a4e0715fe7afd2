//! A row of the index as a hit: its coded values decoded, its matched words marked.

use std::borrow::Cow;

use crate::codeset::{
    Action, AscGroup, Betos, Coverage, Date, MultiplePricing, PricingIndicator, Section, Table,
    TypeOfService,
};
use crate::index::Field;
use crate::index::store::{Row, RowFlags};

use super::answer::{Coded, Highlights, Hit, Status};
use super::reason::{Findings, Place};
use super::searcher::Searcher;

impl Searcher {
    pub(super) fn hit(
        &self,
        rank: usize,
        doc: u32,
        day: Date,
        findings: Findings<'_>,
    ) -> Option<Hit> {
        let store = &self.reader.store;
        let row = store.row(doc);
        let (long, short) = store.descriptors(doc);
        let code = row.code()?;
        let places = |field| {
            findings
                .places
                .iter()
                .filter(move |place| place.field == field)
        };
        Some(Hit {
            rank,
            code,
            kind: code.kind(),
            long_descriptor: long.to_owned(),
            short_descriptor: short.to_owned(),
            status: status(row, day),
            added: Date::from_number(row.added()),
            terminated: Date::from_number(row.terminated()),
            coverage: coded(row.coverage(), Coverage::table()),
            betos: coded(row.betos(), Betos::table()),
            section: code
                .section()
                .and_then(|section| coded(section.as_str(), Section::table())),
            pricing: list(row.pricing(), PricingIndicator::table()),
            multiple_pricing: coded(row.multiple_pricing(), MultiplePricing::table()),
            type_of_service: list(row.type_of_service(), TypeOfService::table()),
            asc_group: coded(row.asc_group(), AscGroup::table()),
            action: coded(row.action(), Action::table()),
            rbcs: (!row.rbcs().is_empty()).then(|| {
                let meaning = store.text(doc, Field::Rbcs).to_owned();
                let meaning = (!meaning.is_empty()).then_some(Cow::Owned(meaning));
                Coded {
                    code: Cow::Owned(row.rbcs().to_owned()),
                    meaning,
                }
            }),
            not_otherwise_classified: row.has(RowFlags::NOC),
            reissued: row.has(RowFlags::REISSUED),
            holds: None,
            alike: None,
            highlights: Highlights {
                long_descriptor: highlight(long, places(Field::LongDescriptor)),
                short_descriptor: highlight(short, places(Field::ShortDescriptor)),
            },
            why: findings.reasons,
            explanation: None,
        })
    }
}

/// What a code is on a day.
pub(super) fn status(row: Row<'_>, day: Date) -> Status {
    if row.is_in_force(day.number()) {
        Status::Valid
    } else if row.is_terminated(day.number()) {
        Status::Terminated
    } else {
        Status::NotYetValid
    }
}

/// A value with its meaning; of a listed one nothing is copied.
fn coded(code: &str, table: &'static Table) -> Option<Coded> {
    if code.is_empty() {
        return None;
    }
    Some(match table.entry(code) {
        Some(entry) => {
            let (code, meaning) = (Cow::Borrowed(entry.code), Cow::Borrowed(entry.meaning));
            Coded {
                code,
                meaning: Some(meaning),
            }
        }
        None => Coded {
            code: Cow::Owned(code.to_owned()),
            meaning: None,
        },
    })
}

fn list<'v>(codes: impl Iterator<Item = &'v str>, table: &'static Table) -> Vec<Coded> {
    codes.filter_map(|code| coded(code, table)).collect()
}

/// The places of a text as characters, in order, those that touch made one.
fn highlight<'p>(text: &str, places: impl Iterator<Item = &'p Place>) -> Vec<(usize, usize)> {
    let mut marked: Vec<(usize, usize)> = places
        .map(|place| (usize::from(place.start), usize::from(place.end)))
        .collect();
    if marked.is_empty() {
        return marked;
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
        for (start, end) in &mut marked {
            (*start, *end) = (characters(*start), characters(*end));
        }
    }
    marked
}
