//! `Verdict`: the result for a code, and the response of `$validate-code` from the results of all
//! codings.

use serde_json::Value as Json;

use crate::search::{ListedCode, Status};

use super::edition::Edition;
use super::given_code::GivenCode;
use super::resource::{Issue, OperationOutcome, Parameter, Parameters, Value};
use super::system::{SYSTEM, system};
use super::value_set::ValueSet;

/// The result for a code.
pub(super) struct Verdict<'s> {
    pub(super) given: GivenCode,
    pub(super) edition: Edition,
    pub(super) listed: Option<ListedCode<'s>>,
    /// Whether the code may be one that the release, a fragment of the code system, lacks, or is
    /// not known to be active if only active ones are asked for.
    pub(super) is_undetermined: bool,
    /// A code system, or a version of it, that is not available here.
    pub(super) unknown_system: Option<String>,
    pub(super) issues: Vec<Issue>,
}

impl Verdict<'_> {
    fn is_good(&self) -> bool {
        !self.is_undetermined
            && !self.given.lacks_system
            && self.issues.iter().all(|issue| issue.severity != "error")
    }
}

/// The first valid code gives the response, else the first code; issues are collected from all.
pub(super) fn answer(
    verdicts: Vec<Verdict<'_>>,
    set: Option<&ValueSet>,
    concept: Option<&Json>,
) -> Parameters {
    let is_of = |verdict: &Verdict<'_>, kind: &str| {
        let mut issues = verdict.issues.iter();
        issues.any(|issue| issue.is_type(kind))
    };
    // In a concept, the issue of a single coding only says that it is not in the set.
    let is_out = |own: &Verdict<'_>| is_of(own, "this-code-not-in-vs") || is_of(own, "vs-invalid");
    let good = verdicts
        .iter()
        .position(|verdict| verdict.is_good() && !is_out(verdict));
    let unknown_systems = set.map_or(&[][..], |set| &set.unknown_systems);
    let blocked = unknown_systems.first().filter(|_| good.is_none());
    let result = good.is_some();
    let mut issues: Vec<Issue> = Vec::new();
    if concept.is_some() && good.is_none() && blocked.is_none() && set.is_some() {
        let name = set.and_then(ValueSet::shown);
        let name = name.map_or_else(String::new, |name| format!(" '{name}'"));
        let text = format!("No valid coding was found for the value set{name}");
        issues.push(Issue::new("error", "code-invalid", text).of_type("not-in-vs"));
    }
    let mut all = vec![Parameter::new("result", Value::Boolean(result))];
    let chosen = good.unwrap_or(0);
    let mut unknown = Vec::new();
    for (at, verdict) in verdicts.into_iter().enumerate() {
        unknown.extend(verdict.unknown_system.clone());
        let own = verdict.issues.clone().into_iter().map(|issue| {
            // The issues of another coding do not make the concept invalid.
            if result && at != chosen {
                issue.no_error()
            } else {
                issue
            }
        });
        issues.extend(own);
        if at == chosen {
            add_code(&mut all, verdict);
        }
    }
    if let Some(concept) = concept {
        let concept = Value::CodeableConcept(concept.clone());
        all.push(Parameter::new("codeableConcept", concept));
    }
    for name in unknown {
        all.push(Parameter::new("x-unknown-system", Value::Canonical(name)));
    }
    if let Some(name) = blocked {
        let name = Value::Canonical(name.clone());
        all.push(Parameter::new("x-caused-by-unknown-system", name));
    }
    let texts = issues
        .iter()
        .filter(|issue| issue.severity != "information");
    let mut texts: Vec<&str> = texts.map(Issue::text).collect();
    texts.dedup();
    if !texts.is_empty() {
        all.push(Parameter::new("message", Value::String(texts.join("; "))));
    }
    if !issues.is_empty() {
        let outcome = OperationOutcome::new(issues);
        all.push(Parameter::resource("issues", &outcome));
    }
    Parameters::new(all)
}

/// The issues of the code that gives the response.
fn add_code(all: &mut Vec<Parameter>, verdict: Verdict<'_>) {
    let Verdict {
        given,
        edition,
        listed,
        ..
    } = verdict;
    let code = listed.map_or(given.code, |listed| listed.code().to_owned());
    all.push(Parameter::new("code", Value::Code(code)));
    let foreign = given.system.filter(|name| system(name).is_none());
    let is_foreign = foreign.is_some();
    if !given.lacks_system {
        let name = foreign.unwrap_or_else(|| SYSTEM.to_owned());
        all.push(Parameter::new("system", Value::Uri(name)));
    }
    if !is_foreign && !given.lacks_system {
        let version = listed.map_or_else(
            || edition.version.clone(),
            |listed| edition.version_of(&listed),
        );
        all.push(Parameter::new("version", Value::String(version)));
    }
    if let Some(listed) = listed {
        let display = listed.long_descriptor().to_owned();
        all.push(Parameter::new("display", Value::String(display)));
        if listed.status() != Status::Valid {
            all.push(Parameter::new("inactive", Value::Boolean(true)));
        }
    }
}
