//! Billing units: what a code's unit is, and what a dose comes to.

mod dosage;
mod hits;
mod terminal;
