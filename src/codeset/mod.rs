//! What a HCPCS code is: codes, dates, coded values and records, without I/O and without an engine.

mod code;
mod date;
mod record;
mod table;
mod written_day;

pub use code::{Code, CodeSpan, Kind, ParseCodeError};
pub use date::{Date, DateSpan, ParseDateError};
pub use record::{ProcessingNote, Record, UnreadValue};
pub use table::{
    Action, AscGroup, Betos, Coverage, Entry, LaboratoryCertification, MultiplePricing,
    ParseValueError, PricingIndicator, Section, Table, TypeOfService,
};
