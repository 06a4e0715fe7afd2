//! `$validate-code`, of the code system and of a value set: whether a code is valid, with warnings.

use crate::codeset::Code;
use crate::error::excerpt;
use crate::search::{ListedCode, Searcher, Status};

use super::code_issue::{inactive, not_yet_valid, other_spelling, unclear, unknown};
use super::definition;
use super::edition::{Edition, Why};
use super::given_code::GivenCode;
use super::input::Inputs;
use super::refusal::Refusal;
use super::resource::{Issue, Parameters};
use super::system::{Named, SYSTEM, is_of_all_levels, split, system};
use super::value_set::ValueSet;
use super::verdict::{Verdict, answer};

/// The options of a request that apply to each code.
struct Validation<'r> {
    searcher: &'r Searcher,
    inputs: &'r Inputs,
    set: Option<&'r ValueSet>,
    active_only: bool,
    is_lenient: bool,
    /// Whether the code is one of several codings of a concept.
    is_concept: bool,
}

/// Validates a code of the code system.
pub(super) fn of_system(searcher: &Searcher, inputs: &Inputs) -> Result<Parameters, Refusal> {
    let url = inputs.text("url");
    if let Some(url) = url.as_deref().filter(|url| system(url).is_none()) {
        let text = format!(
            "A definition for CodeSystem '{}' could not be found; there is {SYSTEM}",
            excerpt(url)
        );
        return Err(Refusal::not_found(text));
    }
    validate(
        searcher,
        inputs,
        Some(url.as_deref().unwrap_or(SYSTEM)),
        None,
    )
}

/// Validates a code of a value set; `here` is its name if the request's path has it.
pub(super) fn of_value_set(
    searcher: &Searcher,
    inputs: &Inputs,
    here: Option<&str>,
) -> Result<Parameters, Refusal> {
    let set = definition::asked(searcher, inputs, here)?;
    validate(searcher, inputs, None, Some(&set))
}

fn validate(
    searcher: &Searcher,
    inputs: &Inputs,
    url: Option<&str>,
    set: Option<&ValueSet>,
) -> Result<Parameters, Refusal> {
    let codes: Vec<GivenCode> = inputs.codes();
    let concept = inputs.one("codeableConcept");
    if codes.iter().all(|given| given.code.is_empty()) {
        return Err(Refusal::required(match concept {
            Some(_) => "the `codeableConcept` has no `coding` with a `code`; give one",
            None => "give `code`, `coding` or `codeableConcept`",
        }));
    }
    let concept = concept.filter(|_| inputs.one("coding").is_none());
    let flag = |name: &str| Ok::<_, Refusal>(inputs.flag(name)?.unwrap_or(false));
    let asked = Validation {
        searcher,
        inputs,
        set,
        active_only: set.is_some_and(|set| set.active_only) || flag("activeOnly")?,
        is_lenient: flag("lenient-display-validation")?,
        is_concept: concept.is_some(),
    };
    let infers_system = inputs.flag("inferSystem")? != Some(false);
    let mut verdicts = Vec::new();
    for mut given in codes {
        // In a code system's own operation, `url` is the system.
        if given.system.is_none()
            && let Some(url) = url
        {
            given.system = Some(url.to_owned());
            given.lacks_system = false;
        }
        given.lacks_system |= given.system.is_none() && !infers_system;
        verdicts.push(asked.verdict(given)?);
    }
    Ok(answer(verdicts, set, concept))
}

