//! Which codes a value set has: all of them, or those that its definition composes.

use std::collections::HashSet;

use serde_json::Value as Json;

use crate::search::{Listed, Searcher};

use super::edition::Edition;
use super::filter::{Filter, Values};
use super::input::{Inputs, shown};
use super::resource::Refusal;
use super::system::{split, system, value_set};

/// The most `include` and `exclude` of a definition.
const MAX_PARTS: usize = 100;
/// The most filters of a definition, and how many of them may be regular expressions.
const MAX_FILTERS: usize = 100;
const MAX_PATTERNS: usize = 16;

/// A value set.
#[derive(Debug, Default)]
pub(super) struct ValueSet {
    /// Its name; none where it has none.
    pub(super) url: Option<String>,
    /// Whether it leaves out codes that are not valid on the day asked for.
    pub(super) active_only: bool,
    /// The editions from which it takes codes, each once, in the order in which it names them.
    pub(super) editions: Vec<Edition>,
    /// What is in it; all codes where there is nothing.
    include: Vec<Part>,
    exclude: Vec<Part>,
}

/// An `include` or `exclude`: listed codes, or those that pass all filters.
#[derive(Debug)]
struct Part {
    /// The edition of which it takes or leaves out codes; an `exclude` without a version leaves
    /// them out of all.
    edition: Option<Edition>,
    codes: Option<HashSet<String>>,
    filters: Vec<Filter>,
}

impl ValueSet {
    /// The value set that is asked for: by `url`, by its place, or as it is sent.
    pub(super) fn of(
        searcher: &Searcher,
        inputs: &Inputs,
        here: Option<&str>,
    ) -> Result<Self, Refusal> {
        let edition = |version: Option<&str>| Edition::of(searcher, inputs, version);
        if let Some(definition) = inputs.one("valueSet") {
            return Self::read(definition, edition);
        }
        let url = inputs.text("url").or(here.map(str::to_owned));
        let url = url.ok_or_else(|| {
            Refusal::required("give `url`, the name of a value set, or `valueSet`, its definition")
        })?;
        let is_named = |definition: &&Json| definition["url"] == split(&url).0;
        if let Some(definition) = inputs.all("tx-resource").find(is_named) {
            return Self::read(definition, edition);
        }
        let known = value_set(&url).ok_or_else(|| {
            let all = super::system::VALUE_SETS[0];
            Refusal::not_found(format!(
                "Unable to find value set '{}'; there is {all}",
                shown(&url)
            ))
        })?;
        let version = inputs.text("valueSetVersion");
        let version = version.as_deref().or(split(&url).1);
        Ok(Self {
            url: Some(known),
            editions: vec![edition(version)?],
            ..Self::default()
        })
    }

    /// Reads a definition; `edition` gives what a version stands for.
    fn read(
        definition: &Json,
        edition: impl Fn(Option<&str>) -> Result<Edition, Refusal>,
    ) -> Result<Self, Refusal> {
        let wrong = |text: &str| Refusal::invalid(text);
        let is_value_set = definition["resourceType"] == "ValueSet";
        let compose = definition.get("compose").filter(|_| is_value_set);
        let compose =
            compose.ok_or_else(|| wrong("`valueSet` is no ValueSet with a `compose`; send one"))?;
        check_size(compose)?;
        let parts = |name: &str| -> Result<Vec<Part>, Refusal> {
            let all = compose.get(name).and_then(Json::as_array);
            let all = all.into_iter().flatten().map(|part| {
                let mut own = Part::read(part)?;
                let version = part["version"].as_str();
                if version.is_some() || name == "include" {
                    own.edition = Some(edition(version)?);
                }
                Ok(own)
            });
            all.collect()
        };
        let (include, exclude) = (parts("include")?, parts("exclude")?);
        if include.is_empty() {
            return Err(wrong("`compose` includes nothing; give it an `include`"));
        }
        let mut editions: Vec<Edition> = Vec::new();
        for own in include.iter().filter_map(|part| part.edition.as_ref()) {
            if !editions.contains(own) {
                editions.push(own.clone());
            }
        }
        Ok(Self {
            url: definition["url"].as_str().map(str::to_owned),
            active_only: compose["inactive"] == false,
            editions,
            include,
            exclude,
        })
    }

    /// Whether a code of an edition is in it. An edition that it does not name is asked for by the
    /// code's own version: it has what it takes from no version in particular.
    pub(super) fn has(&self, listed: &Listed<'_>, edition: &Edition) -> bool {
        let is_named = self.editions.contains(edition);
        let takes = |part: &Part| match &part.edition {
            Some(own) => own == edition || (!is_named && own.release.is_none()),
            None => true,
        };
        let values = Values::new(*listed);
        let has = |part: &Part| takes(part) && part.has(&values);
        (self.include.is_empty() || self.include.iter().any(has)) && !self.exclude.iter().any(has)
    }
}

impl Part {
    fn read(part: &Json) -> Result<Self, Refusal> {
        let sets = part
            .get("valueSet")
            .and_then(Json::as_array)
            .map_or(&[][..], Vec::as_slice);
        for url in sets {
            let url = url.as_str().unwrap_or_default();
            if value_set(url).is_none() {
                return Err(Refusal::not_found(format!(
                    "Unable to find value set '{}'",
                    shown(url)
                )));
            }
        }
        match part["system"].as_str() {
            Some(name) if system(name).is_some() => {}
            None if !sets.is_empty() => {}
            Some(name) => {
                let text = format!("Unable to find code system '{}'", shown(name));
                return Err(Refusal::not_found(text));
            }
            None => return Err(Refusal::invalid("an `include` has no `system`; name it")),
        }
        let code = |concept: &Json| concept["code"].as_str().map(str::to_ascii_uppercase);
        let codes = part.get("concept").and_then(Json::as_array);
        let filters = part.get("filter").and_then(Json::as_array);
        Ok(Self {
            edition: None,
            codes: codes.map(|concepts| concepts.iter().filter_map(code).collect()),
            filters: filters
                .into_iter()
                .flatten()
                .map(Filter::read)
                .collect::<Result<_, _>>()?,
        })
    }

    fn has(&self, values: &Values<'_>) -> bool {
        let codes = self.codes.as_ref();
        codes.is_none_or(|codes| codes.contains(values.code()))
            && self.filters.iter().all(|filter| filter.passes(values))
    }
}

/// Refuses a definition that asks for more than one request may, before anything is compiled.
fn check_size(compose: &Json) -> Result<(), Refusal> {
    let parts = ["include", "exclude"]
        .iter()
        .filter_map(|name| compose.get(name)?.as_array())
        .flatten();
    let (mut part_count, mut filter_count, mut pattern_count) = (0, 0, 0);
    for part in parts {
        part_count += 1;
        let filters = part.get("filter").and_then(Json::as_array);
        for filter in filters.into_iter().flatten() {
            filter_count += 1;
            pattern_count += usize::from(filter["op"] == "regex");
        }
    }
    for (given, most, what) in [
        (part_count, MAX_PARTS, "`include` and `exclude`"),
        (filter_count, MAX_FILTERS, "filters"),
        (pattern_count, MAX_PATTERNS, "filters by `regex`"),
    ] {
        if given > most {
            return Err(Refusal::too_costly(format!(
                "the value set has {given} {what}; give at most {most}, or list its codes as \
                 concepts"
            )));
        }
    }
    Ok(())
}
