//! The unit that a long descriptor bills.

mod billed;
mod clause;
mod phrase;
mod phrase_forms;
mod reading;

pub use billed::Dosage;
