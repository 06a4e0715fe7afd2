//! The fields of NLM's table, and the sources of their values.

use std::borrow::Cow;

use serde::Serialize;

use crate::codeset::Date;
use crate::error::{cannot_be, excerpt};
use crate::index::Field;
use crate::search::{ListedCode, Status};
use crate::server::http::problem::Problem;

/// A field of the table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum TableField {
    Code,
    ShortDesc,
    LongDesc,
    Display,
    AddDt,
    ActEffDt,
    TermDt,
    Obsolete,
    IsNoc,
}

/// The number of fields.
pub(super) const FIELD_COUNT: usize = 9;

const FIELDS: [(&str, TableField); FIELD_COUNT] = [
    ("code", TableField::Code),
    ("short_desc", TableField::ShortDesc),
    ("long_desc", TableField::LongDesc),
    ("display", TableField::Display),
    ("add_dt", TableField::AddDt),
    ("act_eff_dt", TableField::ActEffDt),
    ("term_dt", TableField::TermDt),
    ("obsolete", TableField::Obsolete),
    ("is_noc", TableField::IsNoc),
];

/// The value of a field.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub(super) enum Cell<'s> {
    Text(Cow<'s, str>),
    /// `None` if it is unknown.
    Flag(Option<bool>),
}

impl Cell<'_> {
    /// The value as text.
    pub(super) fn text(&self) -> &str {
        match self {
            Self::Text(text) => text,
            Self::Flag(Some(true)) => "true",
            Self::Flag(Some(false)) => "false",
            Self::Flag(None) => "",
        }
    }
}

impl TableField {
    /// The field with a name.
    pub(super) fn named(name: &str) -> Result<Self, Problem> {
        let field = FIELDS.iter().find(|(other, _)| *other == name);
        field.map(|(_, field)| *field).ok_or_else(|| {
            let name = excerpt(name);
            let names = FIELDS.map(|(name, _)| name).join(", ");
            Problem::bad(format!("there is no field `{name}`; there are {names}"))
        })
    }

    /// Whether its value consists of words.
    pub(super) fn is_words(self) -> bool {
        matches!(self, Self::ShortDesc | Self::LongDesc | Self::Display)
    }

    /// Refuses a value that the field never has: a flag that is neither true nor false, a day that
    /// is no number.
    pub(super) fn check(self, value: &str) -> Result<(), String> {
        let is_possible = match self {
            Self::Obsolete | Self::IsNoc => {
                value.eq_ignore_ascii_case("true") || value.eq_ignore_ascii_case("false")
            }
            Self::AddDt | Self::ActEffDt | Self::TermDt => {
                let digits = value.trim_start_matches(['<', '>', '=']);
                digits
                    .bytes()
                    .all(|own| own.is_ascii_digit() || own == b'-')
            }
            _ => true,
        };
        let named = FIELDS.iter().find(|(_, own)| *own == self);
        let name = named.map_or("", |(name, _)| name);
        let wants = if self.is_day() {
            "a day, such as 20260101"
        } else {
            "true or false"
        };
        is_possible
            .then_some(())
            .ok_or_else(|| cannot_be(name, value, wants))
    }

    /// Whether its value is a day.
    pub(super) fn is_day(self) -> bool {
        matches!(self, Self::AddDt | Self::ActEffDt | Self::TermDt)
    }

    /// The field of the index that has its words.
    pub(super) fn indexed(self) -> Option<Field> {
        match self {
            Self::Code => Some(Field::Code),
            Self::ShortDesc => Some(Field::ShortDescriptor),
            Self::LongDesc | Self::Display => Some(Field::LongDescriptor),
            _ => None,
        }
    }

    /// Its value for a code.
    pub(super) fn of<'s>(self, listed: &ListedCode<'s>) -> Cell<'s> {
        match self {
            Self::Code => Cell::Text(listed.code().into()),
            Self::ShortDesc => Cell::Text(listed.short_descriptor().into()),
            Self::LongDesc | Self::Display => Cell::Text(listed.long_descriptor().into()),
            Self::AddDt => day(listed.added()),
            Self::ActEffDt => day(listed.record().and_then(|record| record.action_effective)),
            Self::TermDt => day(listed.terminated()),
            Self::Obsolete => Cell::Flag(Some(!matches!(
                listed.status(),
                Status::Valid | Status::NotYetValid
            ))),
            Self::IsNoc => Cell::Flag(listed.not_otherwise_classified()),
        }
    }
}

/// A day as in the table, `YYYYMMDD`, or empty.
fn day(day: Option<Date>) -> Cell<'static> {
    let number = day.map(|day| format!("{:08}", day.number()));
    Cell::Text(number.unwrap_or_default().into())
}
