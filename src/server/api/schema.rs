//! OpenAPI schemas of values that are written as text.

use std::borrow::Cow;

use utoipa::openapi::path::{Parameter, ParameterBuilder, ParameterIn};
use utoipa::openapi::schema::{AnyOfBuilder, ArrayBuilder, KnownFormat, SchemaFormat, SchemaType};
use utoipa::openapi::{ObjectBuilder, Ref, RefOr, Required, Schema, Type};
use utoipa::{IntoParams, PartialSchema, ToSchema};

use crate::annotation::Ndc;
use crate::codeset::{
    Action, Amount, AscGroup, Betos, Code, Coverage, Date, Decimal, Dose, LaboratoryCertification,
    MultiplePricing, PricingIndicator, Section, TypeOfService, Unit,
};
use crate::history::Changes;
use crate::release::ReleaseId;
use crate::search::{Coded, CodedList, FILTERS, InlineText, Marks, QueryRequest, Takes};

use super::search;

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
    InlineText: "A text", "hemin";
    Code: "A procedure code or a modifier", "J1640";
    Decimal: "An exact decimal number", "0.1";
    Unit: "A unit of measure, or what is counted", "mg";
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
    TypeOfService: "The kind of service that carriers get", "1";
}

/// A dose is the list of its drugs' amounts.
impl PartialSchema for Dose {
    fn schema() -> RefOr<Schema> {
        ArrayBuilder::new().items(Amount::schema()).into()
    }
}

impl ToSchema for Dose {}

impl PartialSchema for CodedList {
    fn schema() -> RefOr<Schema> {
        ArrayBuilder::new().items(Coded::schema()).into()
    }
}

impl ToSchema for CodedList {
    fn name() -> Cow<'static, str> {
        "CodedList".into()
    }
}

impl PartialSchema for Marks {
    fn schema() -> RefOr<Schema> {
        let number = ObjectBuilder::new().schema_type(Type::Integer);
        let range = ArrayBuilder::new().items(number);
        let range = range.description(Some("A half-open range of characters, [start, end)"));
        ArrayBuilder::new().items(range).into()
    }
}

impl ToSchema for Marks {
    fn name() -> Cow<'static, str> {
        "Marks".into()
    }
}

/// The type of a parameter's value.
fn value(takes: Takes) -> RefOr<Schema> {
    let of = |kind: SchemaType| ObjectBuilder::new().schema_type(kind);
    match takes {
        Takes::Flag => of(Type::Boolean.into()).into(),
        Takes::Number => whole_number(search::FURTHEST),
        Takes::Limit => whole_number(search::MOST),
        Takes::Choice(names) => of(Type::String.into())
            .enum_values(Some(names.iter().copied()))
            .into(),
        Takes::List => ArrayBuilder::new().items(of(Type::String.into())).into(),
        Takes::Day => of(Type::String.into())
            .format(Some(SchemaFormat::KnownFormat(KnownFormat::Date)))
            .into(),
        Takes::Any => of(SchemaType::AnyValue).into(),
        _ => of(Type::String.into()).into(),
    }
}

fn whole_number(most: usize) -> RefOr<Schema> {
    let number = ObjectBuilder::new().schema_type(Type::Integer);
    number.minimum(Some(0)).maximum(Some(most)).into()
}

fn query_parameter(parameter: &crate::search::Parameter) -> Parameter {
    ParameterBuilder::new()
        .name(parameter.name)
        .parameter_in(ParameterIn::Query)
        .required(Required::False)
        .description(Some(parameter.help))
        .schema(Some(value(parameter.takes)))
        .build()
}

impl PartialSchema for QueryRequest {
    fn schema() -> RefOr<Schema> {
        let object = ObjectBuilder::new().description(Some("A question"));
        let object = Self::parameters().fold(object, |object, parameter| {
            object.property(parameter.name, value(parameter.takes))
        });
        object.into()
    }
}

impl ToSchema for QueryRequest {}

/// A question in a query string has no `id`, and its words are named `q`.
impl IntoParams for QueryRequest {
    fn into_params(_: impl Fn() -> Option<ParameterIn>) -> Vec<Parameter> {
        let all = Self::parameters().filter(|parameter| parameter.name != "id");
        let described = all.map(|mut parameter| {
            if parameter.name == "query" {
                parameter.name = search::WORDS;
            }
            query_parameter(&parameter)
        });
        described.collect()
    }
}

/// The filters of a search, for routes that take them besides other parameters.
pub(super) struct FilterParameters;

impl IntoParams for FilterParameters {
    fn into_params(_: impl Fn() -> Option<ParameterIn>) -> Vec<Parameter> {
        let is_filter = |name: &str| FILTERS.iter().any(|filter| filter.name == name);
        let filters = QueryRequest::parameters().filter(|parameter| is_filter(parameter.name));
        filters
            .map(|parameter| query_parameter(&parameter))
            .collect()
    }
}

/// The answer of a diff: the changes, or only their summary.
pub(super) struct DiffAnswer;

impl PartialSchema for DiffAnswer {
    fn schema() -> RefOr<Schema> {
        AnyOfBuilder::new()
            .item(Ref::from_schema_name(Changes::name()))
            .item(Ref::from_schema_name(described::ChangesSummary::name()))
            .into()
    }
}

impl ToSchema for DiffAnswer {
    fn schemas(all: &mut Vec<(String, RefOr<Schema>)>) {
        all.push((Changes::name().into(), Changes::schema()));
        Changes::schemas(all);
        let summary = described::ChangesSummary::name();
        all.push((summary.into(), described::ChangesSummary::schema()));
        described::ChangesSummary::schemas(all);
    }
}

/// The JSON of types that write it by hand or by reference.
mod described {
    use utoipa::ToSchema;

    use crate::history::Summary;
    use crate::release::ReleaseId;

    /// How many codes changed from one release to another.
    #[derive(ToSchema)]
    #[expect(dead_code, reason = "only its description is used")]
    pub(super) struct ChangesSummary {
        /// The old release.
        from: ReleaseId,
        /// The new release.
        to: ReleaseId,
        /// How many codes and fields changed.
        summary: Summary,
        /// What looks like a change and is none, because a release is partial.
        notices: Option<Vec<String>>,
    }

    /// A coded value with its meaning.
    #[derive(ToSchema)]
    #[expect(dead_code, reason = "only its description is used")]
    pub(super) struct Coded {
        /// The value as in the record.
        code: String,
        /// CMS's meaning of it; `null` if the value is not listed.
        meaning: Option<String>,
    }
}

impl PartialSchema for Coded {
    fn schema() -> RefOr<Schema> {
        described::Coded::schema()
    }
}

impl ToSchema for Coded {
    fn name() -> Cow<'static, str> {
        described::Coded::name()
    }
}
