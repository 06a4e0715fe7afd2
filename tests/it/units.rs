//! Billing units: what a code's unit is, and what a dose comes to.

mod claim_lines;
mod dosage;
mod hits;
mod terminal;
