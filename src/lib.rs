//! Full-text search over HCPCS Level II codes and modifiers.

pub mod annotation;
pub mod codeset;
mod error;
pub mod history;
pub mod index;
pub mod release;
pub mod search;
#[cfg(feature = "serve")]
pub mod server;

pub use codeset::{
    Action, AscGroup, Betos, Code, CodeSpan, Coverage, Date, DateSpan, Entry, Kind,
    LaboratoryCertification, MultiplePricing, ParseCodeError, ParseDateError, ParseValueError,
    PricingIndicator, ProcessingNote, Record, Section, Table, TypeOfService,
};
pub use error::{Error, Result};
pub use index::{Field, Manifest};
pub use release::{LeftOut, Quarter, ReadOptions, Release, ReleaseId, Skipped};
pub use search::{Answer, Facets, Filters, Hit, Query, QueryRequest, Searcher, Status};
