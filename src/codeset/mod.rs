//! What a HCPCS code is: codes, dates, coded values and records, without I/O and without an engine.

mod amount;
mod blank_fields;
mod code;
mod code_span;
mod coded_value;
mod date;
mod date_span;
mod decimal;
mod dosage;
pub(crate) mod function_word;
mod measure;
mod measure_kind;
mod other_number;
mod record;
mod table;
mod token;
mod units;
mod written;
pub(crate) mod written_day;

pub use amount::{Amount, Unit};
pub use blank_fields::blank_fields;
pub use code::{Code, Kind, ParseCodeError};
pub use code_span::CodeSpan;
pub use coded_value::{
    Action, AscGroup, Betos, Coverage, LaboratoryCertification, MultiplePricing, ParseValueError,
    PricingIndicator, Section, TypeOfService,
};
pub use date::{Date, ParseDateError};
pub use date_span::DateSpan;
pub use decimal::{Decimal, ParseDecimalError};
pub use dosage::Dosage;
pub use measure::Measure;
pub use measure_kind::MeasureKind;
pub use record::{ProcessingNote, Record, UnreadValue};
pub use table::{Entry, Table};
pub(crate) use token::{doubtful_point, written_number};
pub use units::{
    BillingUnits, Dose, DoseError, NdcQuantity, NdcQuantityError, Package, QuantityUnit, Vials,
};
