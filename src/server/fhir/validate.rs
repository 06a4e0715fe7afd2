//! `$validate-code`, of the code system and of a value set: whether a code is one, and what is
//! to be heeded.

use crate::codeset::Code;
use crate::release::Scope;
use crate::search::{Listed, Searcher, Status};

use super::code_system;
use super::edition::Edition;
use super::input::{GivenCode, Inputs, shown};
use super::resource::{Issue, OperationOutcome, Parameter, Parameters, Refusal, Value};
use super::system::{Named, SYSTEM, split, system};
use super::value_set::ValueSet;

/// What is found of a code.
struct Verdict<'s> {
    given: GivenCode,
    edition: Edition,
    listed: Option<Listed<'s>>,
    /// Whether the code may be one that the release, a fragment of the code system, lacks.
    is_undetermined: bool,
    issues: Vec<Issue>,
}

impl Verdict<'_> {
    fn is_good(&self) -> bool {
        !self.is_undetermined && self.issues.iter().all(|issue| issue.severity != "error")
    }
}

/// Validates a code of the code system.
pub(super) fn of_system(searcher: &Searcher, inputs: &Inputs) -> Result<Parameters, Refusal> {
    let url = inputs.text("url");
    if let Some(url) = url.as_deref().filter(|url| system(url).is_none()) {
        let text = format!(
            "Unable to find code system '{}'; there is {SYSTEM}",
            shown(url)
        );
        return Err(Refusal::not_found(text));
    }
    validate(searcher, inputs, url.as_deref(), None)
}

/// Validates a code of a value set; `here` is its name where the request's path says it.
pub(super) fn of_value_set(
    searcher: &Searcher,
    inputs: &Inputs,
    here: Option<&str>,
) -> Result<Parameters, Refusal> {
    let set = ValueSet::of(searcher, inputs, here)?;
    validate(searcher, inputs, None, Some(&set))
}

fn validate(
    searcher: &Searcher,
    inputs: &Inputs,
    url: Option<&str>,
    set: Option<&ValueSet>,
) -> Result<Parameters, Refusal> {
    let codes: Vec<GivenCode> = inputs.codes();
    if codes.iter().all(|given| given.code.is_empty()) {
        return Err(Refusal::required(
            "give `code`, `coding` or `codeableConcept`",
        ));
    }
    let mut first = None;
    for mut given in codes {
        // A code system's own operation says the system by `url`.
        given.system = given.system.or(url.map(str::to_owned));
        let verdict = verdict(searcher, inputs, given, set)?;
        if verdict.is_good() {
            return Ok(answer(verdict));
        }
        first = first.or(Some(verdict));
    }
    // Of several that are not good, the first says why.
    first
        .map(answer)
        .ok_or_else(|| Refusal::required("give `code`, `coding` or `codeableConcept`"))
}

fn verdict<'s>(
    searcher: &'s Searcher,
    inputs: &Inputs,
    given: GivenCode,
    set: Option<&ValueSet>,
) -> Result<Verdict<'s>, Refusal> {
    let name = given.system.as_deref().unwrap_or(SYSTEM);
    let named = system(name);
    let version = given.version.as_deref().or(split(name).1);
    let code: Option<Code> = given.code.parse().ok().filter(|_| named.is_some());
    let mut issues = Vec::new();
    let of_set = set.filter(|_| version.is_none());
    let of_set = of_set.and_then(|set| of_editions(searcher, set, code));
    let edition = match of_set.map_or_else(|| Edition::of(searcher, inputs, version), Ok) {
        Ok(edition) => edition,
        Err(refusal) if version.is_some() && inputs.text("date").is_none() => {
            let issue = Issue::new("error", "not-found", refusal.text()).of_type("not-found");
            issues.push(issue.at(&given.at("system")));
            Edition::of(searcher, &Inputs::default(), None)?
        }
        Err(refusal) => return Err(refusal),
    };
    match named {
        Some(Named::Canonical) => {}
        Some(Named::Alias) => {
            let text = format!("The system '{}' is an alias of {SYSTEM}", shown(name));
            let issue = Issue::new("information", "informational", text);
            issues.push(issue.of_type("process-note").at(&given.at("system")));
        }
        None => {
            let text = format!(
                "A definition for CodeSystem '{}' could not be found, so the code cannot be validated",
                shown(name)
            );
            let issue = Issue::new("error", "not-found", text).of_type("not-found");
            issues.push(issue.at(&given.at("system")));
        }
    }
    let listed = code.and_then(|code| edition.listed(searcher, code));
    issues.extend(membership(inputs, &given, &edition, listed, set)?);
    let release = code_system::release(searcher, &edition.version);
    let fragment = release.filter(|own| code.is_some_and(|code| own.scope.may_lack(code)));
    let is_unknown = named.is_some() && listed.is_none();
    if is_unknown {
        issues.push(unknown(&given, &edition, fragment.map(|own| &own.scope)));
    }
    if let Some(listed) = &listed {
        issues.extend(wrong_display(listed, &given));
        issues.extend(not_yet_valid(listed, &given, &edition));
        issues.extend(inactive(listed, &given));
    }
    Ok(Verdict {
        given,
        edition,
        listed,
        is_undetermined: is_unknown && fragment.is_some(),
        issues,
    })
}

