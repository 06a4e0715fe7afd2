//! From a dose to billing units: exact decimal arithmetic, or an error that says why not.

mod billing;
mod dose;
mod dose_by_weight;
mod dose_in_question;
mod dose_text;
mod error;
mod expression;
mod ndc_quantity;
mod package;
mod package_quantity;
mod quantity_unit;
mod vials;

pub use billing::BillingUnits;
pub use dose::Dose;
pub use error::DoseError;
pub use ndc_quantity::{NdcQuantity, NdcQuantityError};
pub use package::Package;
pub use quantity_unit::QuantityUnit;
pub use vials::Vials;
