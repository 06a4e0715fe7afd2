//! The filters of a search, as one table: a filter's name, its words, its code table, and how its
//! values are read from a row, a record and a request. Every front end reads this table.

use std::iter::once;

use crate::codeset::{
    Action, AscGroup, Betos, CodeSpan, Coverage, Date, DateSpan, Kind, PricingIndicator, Record,
    Section, Table, TypeOfService,
};
use crate::index::store::row::Row;

use super::filter_macro::{filters, first};
use super::filter_value::Asked;
use super::without::{self, Without};

/// A filter: its names, and how it reads a code.
///
/// ```
/// use hcpcs::search::FILTERS;
///
/// let tos = FILTERS.iter().find(|filter| filter.name == "tos").expect("it is listed");
/// assert_eq!(tos.field, "type_of_service");
/// assert_eq!(tos.table().expect("CMS lists its values").title, "Type of service");
/// ```
#[derive(Debug)]
#[non_exhaustive]
pub struct FilterSpec {
    /// Its name as a parameter, such as `tos`.
    pub name: &'static str,
    /// The field of [`Filters`], and of a record if it has one, such as `type_of_service`.
    pub field: &'static str,
    /// Its heading, such as `Type of service`.
    pub title: &'static str,
    /// Its values, in one line of help.
    pub help: &'static str,
    /// What would be right if a value is wrong, such as "a coverage code, such as `D`".
    pub accepts: &'static str,
    /// All its values, if that is a short list and not a table of CMS.
    pub choices: &'static [&'static str],
    /// Whether its values are a tree by their characters: `O`, `O1`, `O1E`.
    pub is_tree: bool,
    /// Whether it is true or false, and not a list of values.
    pub is_flag: bool,
    /// If an answer counts its values as a facet: how it counts them.
    pub facet: Option<&'static str>,
    /// Whether the values of its facet are offered next to the hits, each as a link. A code may be
    /// without a value only if [`Without`] takes the filter.
    pub is_offered: bool,
    table: Option<fn() -> &'static Table>,
    add: fn(&mut Filters, &str) -> Result<(), String>,
    clear: fn(&mut Filters),
    is_set: fn(&Filters) -> bool,
    asked: for<'f> fn(&'f Filters, &mut dyn FnMut(&'f str)),
    passes_row: fn(&Filters, Row<'_>) -> bool,
    pub(super) passes_record: fn(&Filters, &Record, Option<&str>) -> bool,
    of_row: for<'a> fn(Row<'a>, &mut dyn FnMut(&'a str)),
    of_record: for<'a> fn(&'a Record, Option<&'a str>, &mut dyn FnMut(&'a str)),
}

impl FilterSpec {
    /// The filter of a name.
    pub(crate) fn named(name: &str) -> Option<&'static Self> {
        FILTERS.iter().find(|filter| filter.name == name)
    }

    /// The filter that reads a field of a record.
    pub(crate) fn of_field(field: &str) -> Option<&'static Self> {
        FILTERS.iter().find(|filter| filter.field == field)
    }

    /// CMS's table of its values, if there is one.
    #[must_use]
    pub fn table(&self) -> Option<&'static Table> {
        self.table.map(|table| table())
    }

    /// CMS's meaning of a value.
    pub(crate) fn meaning(&self, value: &str) -> Option<&'static str> {
        let entry = self.table()?.entry(value);
        entry.map(|entry| entry.meaning)
    }

    /// Adds a value, given as text, to some filters.
    ///
    /// # Errors
    /// The text is not a value of this filter. The error is empty, or says more than
    /// [`accepts`](Self::accepts).
    pub fn add(&self, filters: &mut Filters, text: &str) -> Result<(), String> {
        (self.add)(filters, text)
    }

    /// Removes all its values.
    pub fn clear(&self, filters: &mut Filters) {
        (self.clear)(filters);
    }

    /// Whether the filters have any of its values.
    #[must_use]
    pub fn is_set(&self, filters: &Filters) -> bool {
        (self.is_set)(filters)
    }

    /// Its coded values in the filters; empty if it does not compare coded values.
    pub(crate) fn asked<'f>(&self, filters: &'f Filters) -> Vec<&'f str> {
        let mut values = Vec::new();
        (self.asked)(filters, &mut |value| values.push(value));
        values
    }

    /// Whether a row passes.
    pub(crate) fn passes(&self, filters: &Filters, row: Row<'_>) -> bool {
        (self.passes_row)(filters, row)
    }

    /// Visits each coded value of a row.
    pub(crate) fn of_row<'a>(&self, row: Row<'a>, each: &mut dyn FnMut(&'a str)) {
        (self.of_row)(row, &mut |value| {
            if !value.is_empty() {
                each(value);
            }
        });
    }

    /// The coded values of a record.
    #[must_use]
    pub fn of_record<'a>(&self, record: &'a Record) -> Vec<&'a str> {
        let mut values = Vec::new();
        (self.of_record)(record, None, &mut |value| values.push(value));
        values
    }
}

