//! `Without`: the filters of which a code is to have no value.

use super::filter_value::Asked;
use crate::codeset::{Kind, Record};
use crate::index::store::row::Row;

/// The filters of which a code may have no value, by name.
pub(super) const NAMES: [&str; 4] = ["coverage", "betos", "rbcs", "section"];

/// The filters of which a code is to have no value; a code must lack all of them.
///
/// ```
/// use hcpcs::{Filters, Record};
/// use hcpcs::search::FILTERS;
///
/// let mut filters = Filters::default();
/// let without = FILTERS.iter().find(|filter| filter.name == "without").expect("it is listed");
/// without.add(&mut filters, "betos").expect("BETOS may be blank");
/// let mut record = Record::new("J1640".parse()?);
/// assert!(filters.passes(&record, None));
/// record.betos = Some("O1E".parse()?);
/// assert!(!filters.passes(&record, None));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Without(Vec<&'static str>);

impl Without {
    /// Whether a code is to have no value of a filter.
    #[must_use]
    pub fn has(&self, name: &str) -> bool {
        self.0.contains(&name)
    }

    /// Lets a code have a value of a filter again.
    pub fn remove(&mut self, name: &str) {
        self.0.retain(|own| *own != name);
    }
}

/// The names of the filters of which a row has no value.
pub(super) fn of_row(row: Row<'_>) -> impl Iterator<Item = &'static str> {
    blank([
        row.coverage().is_blank(),
        row.betos().is_blank(),
        row.rbcs().is_blank(),
        row.section().is_none(),
    ])
}

/// The names of the filters of which a record has no value.
pub(super) fn of_record(record: &Record, rbcs: Option<&str>) -> impl Iterator<Item = &'static str> {
    blank([
        record.coverage.is_none(),
        record.betos.is_none(),
        rbcs.is_none(),
        record.code.kind() != Kind::Procedure,
    ])
}

fn blank(are: [bool; NAMES.len()]) -> impl Iterator<Item = &'static str> {
    let named = NAMES.into_iter().zip(are);
    named.filter_map(|(name, is_blank)| is_blank.then_some(name))
}

impl Asked for Without {
    type Own<'a> = &'static str;

    fn add(&mut self, text: &str) -> Result<(), String> {
        let name = text.trim();
        let mut names = NAMES.into_iter();
        let name = names.find(|own| own.eq_ignore_ascii_case(name));
        self.0.push(name.ok_or_else(String::new)?);
        Ok(())
    }

    fn is_set(&self) -> bool {
        !self.0.is_empty()
    }

    fn fits<'a>(&self, own: impl IntoIterator<Item: Into<Self::Own<'a>>>) -> bool {
        let lacking: Vec<&str> = own.into_iter().map(Into::into).collect();
        self.0.iter().all(|name| lacking.contains(name))
    }

    fn coded<'f>(&'f self, each: &mut dyn FnMut(&'f str)) {
        self.0.iter().copied().for_each(each);
    }

    fn each<'a>(_: impl IntoIterator<Item: Into<Self::Own<'a>>>, _: &mut dyn FnMut(&'a str)) {}
}
