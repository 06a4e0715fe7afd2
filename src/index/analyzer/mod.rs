//! How a descriptor becomes terms, for index and query alike.
//!
//! The words of a text are folded to lower-case ASCII where they can be, plurals to
//! singulars; decimals and percentages stay whole, `1mg` falls into number and unit, an
//! amount (`0.1 mg`) and a hyphenated word (`non-sterile`) are terms as a whole and in parts.

pub(crate) mod analysis;

pub(crate) mod qualifier;
pub(crate) mod token;

pub(crate) mod amount;
pub(crate) mod inflection;
pub(crate) mod invisible;
pub(crate) mod unit;
pub(crate) mod words;
