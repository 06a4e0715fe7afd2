//! The unit that a long descriptor bills.

mod billed;
mod clause;
mod phrase;
mod reading;
#[cfg(test)]
mod tests;

pub use billed::Dosage;
