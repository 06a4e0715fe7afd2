//! How the values that are written as text are described in OpenAPI.

use utoipa::openapi::{ObjectBuilder, RefOr, Schema, Type};
use utoipa::{PartialSchema, ToSchema};

use crate::annotation::Ndc;
use crate::codeset::{
    Action, AscGroup, Betos, Code, Coverage, Date, LaboratoryCertification, MultiplePricing,
    PricingIndicator, Section, TypeOfService,
};
use crate::release::ReleaseId;

macro_rules! text {
    ($($name:ident: $description:literal, $example:literal;)*) => {$(
        impl PartialSchema for $name {
            fn schema() -> RefOr<Schema> {
                ObjectBuilder::new()
                    .schema_type(Type::String)
                    .description(Some($description))
                    .examples([$example])
                    .into()
            }
        }
        impl ToSchema for $name {}
    )*};
}

text! {
    Code: "A procedure code or a modifier", "J1640";
    Date: "A day", "2026-01-01";
    Ndc: "A National Drug Code", "55292-0702-55";
    ReleaseId: "Year and quarter of a release", "2026-01";
    Action: "What a release did to a code", "N";
    AscGroup: "Payment group of an ambulatory surgical centre", "YY";
    Betos: "Berenson-Eggers type of service", "O1E";
    Coverage: "Medicare's coverage of a code", "D";
    LaboratoryCertification: "A certification that a laboratory needs", "110";
    MultiplePricing: "Whether a code could be priced in several ways", "A";
    PricingIndicator: "How a unit price is made under Part B", "51";
    Section: "The first letter of a procedure code", "J";
    TypeOfService: "The kind of service as carriers are told", "1";
}
