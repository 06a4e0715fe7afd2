//! `Document`: a version of a code, flattened for other engines.

use serde::Serialize;
use serde_json::{Map, Value, json};

use crate::codeset::{Betos, Coverage, Date, Record};
use crate::error::{Error, Result};
use crate::index::store::row::RowFlags;
use crate::search::code::annotations::About;
use crate::search::code::versions::Held;
use crate::search::searcher::Searcher;

/// A version of a code.
pub(crate) struct Document {
    /// Its non-empty fields, in order.
    pub(crate) fields: Map<String, Value>,
    /// How many notes about it may not be passed on.
    pub(crate) notes_kept_back: usize,
}

impl Document {
    /// Reads a document from an index. With versions of all days, its id includes its release.
    pub(crate) fn new(searcher: &Searcher, doc: u32, day: Date, any_time: bool) -> Result<Self> {
        let store = &searcher.reader.store;
        let damaged = || Error::damaged(searcher.manifest().generation.as_ref());
        let record = searcher.record_of(doc, day).ok_or_else(damaged)?;
        let held = searcher.held(doc).ok_or_else(damaged)?;
        let nothing = About::default();
        let about = searcher.by_code().get(&record.code).unwrap_or(&nothing);
        let mut document = Self {
            fields: Map::new(),
            notes_kept_back: 0,
        };
        let id = if any_time {
            format!("{}@{}", record.code, held.first_release)
        } else {
            record.code.to_string()
        };
        document.put("id", id);
        document.put_code(&record);
        document.put("as_of", day);
        document.put("status", store.row(doc).life().status(day));
        document.put(
            "unclear",
            searcher.validity_of(doc, day).and_then(|own| own.unclear),
        );
        document.put("notices", searcher.notices_on(day));
        document.put("reissued", store.row(doc).has(RowFlags::REISSUED));
        document.put_record(&record);
        document.put_about(about);
        document.put_origin(searcher, &held);
        Ok(document)
    }

    /// Adds a field, unless it is empty.
    fn put(&mut self, name: &str, value: impl Serialize) {
        let value = json!(value);
        let is_empty = match &value {
            Value::Null => true,
            Value::String(text) => text.is_empty(),
            Value::Array(values) => values.is_empty(),
            _ => false,
        };
        if !is_empty {
            self.fields.insert(name.to_owned(), value);
        }
    }

    fn put_code(&mut self, record: &Record) {
        self.put("code", record.code);
        self.put("kind", record.code.kind());
        self.put("section", record.code.section());
        self.put("long_descriptor", &record.long_descriptor);
        self.put("short_descriptor", &record.short_descriptor);
    }

    fn put_record(&mut self, record: &Record) {
        self.put("added", record.added);
        self.put("terminated", record.terminated);
        self.put("action", record.action);
        self.put("action_effective", record.action_effective);
        self.put("coverage", record.coverage);
        let coverage = record.coverage.as_ref();
        self.put("coverage_meaning", coverage.and_then(Coverage::meaning));
        let betos = record.betos.as_ref();
        self.put("betos", betos);
        self.put("betos_tree", beginnings(betos.map_or("", Betos::as_str)));
        self.put("betos_meaning", betos.and_then(Betos::meaning));
        self.put("pricing", &record.pricing);
        self.put("multiple_pricing", record.multiple_pricing);
        self.put("type_of_service", &record.type_of_service);
        self.put("asc_group", record.asc_group);
        self.put("asc_date", record.asc_date);
        self.put("statute", &record.statute);
        self.put("coverage_issues_manual", &record.coverage_issues_manual);
        self.put("carriers_manual", &record.carriers_manual);
        let certification = &record.laboratory_certification;
        self.put("laboratory_certification", certification);
        self.put("cross_references", &record.cross_references);
        let note = record.processing_note.as_ref();
        self.put("processing_note", note.map(|note| &note.number));
        self.put(
            "processing_note_text",
            note.and_then(|note| note.text.as_ref()),
        );
        self.put("anesthesia_base_units", record.anesthesia_base_units);
        self.put("not_otherwise_classified", record.not_otherwise_classified);
    }

    fn put_about(&mut self, about: &About) {
        let products = || about.drug_products.iter().map(|own| &own.said);
        self.put("brands", each_once(products().map(|own| own.brand.clone())));
        self.put(
            "labelers",
            each_once(products().map(|own| own.labeler.clone())),
        );
        let ndcs = products().filter_map(|own| own.ndc.as_ref().map(ToString::to_string));
        self.put("ndcs", each_once(ndcs));
        let rbcs = about.rbcs.as_ref().map(|own| own.said.id.as_str());
        self.put("rbcs", rbcs);
        self.put("rbcs_tree", beginnings(rbcs.unwrap_or_default()));
        let (free, kept): (Vec<_>, Vec<_>) =
            about.notes.iter().partition(|note| note.may_be_passed_on);
        let text = |note: &&crate::search::Note| {
            let sections = note
                .sections
                .iter()
                .map(|own| format!("{}\n{}", own.title, own.text));
            let licence = note.license.iter().map(|own| format!("licence: {own}"));
            let parts = [note.title.clone()]
                .into_iter()
                .chain(sections)
                .chain(licence);
            parts.collect::<Vec<_>>().join("\n\n")
        };
        self.put("notes", free.iter().map(text).collect::<Vec<_>>());
        self.notes_kept_back = kept.len();
        let products = about.drug_products.iter().map(|own| own.source.clone());
        let rbcs = about.rbcs.iter().map(|own| own.source.clone());
        let notes = free.iter().map(|note| note.title.clone());
        self.put("sources", each_once(products.chain(rbcs).chain(notes)));
    }

    fn put_origin(&mut self, searcher: &Searcher, held: &Held) {
        self.put("holds_from", held.from);
        self.put("holds_to", held.to);
        self.put("release", held.last_release.clone());
        let mut releases = searcher.manifest().releases.iter();
        let release = releases.find(|own| own.id == held.last_release);
        self.put("release_hash", release.map(|own| &own.hash));
    }
}

/// A value of a tree and the values above it: `O`, `O1`, `O1E`.
fn beginnings(value: &str) -> Vec<&str> {
    let ends = value
        .char_indices()
        .map(|(at, letter)| at + letter.len_utf8());
    ends.map(|end| &value[..end]).collect()
}

/// Values in order, each once.
fn each_once(values: impl Iterator<Item = String>) -> Vec<String> {
    let mut seen = Vec::new();
    for value in values.filter(|value| !value.is_empty()) {
        if !seen.contains(&value) {
            seen.push(value);
        }
    }
    seen
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_values_above_a_value() {
        assert_eq!(beginnings("O1E"), ["O", "O1", "O1E"]);
        assert_eq!(beginnings(""), [""; 0]);
    }
}
