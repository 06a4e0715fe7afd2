//! Properties of the codes in an expansion. R4 has no element for them, so they use the extensions
//! that represent R5's.

use serde::Serialize;

use crate::error::excerpt;
use crate::search::ListedCode;

use super::property::{PROPERTIES, Standing, properties};
use super::refusal::Refusal;
use super::resource::Value;

const DECLARED: &str =
    "http://hl7.org/fhir/5.0/StructureDefinition/extension-ValueSet.expansion.property";
const CONTAINED: &str =
    "http://hl7.org/fhir/5.0/StructureDefinition/extension-ValueSet.expansion.contains.property";

/// An extension with parts.
#[derive(Debug, Serialize)]
pub(super) struct Extension {
    url: &'static str,
    extension: Vec<ExtensionPart>,
}

/// A part of an extension.
#[derive(Debug, Serialize)]
struct ExtensionPart {
    url: &'static str,
    #[serde(flatten)]
    value: Value,
}

/// Refuses an unknown property name.
pub(super) fn is_property(name: &str) -> Result<(), Refusal> {
    if PROPERTIES.iter().any(|own| own == name) {
        return Ok(());
    }
    let name = excerpt(name);
    Err(Refusal::not_supported(format!(
        "there is no property '{name}'; there are {}",
        PROPERTIES.join(", ")
    )))
}

/// The properties that an expansion includes.
pub(super) fn declared(names: &[String]) -> Vec<Extension> {
    let extension = |name: &String| Extension {
        url: DECLARED,
        extension: vec![ExtensionPart {
            url: "code",
            value: Value::Code(name.clone()),
        }],
    };
    names.iter().map(extension).collect()
}

/// The values of a code.
pub(super) fn values(listed: &ListedCode<'_>, names: &[String]) -> Vec<Extension> {
    if names.is_empty() {
        return Vec::new();
    }
    let Some(record) = listed.record() else {
        return Vec::new();
    };
    let all = properties(&record, Standing::of(listed)).into_iter();
    let asked = all.filter(|property| names.contains(&property.code));
    asked
        .map(|property| Extension {
            url: CONTAINED,
            extension: vec![
                ExtensionPart {
                    url: "code",
                    value: Value::Code(property.code),
                },
                ExtensionPart {
                    url: "value",
                    value: property.value,
                },
            ],
        })
        .collect()
}