impl<'r> Validation<'r> {
    fn verdict(&self, given: GivenCode) -> Result<Verdict<'r>, Refusal> {
        let name = given.system.as_deref().unwrap_or(SYSTEM);
        let named = if given.lacks_system {
            None
        } else {
            system(name)
        };
        let version = given.version.as_deref().or(split(name).1);
        let version = version.filter(|_| named.is_some());
        let code: Option<Code> = given.code.parse().ok().filter(|_| named.is_some());
        let (mut issues, mut unknown_system) = (Vec::new(), None);
        let of_set = self.set.filter(|_| version.is_none());
        let of_set = of_set.and_then(|set| of_editions(self.searcher, set, code));
        let edition = of_set.map_or_else(|| Edition::of(self.searcher, self.inputs, version), Ok);
        let edition = match edition {
            Ok(edition) => edition,
            Err(refusal) if version.is_some() && self.inputs.text("date").is_none() => {
                let issue = Issue::new("error", "not-found", refusal.text()).of_type("not-found");
                issues.push(issue.at(&given.at("system")));
                unknown_system = version.map(|version| format!("{SYSTEM}|{version}"));
                Edition::of(self.searcher, &Inputs::default(), None)?
            }
            Err(refusal) => return Err(refusal),
        };
        match named {
            Some(Named::Canonical) => {}
            Some(Named::Alias) => {
                let text = format!("The system '{}' is an alias of {SYSTEM}", excerpt(name));
                let issue = Issue::new("information", "informational", text);
                issues.push(issue.of_type("process-note").at(&given.at("system")));
            }
            None if given.lacks_system => issues.push(self.lacking_system(&given)),
            None => {
                let text = format!(
                    "A definition for CodeSystem '{}' could not be found, so the code cannot be \
                     validated",
                    excerpt(name)
                );
                let issue = Issue::new("error", "not-found", text).of_type("not-found");
                issues.push(issue.at(&given.at("system")));
                unknown_system = Some(name.to_owned());
            }
        }
        let listed = code.and_then(|code| edition.listed_code(self.searcher, code));
        issues.extend(self.membership(&given, &edition, listed));
        let mut is_undetermined = false;
        if named.is_some() && listed.is_none() {
            let reason = edition.why_unknown(self.searcher, &given.code);
            is_undetermined = match &reason {
                Some(Why::Doubt(_)) => true,
                Some(Why::OtherLevel(_)) => is_of_all_levels(name),
                Some(Why::NoCode(_) | Why::NotYetValid(_)) | None => false,
            };
            let text = reason.as_ref().map(Why::text);
            issues.push(unknown(&given, &edition, text, is_undetermined));
        }
        if let Some(listed) = &listed {
            issues.extend(other_spelling(listed, &given));
            issues.extend(self.wrong_display(listed, &given, &edition));
            issues.extend(not_yet_valid(listed, &given, &edition));
            issues.extend(inactive(listed, &given));
            let unclear = unclear(listed, &given, &edition);
            // An ended code is a code too: whether it is active is asked for apart.
            is_undetermined = self.active_only && unclear.is_some();
            issues.extend(unclear);
        }
        Ok(Verdict {
            given,
            edition,
            listed,
            is_undetermined,
            unknown_system,
            issues,
        })
    }

    /// The issue for a code that is not in the value set, with the reason if there is one.
    fn membership(
        &self,
        given: &GivenCode,
        edition: &Edition,
        listed: Option<ListedCode<'_>>,
    ) -> Vec<Issue> {
        let Some(set) = self.set else {
            return Vec::new();
        };
        let is_active = |listed: &ListedCode<'_>| listed.status() == Status::Valid;
        let is_left_out = listed.filter(|listed| self.active_only && !is_active(listed));
        let is_in = is_left_out.is_none() && listed.is_some_and(|own| set.has(&own, edition));
        if is_in {
            return Vec::new();
        }
        let name = set.shown();
        let own = name
            .as_deref()
            .map_or_else(String::new, |name| format!(" '{name}'"));
        // If an included code system is not available here, the code may be one of it.
        if let Some(missing) = set.unknown_systems.first() {
            let text = format!(
                "Unable to check whether the code is in the value set{own} because the code \
                 system '{}' was not found",
                excerpt(missing)
            );
            return vec![Issue::new("warning", "not-found", text).of_type("vs-invalid")];
        }
        let code = excerpt(&given.code);
        let foreign = given
            .system
            .as_deref()
            .filter(|name| system(name).is_none());
        let system = match foreign {
            _ if given.lacks_system => String::new(),
            Some(name) => excerpt(name),
            None => SYSTEM.to_owned(),
        };
        let text =
            format!("The provided code '{system}#{code}' was not found in the value set{own}");
        let (severity, kind) = if self.is_concept {
            ("information", "this-code-not-in-vs")
        } else {
            ("error", "not-in-vs")
        };
        let issue = Issue::new(severity, "code-invalid", text).of_type(kind);
        let mut issues = vec![issue.at(&given.at("code"))];
        if is_left_out.is_some() {
            let text = format!("The code '{code}' is valid but is not active");
            let issue = Issue::new("error", "business-rule", text).of_type("code-rule");
            issues.push(issue.at(&given.at("code")));
        }
        issues
    }

    /// The issue for a coding without a system, which means nothing.
    fn lacking_system(&self, given: &GivenCode) -> Issue {
        let text = "Coding has no system. A code with no system has no defined meaning, and it \
                    cannot be validated. A system should be provided";
        let is_all = self.set.is_none() && !self.is_concept;
        let severity = if is_all { "error" } else { "warning" };
        let issue = Issue::new(severity, "invalid", text).of_type("invalid-data");
        issue.at(given.whole())
    }

    fn wrong_display(
        &self,
        listed: &ListedCode<'_>,
        given: &GivenCode,
        edition: &Edition,
    ) -> Option<Issue> {
        let display = given.display.as_deref();
        let display = display.filter(|display| !display.is_empty())?;
        let plain = |text: &str| {
            let words: Vec<&str> = text.split_whitespace().collect();
            words.join(" ").to_lowercase()
        };
        let own = self.set.and_then(|set| set.display(listed, edition));
        let known = [listed.long_descriptor(), listed.short_descriptor()];
        let mut known = known.into_iter().chain(own);
        if known.any(|known| plain(known) == plain(display)) {
            return None;
        }
        let text = format!(
            "Wrong Display Name '{}' for {SYSTEM}#{}. Valid display is '{}' (en)",
            excerpt(display),
            listed.code(),
            own.unwrap_or(listed.long_descriptor())
        );
        let severity = if self.is_lenient { "warning" } else { "error" };
        let issue = Issue::new(severity, "invalid", text).of_type("invalid-display");
        Some(issue.at(&given.at("display")))
    }
}

/// The edition of a value set that has a code; by default the first.
fn of_editions(searcher: &Searcher, set: &ValueSet, code: Option<Code>) -> Option<Edition> {
    let has = |edition: &&Edition| {
        let listed = code.and_then(|code| edition.listed_code(searcher, code));
        listed.is_some_and(|listed| set.has(&listed, edition))
    };
    let own = set.editions.iter().find(has);
    own.or(set.editions.first()).cloned()
}
