//! A row of the index as a hit: its coded values decoded, its matched words marked.

use std::collections::BTreeMap;
use std::str::FromStr;

use crate::codeset::{
    Action, AscGroup, Betos, Code, Coverage, Date, Kind, MultiplePricing, PricingIndicator,
    TypeOfService,
};
use crate::index::schema::Field;
use crate::index::store::{Row, RowFlags, Store};

use super::answer::{Coded, Hit, Status};
use super::reason::{Findings, Place};
use super::searcher::Searcher;

impl Searcher {
    pub(super) fn hit(&self, rank: usize, doc: u32, day: Date, findings: Findings) -> Hit {
        let store = &self.reader.store;
        let row = store.row(doc);
        let long = store.text(doc, Field::LongDescriptor);
        let short = store.text(doc, Field::ShortDescriptor);
        let mut highlights = BTreeMap::new();
        for (field, name, text) in [
            (Field::LongDescriptor, "long_descriptor", long),
            (Field::ShortDescriptor, "short_descriptor", short),
        ] {
            let marked = highlight(text, findings.places.iter().filter(|place| place.field == field));
            if !marked.is_empty() {
                highlights.insert(name, marked);
            }
        }
        let code = row.code().unwrap_or_else(|| Code::from_bytes(b"ZZ").unwrap_or_else(|_| unreachable!()));
        Hit {
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
            section: code.section().and_then(|section| coded(section.as_str(), crate::Section::meaning)),
            pricing: list(row.pricing(), PricingIndicator::meaning),
            multiple_pricing: coded(row.multiple_pricing(), MultiplePricing::meaning),
            type_of_service: list(row.type_of_service(), TypeOfService::meaning),
            asc_group: coded(row.asc_group(), AscGroup::meaning),
            action: coded(row.action(), Action::meaning),
            rbcs: None,
            not_otherwise_classified: row.has(RowFlags::NOC),
            reissued: row.has(RowFlags::REISSUED),
            why: findings.reasons,
            highlights,
            explanation: None,
        }
    }
}