filters! {
    /// A coverage code.
    coverage: Vec<Coverage> {
        name: "coverage", title: "Coverage",
        help: "Coverage: C, D, I, M, S",
        accepts: "a coverage code, such as `D`",
        table: Coverage::table,
        facet: "By coverage.", is_offered: true,
        row: |row| once(row.coverage()),
        record: |record, _| record.coverage.iter().map(Coverage::as_str),
    }
    /// A value of the BETOS tree, or one below it: `O`, `O1`, `O1E`.
    betos: Vec<Betos> {
        name: "betos", title: "BETOS", is_tree: true,
        help: "BETOS, or a part of its tree: O1E, O1, O",
        accepts: "a value of the BETOS tree, such as `O1E` or `O1`",
        table: Betos::table,
        facet: "By BETOS.", is_offered: true,
        row: |row| once(row.betos()),
        record: |record, _| record.betos.iter().map(Betos::as_str),
    }
    /// A value of the RBCS tree, or one below it: `R`, `RI`, `RI035N`.
    rbcs: Vec<String> {
        name: "rbcs", title: "RBCS", is_tree: true,
        help: "RBCS, or a part of its tree: RI035N, RI, R",
        accepts: "a value of the RBCS tree, such as `RI` or `RI035N`",
        facet: "By RBCS category and subcategory, if the index has that taxonomy.", is_offered: true,
        row: |row| once(row.rbcs()),
        record: |_record, rbcs| rbcs,
    }
    /// A section of the code set.
    section: Vec<Section> {
        name: "section", title: "Section",
        help: "Section, the first letter of a code",
        accepts: "the first letter of a code, such as `J`",
        table: Section::table,
        facet: "By section; modifiers have none.", is_offered: true,
        row: |row| row.section(),
        record: |record, _| {
            let is_procedure = record.code.kind() == Kind::Procedure;
            is_procedure.then(|| &record.code.as_str()[..1])
        },
    }
    /// Procedure or modifier.
    kind: Vec<Kind> {
        name: "kind", title: "Kind",
        help: "Procedure codes or modifiers",
        accepts: "`procedure` or `modifier`",
        choices: ["procedure", "modifier"],
        facet: "By kind.", is_offered: true,
        row: |row| once(row.kind().as_str()),
        record: |record, _| once(record.code.kind().as_str()),
    }
    /// Codes, patterns and ranges.
    codes: Vec<CodeSpan> {
        name: "codes", title: "Codes",
        help: "Codes: J1000-J1999, J16*, J1640",
        accepts: "codes, such as `J1640`, `J16*` or `J1600-J1699`",
        row: |row| row.code(),
        record: |record, _| once(record.code),
    }
    /// A pricing indicator.
    pricing: Vec<PricingIndicator> {
        name: "pricing", title: "Pricing",
        help: "Pricing indicator",
        accepts: "a pricing indicator of two digits, such as `51`",
        table: PricingIndicator::table,
        facet: "By the first pricing indicator.",
        row: |row| row.pricing(),
        record: |record, _| record.pricing.iter().map(PricingIndicator::as_str),
    }
    /// A type of service.
    type_of_service: Vec<TypeOfService> {
        name: "tos", title: "Type of service",
        help: "Type of service",
        accepts: "a type of service, such as `1`",
        table: TypeOfService::table,
        facet: "By the first type of service.",
        row: |row| row.type_of_service(),
        record: |record, _| record.type_of_service.iter().map(TypeOfService::as_str),
    }
    /// A payment group of ambulatory surgical centres.
    asc_group: Vec<AscGroup> {
        name: "asc", title: "ASC group",
        help: "Payment group of ambulatory surgical centres",
        accepts: "an ASC payment group, such as `YY`",
        table: AscGroup::table,
        row: |row| once(row.asc_group()),
        record: |record, _| record.asc_group.iter().map(AscGroup::as_str),
    }
    /// The action of the release on the code.
    action: Vec<Action> {
        name: "action", title: "Action",
        help: "What the release did to the code: A added, C changed, D discontinued …",
        accepts: "an action code, such as `A`",
        table: Action::table,
        row: |row| once(row.action()),
        record: |record, _| record.action.iter().map(Action::as_str),
    }
    /// Days on which the code was added.
    added: Vec<DateSpan> {
        name: "added", title: "Added",
        help: "Days on which the code was added: 2025-01-01.., ..2024-12-31, 2025-01-01..2025-12-31",
        accepts: "days, such as `2025-01-01..` or `2025-01-01..2025-12-31`",
        row: |row| Date::from_number(row.added()),
        record: |record, _| record.added,
    }
    /// Only codes of the release's NOC list.
    not_otherwise_classified: bool {
        name: "noc", title: "Not otherwise classified", is_flag: true,
        help: "Only codes \"not otherwise classified\"",
        accepts: "true or false",
        row: |row| once(row.is_noc() == Some(true)),
        record: |record, _| once(record.not_otherwise_classified == Some(true)),
    }
    /// Filters of which a code is to have no value.
    without: Without {
        name: "without", title: "Without",
        help: "Only codes without a value of: coverage, betos, rbcs, section",
        accepts: "`coverage`, `betos`, `rbcs` or `section`",
        choices: without::NAMES,
        row: |row| without::of_row(row),
        record: |record, rbcs| without::of_record(record, rbcs),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    impl FilterSpec {
        /// A filter that the table does not have.
        pub(crate) fn made_up() -> Self {
            Self {
                field: "made_up",
                facet: Some("By a made-up value."),
                ..*Self::named("asc").unwrap()
            }
        }
    }

    #[test]
    fn each_filter_has_a_name_of_its_own_and_says_what_it_takes() {
        for (at, filter) in FILTERS.iter().enumerate() {
            let others = || FILTERS[..at].iter();
            assert!(others().all(|other| other.name != filter.name && other.field != filter.field));
            let words = [filter.title, filter.help, filter.accepts];
            assert!(words.iter().all(|words| !words.is_empty()));
            let is_always_given = filter.name == "kind";
            let takes_blanks = is_always_given || without::NAMES.contains(&filter.name);
            assert!(!filter.is_offered || filter.facet.is_some() && takes_blanks);
            let listed = filter.table().map(|table| table.entries()[0].code);
            let value = listed.or(filter.choices.first().copied());
            if let Some(value) = value {
                let mut filters = Filters::default();
                let added = filter.add(&mut filters, &value.to_lowercase());
                assert_eq!(added, Ok(()), "{value}");
                assert!(filter.is_set(&filters));
                assert_eq!(filter.asked(&filters), [value]);
                filter.clear(&mut filters);
                assert!(filters.is_empty());
            }
        }
    }
}
