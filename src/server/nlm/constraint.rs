//! The constraint `q`: the common part of Elasticsearch's query string syntax.
//!
//! `field:value`, `field:J16*`, `field:(A OR B)`, `field:"two words"`, `field:[20240101 TO *]`,
//! `field:>=20240101`, AND, OR, NOT, `+`, `-` and parentheses. Values of a field that are joined by
//! OR are one clause, so that a long list costs no more than a short one.

use super::cells::Cells;
use super::field::TableField;
use super::value::Value;

/// A condition on a code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Constraint {
    All(Vec<Constraint>),
    Any(Vec<Constraint>),
    Not(Box<Constraint>),
    /// A field has a value; without a field, any searched field has it.
    Has(Option<TableField>, Value),
}

impl Constraint {
    /// Whether a code satisfies it.
    pub(super) fn holds(&self, cells: &Cells<'_>, searched: &[TableField]) -> bool {
        match self {
            Self::All(all) => all.iter().all(|one| one.holds(cells, searched)),
            Self::Any(any) => any.iter().any(|one| one.holds(cells, searched)),
            Self::Not(not) => !not.holds(cells, searched),
            Self::Has(Some(field), value) => value.is_in(cells, *field),
            Self::Has(None, value) => searched.iter().any(|field| value.is_in(cells, *field)),
        }
    }

    /// Whether a clause is about a field.
    pub(super) fn names(&self, field: TableField) -> bool {
        match self {
            Self::All(all) | Self::Any(all) => all.iter().any(|own| own.names(field)),
            Self::Not(not) => not.names(field),
            Self::Has(own, _) => *own == Some(field),
        }
    }

    /// How many clauses are compared with a code.
    pub(super) fn clauses(&self) -> usize {
        match self {
            Self::All(all) | Self::Any(all) => all.iter().map(Self::clauses).sum(),
            Self::Not(not) => not.clauses(),
            Self::Has(..) => 1,
        }
    }

    /// Clauses joined by OR; the values of a field become one clause.
    pub(super) fn any_of(clauses: Vec<Self>) -> Self {
        let mut any: Vec<Self> = Vec::new();
        // The list of values for each field.
        let mut lists: Vec<(Option<TableField>, usize)> = Vec::new();
        let flat = clauses.into_iter().flat_map(|clause| match clause {
            Self::Any(inner) => inner,
            other => vec![other],
        });
        for clause in flat {
            let Self::Has(field, Value::OneOf(values)) = clause else {
                any.push(clause);
                continue;
            };
            let list = lists.iter().find(|(other, _)| *other == field);
            let list = list.and_then(|(_, at)| any.get_mut(*at));
            if let Some(Self::Has(_, Value::OneOf(list))) = list {
                list.extend(values);
            } else {
                lists.push((field, any.len()));
                any.push(Self::Has(field, Value::OneOf(values)));
            }
        }
        if any.len() == 1 {
            any.remove(0)
        } else {
            Self::Any(any)
        }
    }

    /// Clauses joined by AND. "Not this and not that" is "neither", which may be one clause.
    pub(super) fn all_of(clauses: Vec<Self>) -> Self {
        let mut all = Vec::new();
        let mut none = Vec::new();
        for clause in clauses {
            match clause {
                Self::Not(not) => none.push(*not),
                other => all.push(other),
            }
        }
        if !none.is_empty() {
            all.push(Self::Not(Box::new(Self::any_of(none))));
        }
        if all.len() == 1 {
            all.remove(0)
        } else {
            Self::All(all)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fits(constraint: &str, field: TableField, text: &str) -> bool {
        match Constraint::parse(constraint).unwrap() {
            Constraint::Has(Some(own), value) => {
                assert_eq!(own, field);
                value.is_whole(text, field.is_day())
            }
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn values_of_fields() {
        use TableField::{AddDt, Code, Obsolete, TermDt};
        for (constraint, field, text, expected) in [
            ("code:j16*", Code, "J1640", true),
            ("code:J16", Code, "J1640", false),
            ("code:[J1600 TO J1699]", Code, "J1640", true),
            ("code:{J1640 TO J1699]", Code, "J1640", false),
            ("add_dt:[20240101 TO *]", AddDt, "20240101", true),
            ("add_dt:[2024-01-01 TO 2024-12-31]", AddDt, "20241231", true),
            ("add_dt:>20240101", AddDt, "20240101", false),
            ("add_dt:>=20240101", AddDt, "20240101", true),
            ("add_dt:<2024", AddDt, "20231231", true),
            ("add_dt:2024*", AddDt, "20240701", true),
            ("add_dt:\"2024-01-01\"", AddDt, "20240101", true),
            ("term_dt:*", TermDt, "", false),
            ("term_dt:[* TO *]", TermDt, "", false),
            ("term_dt:\"\"", TermDt, "", true),
            ("obsolete:false", Obsolete, "false", true),
            ("obsolete:TRUE", Obsolete, "false", false),
        ] {
            assert_eq!(
                fits(constraint, field, text),
                expected,
                "{constraint} {text}"
            );
        }
    }

    #[test]
    fn what_belongs_together() {
        let same = |a: &str, b: &str| {
            assert_eq!(
                Constraint::parse(a).unwrap(),
                Constraint::parse(b).unwrap(),
                "{a}"
            );
        };
        same(
            "is_noc:false AND obsolete:false OR code:A*",
            "(is_noc:false && obsolete:false) || code:A*",
        );
        same("code:(A4206 J1640)", "code:A4206 OR code:J1640");
        same("NOT code:A*", "-code:A*");
        same("+is_noc:true", "is_noc:true");
        // An exclusion applies to all clauses next to it.
        for text in [
            "wheelchair -power",
            "wheelchair NOT power",
            "-power wheelchair",
            "wheelchair OR NOT power",
            "wheelchair !power",
        ] {
            same(text, "wheelchair AND NOT power");
        }
        same("a b -c -d", "(a OR b) AND NOT c AND NOT d");
        same("display:(a b -c)", "display:(a OR b) AND NOT display:c");
        same("+a b", "a");
        same("+a +b -c d", "a AND b AND NOT c");
        same("NOT a NOT b", "NOT (a OR b)");
    }

    #[test]
    fn what_is_wrong_is_said() {
        for bad in [
            "",
            "AND",
            "code:",
            "code:(A",
            "code:A)",
            "price:1",
            "NOT",
            "a AND",
            "code:(A OR)",
        ] {
            assert!(Constraint::parse(bad).is_err(), "{bad}");
        }
        assert!(Constraint::parse(&"(".repeat(5000)).is_err());
        let many = |clause: &str, joined: &str| {
            let all: Vec<String> = (0..2000).map(|at| format!("{clause}{at}")).collect();
            Constraint::parse(&all.join(joined))
        };
        assert!(many("display:a", " AND ").is_err());
        for (clause, joined) in [
            ("z", " "),
            ("code:J", " OR "),
            ("NOT code:J", " AND "),
            ("-display:z", " AND "),
        ] {
            assert!(many(clause, joined).is_ok(), "{clause}");
        }
        assert!(Constraint::parse(&"NOT ".repeat(3000)).is_err());
    }
}
