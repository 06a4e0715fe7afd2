//! Full-text search over HCPCS Level II codes and modifiers.

pub mod codeset;
mod error;
pub mod release;

pub use codeset::{
    Action, AscGroup, Betos, Code, CodeSpan, Coverage, Date, DateSpan, Entry, Kind,
    LaboratoryCertification, MultiplePricing, ParseCodeError, ParseDateError, ParseValueError,
    PricingIndicator, ProcessingNote, Record, Section, Table, TypeOfService,
};
pub use error::{Error, Result};
pub use release::{LeftOut, Quarter, ReadOptions, Release, ReleaseId, Skipped};
