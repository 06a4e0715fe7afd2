//! `CodeSystem/$lookup`: everything about a code.

use crate::codeset::{Code, Record};
use crate::error::excerpt;
use crate::search::{ListedCode, Searcher};

use super::edition::Edition;
use super::input::Inputs;
use super::property::{Standing, properties};
use super::refusal::Refusal;
use super::resource::{Coding, Parameter, Parameters, Value};
use super::system::{DESIGNATION_USE, SYSTEM, split, system};

/// FHIR's designation use of the preferred text.
const PREFERRED: Coding = Coding {
    system: "http://terminology.hl7.org/CodeSystem/hl7TermMaintInfra",
    code: String::new(),
};

/// The properties of a code.
pub(super) fn lookup(searcher: &Searcher, inputs: &Inputs) -> Result<Parameters, Refusal> {
    let codes = inputs.codes();
    let given = codes.first().filter(|given| !given.code.is_empty());
    let given = given.ok_or_else(|| Refusal::required("give `code` with `system`, or `coding`"))?;
    let name = given.system.as_deref();
    let name = name.ok_or_else(|| Refusal::required(format!("give `system`: {SYSTEM}")))?;
    if system(name).is_none() {
        return Err(Refusal::not_found(format!(
            "Unable to find code system '{}'; there is {SYSTEM}",
            excerpt(name)
        )));
    }
    let version = given.version.as_deref().or(split(name).1);
    let edition = Edition::of(searcher, inputs, version)?;
    let code: Option<Code> = given.code.parse().ok();
    let listed = code.and_then(|code| edition.listed_code(searcher, code));
    let found = listed.and_then(|listed| Some((listed, listed.record()?)));
    let (listed, record) = found.ok_or_else(|| {
        let text = format!(
            "Unable to find code '{}' in {SYSTEM} version {}",
            excerpt(&given.code),
            edition.version
        );
        let why = edition.why_unknown(searcher, &given.code);
        Refusal::not_found(why.map_or_else(
            || text.clone(),
            |why| format!("{text}; it is {}", why.text()),
        ))
    })?;
    Ok(Parameters::new(parameters(
        &listed, &record, &edition, inputs,
    )))
}

fn parameters(
    listed: &ListedCode<'_>,
    record: &Record,
    edition: &Edition,
    inputs: &Inputs,
) -> Vec<Parameter> {
    let asked: Vec<&str> = inputs
        .all("property")
        .filter_map(|name| name.as_str())
        .collect();
    let asked: Vec<&str> = asked
        .iter()
        .flat_map(|names| names.split(','))
        .map(str::trim)
        .collect();
    let wants = |name: &str| asked.is_empty() || asked.contains(&"*") || asked.contains(&name);
    let display = &record.long_descriptor;
    let mut all = vec![
        Parameter::new("name", Value::String("HCPCSLevelII".to_owned())),
        Parameter::new("system", Value::Uri(SYSTEM.to_owned())),
        Parameter::new("version", Value::String(edition.version_of(listed))),
        Parameter::new("code", Value::Code(listed.code().to_owned())),
        Parameter::new("display", Value::String(display.clone())),
        Parameter::new("abstract", Value::Boolean(false)),
    ];
    if wants("designation") {
        let preferred = Coding {
            code: "preferredForLanguage".to_owned(),
            ..PREFERRED
        };
        let short = Coding {
            system: DESIGNATION_USE,
            code: "short".to_owned(),
        };
        all.push(designation(preferred, display));
        if !record.short_descriptor.is_empty() {
            all.push(designation(short, &record.short_descriptor));
        }
    }
    let properties = properties(record, Standing::of(listed));
    let wanted = properties
        .into_iter()
        .filter(|property| wants(&property.code));
    all.extend(wanted.map(Parameter::from));
    all
}

fn designation(usage: Coding, text: &str) -> Parameter {
    Parameter::parts(
        "designation",
        vec![
            Parameter::new("language", Value::Code("en".to_owned())),
            Parameter::new("use", Value::Coding(usage)),
            Parameter::new("value", Value::String(text.to_owned())),
        ],
    )
}
