//! What is said beside a resource: that the release that answers is old or partial, on which day a
//! code is judged, which properties there are not, and which parameters are not read.

use crate::codeset::Date;
use crate::error::excerpt;
use crate::search::Searcher;

use super::edition::Edition;
use super::input::Inputs;
use super::operation_table::OPERATIONS;
use super::property::PROPERTIES;
use super::system::{split, system};

/// What `$lookup` gives of any code system, by FHIR.
const OF_EVERY_SYSTEM: [&str; 9] = [
    "system",
    "name",
    "version",
    "display",
    "definition",
    "designation",
    "parent",
    "child",
    "code",
];

/// Parameters besides those of the table of operations: resources, rules for versions, and what
/// changes no answer.
const OF_EVERY_OPERATION: [&str; 15] = [
    "_",
    "_format",
    "_pretty",
    "cache-id",
    "check-system-version",
    "codeableConcept",
    "coding",
    "excludeNested",
    "force-system-version",
    "includeDefinition",
    "lenient-display-validation",
    "system-version",
    "tx-resource",
    "validation",
    "valueSet",
];

/// The notices of a request, one sentence each.
pub(super) fn notices(searcher: &Searcher, inputs: &Inputs) -> Vec<String> {
    let given = inputs.codes().into_iter().next();
    let of_code = given.as_ref().and_then(|given| {
        let of_system = given.system.as_deref().and_then(|name| split(name).1);
        given.version.as_deref().or(of_system)
    });
    let url = inputs.text("url");
    let version = of_code.or(url.as_deref().and_then(|url| split(url).1));
    let Ok(edition) = Edition::of(searcher, inputs, version) else {
        return searcher.notices_on(Date::today());
    };
    let mut said = of_edition(searcher, &edition);
    for version in versions_of_definitions(inputs) {
        if let Ok(edition) = Edition::of(searcher, inputs, Some(version)) {
            let others = of_edition(searcher, &edition).into_iter();
            let others: Vec<String> = others.filter(|own| !said.contains(own)).collect();
            said.extend(others);
        }
    }
    let Edition { day, version, .. } = &edition;
    match inputs.text("date") {
        // A year or a month is read as its first day.
        Some(date) if date.len() < 10 => said.push(format!("the date {date} is read as {day}")),
        None if *day != Date::today() => said.push(format!(
            "codes are judged on {day}, the first day of release {version}"
        )),
        _ => {}
    }
    said.extend(unknown_properties(inputs));
    said
}

/// Says of each property that is asked for and not defined that no code has it; an operation that
/// cannot pass it over refuses it.
fn unknown_properties(inputs: &Inputs) -> Option<String> {
    let asked = inputs.all("property").filter_map(|name| name.as_str());
    let asked = asked.flat_map(|names| names.split(',')).map(str::trim);
    let is_known = |name: &str| {
        name.is_empty()
            || name == "*"
            || name.starts_with("lang.")
            || OF_EVERY_SYSTEM.contains(&name)
            || PROPERTIES.iter().any(|own| own == name)
    };
    let unknown = asked.filter(|name| !is_known(name));
    let unknown: Vec<String> = unknown.map(|own| format!("`{}`", excerpt(own))).collect();
    (!unknown.is_empty()).then(|| {
        format!(
            "no code has the property {}; there are {}",
            unknown.join(", "),
            PROPERTIES.join(", ")
        )
    })
}

/// The versions of the code system that value sets of the request name.
fn versions_of_definitions(inputs: &Inputs) -> impl Iterator<Item = &str> {
    let definitions = inputs.all("valueSet").chain(inputs.all("tx-resource"));
    let includes = definitions.filter_map(|own| own["compose"]["include"].as_array());
    includes.flatten().filter_map(|include| {
        system(include["system"].as_str()?)?;
        include["version"].as_str()
    })
}

fn of_edition(searcher: &Searcher, edition: &Edition) -> Vec<String> {
    let Edition {
        day,
        version,
        release,
    } = edition;
    let Some(release) = release else {
        return searcher.notices_on(*day);
    };
    if searcher.release_on(*day) == *version {
        return searcher.notices_on(*day);
    }
    let scope = searcher.scope_of(release);
    let scope = scope.map(|scope| format!("release {release}: {scope}"));
    let is_covered = (release.first_day()..=release.last_day()).contains(day);
    let text = if is_covered {
        format!("release {release} answers, as its version is asked for, as of {day}")
    } else {
        format!(
            "release {release} answers, as its version is asked for; it does not cover {day}, on \
             which codes are judged"
        )
    };
    scope.into_iter().chain([text]).collect()
}

/// Names the parameters that an operation, or the reading of a resource, does not read; a search
/// names its own.
pub(super) fn passed_over(operation: &str, inputs: &Inputs) -> Vec<String> {
    let operation = operation.trim_end_matches('/');
    if matches!(operation, "CodeSystem" | "ValueSet") {
        return Vec::new();
    }
    let last = operation.rsplit('/').next().unwrap_or_default();
    let single = last.replace("$batch-", "$");
    let own = || OPERATIONS.iter().filter(|own| own.path.ends_with(&single));
    let is_read = |name: &str| {
        OF_EVERY_OPERATION.contains(&name) || own().any(|own| own.parameters.contains(&name))
    };
    let mut names: Vec<&str> = inputs.each().map(|(name, _)| name).collect();
    names.retain(|name| !is_read(name));
    names.dedup();
    let said = |name: &&str| {
        let name = excerpt(name);
        let last = excerpt(last);
        format!("`{last}` has no parameter `{name}`; it is passed over")
    };
    names.iter().map(said).collect()
}
