//! Filters held against a record, for lists that are not searched.

use crate::codeset::{Betos, Kind, Record};

use super::query::Filters;

impl Filters {
    /// Whether a record passes, as its row of an index would in a search. `rbcs` is the code's
    /// identifier in the taxonomy, where it has one.
    ///
    /// ```
    /// use hcpcs::{Filters, Record};
    ///
    /// let mut record = Record::new("J1640".parse()?);
    /// record.betos = Some("O1E".parse()?);
    /// let filters = Filters { betos: vec!["O1".parse()?], ..Filters::default() };
    /// assert!(filters.keeps(&record, None));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn keeps(&self, record: &Record, rbcs: Option<&str>) -> bool {
        let kind = record.code.kind();
        let below = |value: &str, own: Option<&str>| own.is_some_and(|own| own.starts_with(value));
        any(&self.betos, |value| {
            below(value.as_str(), record.betos.as_ref().map(Betos::as_str))
        }) && any(&self.coverage, |value| record.coverage == Some(*value))
            && any(&self.kind, |value| kind == *value)
            && any(&self.section, |value| {
                kind == Kind::Procedure && record.code.section() == Some(*value)
            })
            && any(&self.codes, |span| span.contains(record.code))
            && any(&self.pricing, |value| record.pricing.contains(value))
            && any(&self.type_of_service, |value| {
                record.type_of_service.contains(value)
            })
            && any(&self.action, |value| record.action == Some(*value))
            && any(&self.asc_group, |value| record.asc_group == Some(*value))
            && any(&self.rbcs, |value| below(value, rbcs))
            && (!self.not_otherwise_classified || record.not_otherwise_classified)
            && any(&self.added, |span| {
                record.added.is_some_and(|added| span.contains(added))
            })
    }
}

fn any<T>(values: &[T], is: impl Fn(&T) -> bool) -> bool {
    values.is_empty() || values.iter().any(is)
}
