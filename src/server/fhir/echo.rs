//! The parameters of an expansion, echoed with their types, and the versions that answer.

use super::input::Inputs;
use super::refusal::Refusal;
use super::resource::{Parameter, Value};
use super::system::SYSTEM;

/// Parameters that are echoed, with their types.
const ECHOED: [(&str, Echo); 14] = [
    ("filter", Echo::String),
    ("fuzzy", Echo::Boolean),
    ("date", Echo::DateTime),
    ("count", Echo::Integer),
    ("offset", Echo::Integer),
    ("activeOnly", Echo::Boolean),
    ("includeDesignations", Echo::Boolean),
    ("includeDefinition", Echo::Boolean),
    ("excludeNested", Echo::Boolean),
    ("displayLanguage", Echo::Code),
    ("property", Echo::String),
    ("system-version", Echo::Uri),
    ("check-system-version", Echo::Uri),
    ("force-system-version", Echo::Uri),
];

#[derive(Clone, Copy)]
enum Echo {
    String,
    DateTime,
    Integer,
    Boolean,
    Code,
    Uri,
}

/// The parameters, echoed with their types, and the versions that answer.
pub(super) fn echoed<'v>(
    inputs: &Inputs,
    versions: impl Iterator<Item = &'v str>,
) -> Result<Vec<Parameter>, Refusal> {
    let mut parameters = Vec::new();
    for (name, kind) in ECHOED {
        let Some(text) = inputs.text(name) else {
            continue;
        };
        let value = match kind {
            Echo::String => Value::String(text),
            Echo::DateTime => Value::DateTime(text),
            Echo::Code => Value::Code(text),
            Echo::Uri => Value::Uri(text),
            Echo::Integer => Value::Integer(inputs.number(name)?.unwrap_or(0).into()),
            Echo::Boolean => Value::Boolean(inputs.flag(name)?.unwrap_or(false)),
        };
        parameters.push(Parameter::new(name, value));
    }
    let mut used: Vec<&str> = Vec::new();
    for version in versions {
        if !used.contains(&version) {
            used.push(version);
        }
    }
    for version in used {
        let used = Value::Uri(format!("{SYSTEM}|{version}"));
        parameters.push(Parameter::new("used-codesystem", used));
    }
    Ok(parameters)
}
