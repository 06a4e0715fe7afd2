//! Turns a descriptor into terms, for index and query alike.
//!
//! Words are folded to lower case, to ASCII if possible, and to the singular. Decimals and
//! percentages stay whole, `1mg` is split into number and unit, and an amount (`0.1 mg`) and a
//! hyphenated word (`non-sterile`) are terms as a whole and in parts.

pub(crate) mod analysis;

pub(crate) mod qualifier;
pub(crate) mod token;

pub(crate) mod abbreviation;
pub(crate) mod amount;
pub(crate) mod aside;
mod bound;
mod folded;
pub(crate) mod inflection;
pub(crate) mod invisible;
pub(crate) mod negation;
pub(crate) mod qualified;
pub(crate) mod unit;
pub(crate) mod words;

mod version;
pub(crate) use version::ANALYSIS;
