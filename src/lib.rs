//! Full-text search over HCPCS Level II codes and modifiers.

pub mod annotation;
pub mod codeset;
mod error;

pub use codeset::{
    Action, AscGroup, Betos, Code, CodeSpan, Coverage, Date, DateSpan, Entry, Kind,
    LaboratoryCertification, MultiplePricing, ParseCodeError, ParseDateError, ParseValueError,
    PricingIndicator, ProcessingNote, Record, Section, Table, TypeOfService,
};
pub use error::{Error, Result};
