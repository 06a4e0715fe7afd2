//! FHIR's operations in OpenAPI: each with its parameters, by GET and by POST.

use utoipa::Modify;
use utoipa::openapi::path::{
    HttpMethod, OperationBuilder, Parameter, ParameterBuilder, ParameterIn, PathItem,
};
use utoipa::openapi::request_body::{RequestBody, RequestBodyBuilder};
use utoipa::openapi::schema::{ArrayBuilder, SchemaType};
use utoipa::openapi::{
    Content, ContentBuilder, ObjectBuilder, OpenApi, Ref, RefOr, Required, ResponseBuilder, Schema,
    Type,
};

use super::operation_table::{Described, Methods, OPERATIONS};

const FHIR: &str = "application/fhir+json";
const JSON: &str = "application/json";

/// The schema and description of a parameter; by default a text.
fn parameter(name: &str) -> (Schema, &'static str) {
    let of = |kind: Type| ObjectBuilder::new().schema_type(SchemaType::new(kind));
    let text = || of(Type::String);
    let number = |least: u8| {
        of(Type::Integer)
            .minimum(Some(least))
            .maximum(Some(u32::MAX))
    };
    let flag = || of(Type::Boolean);
    let (schema, about) = match name {
        "mode" => (
            text(),
            "Which statement: `full`, `normative` or `terminology`",
        ),
        "id" | "_id" => (text(), "The resource's id, such as `hcpcs`"),
        "name" | "title" | "publisher" => {
            (text(), "The beginning of the resource's text of this name")
        }
        "status" => (text(), "The resource's status: `active`"),
        "system" => (text(), "The code system's name"),
        "code" => (text(), "The code"),
        "version" | "systemVersion" => (text(), "A version of the code system, such as `2026-01`"),
        "url" => (text(), "The name of the code system or value set"),
        "valueSetVersion" => (text(), "A version of the value set"),
        "display" => (text(), "The display to compare"),
        "date" => (
            text().pattern(Some("^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$")),
            "The day asked for; else today",
        ),
        "property" => (text(), "A property to give; else all"),
        "displayLanguage" => (text(), "The language of displays; all are English"),
        "filter" => (text(), "Beginnings of words that codes must have"),
        "fuzzy" => (
            flag(),
            "Whether `filter` is searched for: misspelt words and brand names too",
        ),
        "count" => (number(0), "How many codes to give, at most 10,000"),
        "offset" => (number(0), "How many codes to pass over"),
        "activeOnly" => (flag(), "Only codes that are valid on the day"),
        "includeDesignations" => (flag(), "Whether short descriptors are given"),
        "inferSystem" => (
            flag(),
            "Whether `code` is one of the value set's own system",
        ),
        _ => (text(), ""),
    };
    (schema.into(), about)
}

fn described(name: &str) -> Parameter {
    let (schema, about) = parameter(name);
    let is_path = name == "id";
    ParameterBuilder::new()
        .name(name)
        .parameter_in(if is_path {
            ParameterIn::Path
        } else {
            ParameterIn::Query
        })
        .required(if is_path {
            Required::True
        } else {
            Required::False
        })
        .description(Some(about))
        .schema(Some(schema))
        .build()
}

/// The schema of a resource, without its details.
const RESOURCE: &str = "Resource";
/// The resource that takes the parameters of a POST.
const PARAMETERS: &str = "Parameters";

fn resource() -> ObjectBuilder {
    let text = ObjectBuilder::new().schema_type(Type::String);
    ObjectBuilder::new()
        .property("resourceType", text)
        .required("resourceType")
}

fn parameters() -> ObjectBuilder {
    let kind = ObjectBuilder::new()
        .schema_type(Type::String)
        .enum_values(Some([PARAMETERS]));
    let text = ObjectBuilder::new().schema_type(Type::String);
    let parameter = ObjectBuilder::new().property("name", text).required("name");
    ObjectBuilder::new()
        .property("resourceType", kind)
        .required("resourceType")
        .property("parameter", ArrayBuilder::new().items(parameter))
}

fn content(schema: &str) -> Content {
    let schema = Ref::from_schema_name(schema);
    ContentBuilder::new().schema(Some(schema)).build()
}

fn body() -> RequestBody {
    RequestBodyBuilder::new()
        .description(Some("A `Parameters` resource"))
        .content(FHIR, content(PARAMETERS))
        .content(JSON, content(PARAMETERS))
        .required(Some(Required::True))
        .build()
}

fn operation(own: &Described, method: &HttpMethod) -> OperationBuilder {
    let response = |text: &str| {
        let response = ResponseBuilder::new().description(text);
        response.content(FHIR, content(RESOURCE))
    };
    let is_post = *method == HttpMethod::Post;
    let taken = own
        .parameters
        .iter()
        .filter(|name| !is_post || **name == "id");
    OperationBuilder::new()
        .tag("fhir")
        .operation_id(Some(if is_post {
            format!("{}Post", own.id)
        } else {
            own.id.to_owned()
        }))
        .description(Some(own.about))
        .parameters(Some(taken.map(|name| described(name))))
        .request_body(is_post.then(body))
        .response("200", response("The resource"))
        .response("4XX", response("OperationOutcome: what is wrong"))
        .response("503", response("OperationOutcome: too much runs at once"))
}

/// Adds FHIR's operations to a description.
pub(in crate::server) struct FhirPaths;

impl Modify for FhirPaths {
    fn modify(&self, description: &mut OpenApi) {
        let components = description.components.get_or_insert_default();
        for (name, schema) in [(RESOURCE, resource()), (PARAMETERS, parameters())] {
            let schema = RefOr::T(schema.into());
            components.schemas.insert(name.to_owned(), schema);
        }
        for own in OPERATIONS {
            let methods: &[HttpMethod] = match own.methods {
                Methods::Get => &[HttpMethod::Get],
                Methods::Post => &[HttpMethod::Post],
                Methods::Both => &[HttpMethod::Get, HttpMethod::Post],
            };
            let mut item = PathItem::default();
            for method in methods {
                let described = operation(own, method);
                item.merge_operations(PathItem::new(method.clone(), described));
            }
            let path = format!("/fhir/R4/{}", own.path);
            description.paths.paths.insert(path, item);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::operation_table::SEARCH;
    use super::super::parameter_kind::{KINDS, Kind};
    use super::*;

    #[test]
    fn each_parameter_is_read_as_it_is_described() {
        let names = OPERATIONS.iter().flat_map(|own| own.parameters);
        let is_read_elsewhere =
            |name: &&&str| SEARCH.contains(*name) || matches!(**name, "id" | "mode");
        let names = names
            .filter(|name| !is_read_elsewhere(name) || KINDS.iter().any(|own| own.0 == **name));
        for name in names {
            let json = serde_json::to_value(parameter(name).0).unwrap();
            let kind = match (json["type"].as_str(), json.get("pattern")) {
                (Some("boolean"), _) => Kind::Flag,
                (Some("integer"), _) => Kind::Number,
                (_, Some(_)) => Kind::Day,
                _ => Kind::Text,
            };
            assert!(KINDS.contains(&(*name, kind)), "{name}");
        }
    }
}
