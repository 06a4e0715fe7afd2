//! The unit that a long descriptor bills.

mod clause;
mod dosage;
mod phrase;
mod phrase_forms;
mod reading;

pub use dosage::Dosage;