/// The edition of a value set that has a code; where none has it, the first.
fn of_editions(searcher: &Searcher, set: &ValueSet, code: Option<Code>) -> Option<Edition> {
    let has = |edition: &&Edition| {
        let listed = code.and_then(|code| edition.listed(searcher, code));
        listed.is_some_and(|listed| set.has(&listed, edition))
    };
    let own = set.editions.iter().find(has);
    own.or(set.editions.first()).cloned()
}

/// That a code is not valid yet on the day asked for. A version asked for has it all the same.
fn not_yet_valid(listed: &Listed<'_>, given: &GivenCode, edition: &Edition) -> Option<Issue> {
    let added = listed.added().filter(|_| !edition.has(listed))?;
    let text = format!(
        "The code '{}' is not valid until {added}, so it is none on {}",
        listed.code(),
        edition.day
    );
    let issue = Issue::new("error", "code-invalid", text).of_type("invalid-code");
    Some(issue.at(&given.at("code")))
}

/// That a code is unknown; a fragment of the code system cannot say that there is none.
fn unknown(given: &GivenCode, edition: &Edition, fragment: Option<&Scope>) -> Issue {
    let text = format!(
        "Unknown code '{}' in the CodeSystem '{SYSTEM}' version '{}'",
        shown(&given.code),
        edition.version
    );
    let issue = match fragment {
        None => Issue::new("error", "code-invalid", text),
        Some(scope) => {
            let note = format!(
                "{text}; that version is a fragment of the code system, {scope}, so the code may \
                 be one that it lacks"
            );
            Issue::new("warning", "code-invalid", note)
        }
    };
    issue.of_type("invalid-code").at(&given.at("code"))
}

/// That a code is not in the value set, if it is not.
fn membership(
    inputs: &Inputs,
    given: &GivenCode,
    edition: &Edition,
    listed: Option<Listed<'_>>,
    set: Option<&ValueSet>,
) -> Result<Option<Issue>, Refusal> {
    let Some(set) = set else {
        return Ok(None);
    };
    let active_only = set.active_only || inputs.flag("activeOnly")?.unwrap_or(false);
    let may = |listed: Listed<'_>| !active_only || listed.status() == Status::Valid;
    let is_in = listed.is_some_and(|listed| may(listed) && set.has(&listed, edition));
    if is_in {
        return Ok(None);
    }
    let code = shown(&given.code);
    let name = given
        .system
        .as_deref()
        .filter(|name| system(name).is_none())
        .map_or(SYSTEM.to_owned(), shown);
    let set = set
        .url
        .as_deref()
        .map_or_else(String::new, |url| format!(" '{url}'"));
    let text = format!("The provided code '{name}#{code}' was not found in the value set{set}");
    let issue = Issue::new("error", "code-invalid", text).of_type("not-in-vs");
    Ok(Some(issue.at(&given.at("code"))))
}

fn wrong_display(listed: &Listed<'_>, given: &GivenCode) -> Option<Issue> {
    let display = given
        .display
        .as_deref()
        .filter(|display| !display.is_empty())?;
    let plain = |text: &str| {
        let words: Vec<&str> = text.split_whitespace().collect();
        words.join(" ").to_lowercase()
    };
    let known = [listed.long_descriptor(), listed.short_descriptor()];
    if known.iter().any(|known| plain(known) == plain(display)) {
        return None;
    }
    let text = format!(
        "Wrong Display Name '{}' for {SYSTEM}#{}. Valid display is '{}' (en)",
        shown(display),
        listed.code(),
        listed.long_descriptor()
    );
    let issue = Issue::new("error", "invalid", text).of_type("invalid-display");
    Some(issue.at(&given.at("display")))
}

fn inactive(listed: &Listed<'_>, given: &GivenCode) -> Option<Issue> {
    if listed.status() == Status::Valid {
        return None;
    }
    let text = format!(
        "The concept '{}' has a status of inactive and its use should be reviewed",
        listed.code()
    );
    let issue = Issue::new("warning", "business-rule", text).of_type("code-comment");
    Some(issue.at(given.whole()))
}

fn answer(verdict: Verdict<'_>) -> Parameters {
    let is_good = verdict.is_good();
    let Verdict {
        given,
        edition,
        listed,
        is_undetermined: _,
        issues,
    } = verdict;
    let code = listed.map_or(given.code, |listed| listed.code().to_owned());
    let foreign = given.system.filter(|name| system(name).is_none());
    let is_foreign = foreign.is_some();
    let name = foreign.unwrap_or_else(|| SYSTEM.to_owned());
    let mut all = vec![
        Parameter::new("result", Value::Boolean(is_good)),
        Parameter::new("code", Value::Code(code)),
        Parameter::new("system", Value::Uri(name)),
    ];
    if !is_foreign {
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
    let told = issues
        .iter()
        .filter(|issue| issue.severity != "information");
    let told: Vec<&str> = told.map(Issue::text).collect();
    if !told.is_empty() {
        all.push(Parameter::new("message", Value::String(told.join("; "))));
    }
    if !issues.is_empty() {
        all.push(Parameter::outcome("issues", OperationOutcome::new(issues)));
    }
    Parameters::new(all)
}
