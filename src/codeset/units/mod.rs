//! From a dose to billing units: exact decimal arithmetic, or an error that says why not.

mod billing;
mod dose;
mod error;
mod expression;
mod package;
mod vials;

pub use billing::BillingUnits;
pub use dose::Dose;
pub use error::DoseError;
pub use package::{NdcQuantity, Package, QuantityUnit};
pub use vials::Vials;
