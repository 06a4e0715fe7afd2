//! A row of the index as a hit: its coded values decoded, its matched words marked.

use std::collections::BTreeMap;
use std::str::FromStr;

use crate::codeset::{
    Action, AscGroup, Betos, Coverage, Date, MultiplePricing, PricingIndicator, Section,
    TypeOfService,
};
use crate::index::Field;
use crate::index::store::{Row, RowFlags};

use super::answer::{Coded, Hit, Status};
use super::reason::{Findings, Place};
use super::searcher::Searcher;

impl Searcher {
    pub(super) fn hit(&self, rank: usize, doc: u32, day: Date, findings: Findings) -> Option<Hit> {
        let store = &self.reader.store;
        let row = store.row(doc);
        let long = store.text(doc, Field::LongDescriptor);
        let short = store.text(doc, Field::ShortDescriptor);
        let mut highlights = BTreeMap::new();
        for (field, name, text) in [
            (Field::LongDescriptor, "long_descriptor", long),
            (Field::ShortDescriptor, "short_descriptor", short),
        ] {
            let marked = highlight(
                text,
                findings.places.iter().filter(|place| place.field == field),
            );
            if !marked.is_empty() {
                highlights.insert(name, marked);
            }
        }
        let code = row.code()?;
        Some(Hit {
            rank,
            code,
            kind: code.kind(),
            long_descriptor: long.to_owned(),
            short_descriptor: short.to_owned(),
            status: status(row, day),
            added: Date::from_number(row.added()),
            terminated: Date::from_number(row.terminated()),
            coverage: coded(row.coverage(), Coverage::meaning),
            betos: coded(row.betos(), Betos::meaning),
            section: code
                .section()
                .and_then(|section| coded(section.as_str(), Section::meaning)),
            pricing: list(row.pricing(), PricingIndicator::meaning),
            multiple_pricing: coded(row.multiple_pricing(), MultiplePricing::meaning),
            type_of_service: list(row.type_of_service(), TypeOfService::meaning),
            asc_group: coded(row.asc_group(), AscGroup::meaning),
            action: coded(row.action(), Action::meaning),
            rbcs: rbcs(row.rbcs(), store.text(doc, Field::Rbcs)),
            not_otherwise_classified: row.has(RowFlags::NOC),
            reissued: row.has(RowFlags::REISSUED),
            holds: None,
            why: findings.reasons,
            highlights,
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

fn rbcs(code: &str, meaning: &str) -> Option<Coded> {
    let meaning = (!meaning.is_empty()).then(|| meaning.to_owned());
    (!code.is_empty()).then(|| Coded {
        code: code.to_owned(),
        meaning,
    })
}

fn coded<T: FromStr>(code: &str, meaning: impl Fn(&T) -> Option<&'static str>) -> Option<Coded> {
    let value: T = code.parse().ok()?;
    Some(Coded {
        code: code.to_owned(),
        meaning: meaning(&value).map(str::to_owned),
    })
}

fn list<'v, T: FromStr>(
    codes: impl Iterator<Item = &'v str>,
    meaning: impl Fn(&T) -> Option<&'static str>,
) -> Vec<Coded> {
    codes.filter_map(|code| coded(code, &meaning)).collect()
}

/// The places of a text as characters, in order, those that touch made one.
fn highlight<'p>(text: &str, places: impl Iterator<Item = &'p Place>) -> Vec<(usize, usize)> {
    let mut bytes: Vec<(usize, usize)> = places
        .map(|place| (usize::from(place.start), usize::from(place.end)))
        .collect();
    bytes.sort_unstable();
    let mut merged: Vec<(usize, usize)> = Vec::with_capacity(bytes.len());
    for (start, end) in bytes {
        match merged.last_mut() {
            Some((_, last)) if start <= *last => *last = end.max(*last),
            _ => merged.push((start, end)),
        }
    }
    let characters = |byte: usize| {
        text.get(..byte)
            .map_or(byte, |before| before.chars().count())
    };
    merged
        .into_iter()
        .map(|(start, end)| (characters(start), characters(end)))
        .collect()
}
