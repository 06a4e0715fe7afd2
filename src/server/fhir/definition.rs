//! Definitions of value sets: finding the requested one, its imports, and the limits.

use std::cell::Cell;
use std::collections::HashMap;

use serde_json::Value as Json;

use crate::codeset::Code;
use crate::error::excerpt;
use crate::search::Searcher;

use super::edition::Edition;
use super::filter::Filter;
use super::input::Inputs;
use super::refusal::Refusal;
use super::system::{split, system, value_set};
use super::value_set::{Part, ValueSet};

/// The maximum of `include` and `exclude` of a definition, including its imports.
const MAX_PARTS: usize = 100;
/// The maximum of its filters, and of regular expressions among them.
const MAX_FILTERS: usize = 100;
const MAX_PATTERNS: usize = 16;
/// The maximum depth of imports.
const MAX_DEPTH: usize = 8;
/// The versions of THO's value set of all codes; none of them is a version of the code system.
pub(super) const OWN_VERSIONS: [&str; 4] = ["3.0.0", "2.0.0", "1.0.0", "2014-03-26"];

/// Finds and parses the value sets of a request.
struct Definitions<'r> {
    searcher: &'r Searcher,
    inputs: &'r Inputs,
    parts: Cell<usize>,
    filters: Cell<usize>,
    patterns: Cell<usize>,
}

/// The value set that is asked for: by `url`, by its place, or as it is sent.
pub(super) fn asked(
    searcher: &Searcher,
    inputs: &Inputs,
    here: Option<&str>,
) -> Result<ValueSet, Refusal> {
    let definitions = Definitions {
        searcher,
        inputs,
        parts: Cell::new(0),
        filters: Cell::new(0),
        patterns: Cell::new(0),
    };
    if let Some(definition) = inputs.one("valueSet") {
        return definitions.read(definition, 0);
    }
    let url = inputs.text("url").or(here.map(str::to_owned));
    let url = url.ok_or_else(|| {
        Refusal::required("give `url`, the name of a value set, or `valueSet`, its definition")
    })?;
    let version = inputs.text("valueSetVersion");
    definitions.named(&url, version.as_deref(), None, 0)
}

impl Definitions<'_> {
    fn edition(&self, version: Option<&str>) -> Result<Edition, Refusal> {
        Edition::of(self.searcher, self.inputs, version)
    }

    /// The value set with a URL: one that was sent with the request, one contained in another, or
    /// the one of all codes.
    fn named(
        &self,
        url: &str,
        version: Option<&str>,
        inside: Option<&Json>,
        depth: usize,
    ) -> Result<ValueSet, Refusal> {
        let (name, pinned) = split(url);
        let version = version.or(pinned);
        if let Some(id) = name.strip_prefix('#') {
            let contained = inside.and_then(|own| own.get("contained")?.as_array());
            let mut contained = contained.into_iter().flatten();
            let definition = contained.find(|own| own["id"] == id);
            let definition = definition.ok_or_else(|| unknown(url))?;
            return self.read(definition, depth);
        }
        let is_it = |definition: &&Json| {
            let own = definition["version"].as_str();
            definition["url"] == name && version.is_none_or(|version| own == Some(version))
        };
        if let Some(definition) = self.inputs.all("tx-resource").find(is_it) {
            return self.read(definition, depth);
        }
        let known = value_set(name).ok_or_else(|| {
            let whole = version.map_or(name.to_owned(), |version| format!("{name}|{version}"));
            unknown(&whole)
        })?;
        let own = version.filter(|version| OWN_VERSIONS.contains(version));
        let edition = self.edition(if own.is_some() { None } else { version });
        Ok(ValueSet {
            url: Some(known),
            version: own.map(str::to_owned),
            editions: vec![edition?],
            ..ValueSet::default()
        })
    }

    /// Parses a definition.
    fn read(&self, definition: &Json, depth: usize) -> Result<ValueSet, Refusal> {
        if depth > MAX_DEPTH {
            return Err(Refusal::too_costly(format!(
                "value sets import each other more than {MAX_DEPTH} deep, or in a circle"
            )));
        }
        let wrong = |text: &str| Refusal::invalid(text);
        let is_value_set = definition["resourceType"] == "ValueSet";
        let compose = definition.get("compose").filter(|_| is_value_set);
        let compose =
            compose.ok_or_else(|| wrong("`valueSet` is no ValueSet with a `compose`; send one"))?;
        self.add_size(compose)?;
        let mut unknown_systems = Vec::new();
        let mut parts = |name: &str| -> Result<Vec<Part>, Refusal> {
            let all = compose.get(name).and_then(Json::as_array);
            let all = all.into_iter().flatten().map(|part| {
                let own = self.part(part, name == "include", definition, depth)?;
                if own.is_foreign && name == "include" {
                    let name = part["system"].as_str().unwrap_or_default();
                    unknown_systems.push(name.to_owned());
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
        for part in include.iter().filter(|part| !part.is_foreign) {
            let imported = part.sets.iter().flat_map(|set| &set.editions);
            let own = part.edition.iter();
            let all = own.chain(imported.filter(|_| part.edition.is_none()));
            for edition in all {
                if !editions.contains(edition) {
                    editions.push(edition.clone());
                }
            }
            let unknown = part.sets.iter().flat_map(|set| set.unknown_systems.clone());
            unknown_systems.extend(unknown);
        }
        let text = |name: &str| definition[name].as_str().map(str::to_owned);
        Ok(ValueSet {
            url: text("url"),
            version: text("version"),
            name: text("name"),
            title: text("title"),
            active_only: compose["inactive"] == false,
            editions,
            unknown_systems,
            include,
            exclude,
        })
    }

    fn part(
        &self,
        part: &Json,
        is_include: bool,
        inside: &Json,
        depth: usize,
    ) -> Result<Part, Refusal> {
        let list = |name: &str| {
            part.get(name)
                .and_then(Json::as_array)
                .into_iter()
                .flatten()
        };
        let sets: Vec<ValueSet> = list("valueSet")
            .map(|url| {
                let url = url.as_str().unwrap_or_default();
                self.named(url, None, Some(inside), depth + 1)
            })
            .collect::<Result<_, _>>()?;
        let (name, own_version) = part["system"].as_str().map_or((None, None), |name| {
            let (name, version) = split(name);
            (Some(name), version)
        });
        let is_foreign = match name {
            Some(name) => system(name).is_none(),
            None if !sets.is_empty() => false,
            None => return Err(Refusal::invalid("an `include` has no `system`; name it")),
        };
        let version = part["version"].as_str().or(own_version);
        let has_edition = !is_foreign && (version.is_some() || (is_include && name.is_some()));
        let code = |concept: &Json| {
            let written = concept["code"].as_str()?;
            // what is no code is named as it is written
            let code = written.to_ascii_uppercase();
            let is_code = code.parse().is_ok_and(|own: Code| own.as_str() == code);
            let code = if is_code { code } else { written.to_owned() };
            Some((code, concept["display"].as_str().map(str::to_owned)))
        };
        let has_concepts = part.get("concept").is_some_and(Json::is_array);
        let filters = list("filter").filter(|_| !is_foreign);
        Ok(Part {
            edition: has_edition.then(|| self.edition(version)).transpose()?,
            codes: has_concepts
                .then(|| list("concept").filter_map(code).collect::<HashMap<_, _>>()),
            filters: filters.map(Filter::read).collect::<Result<_, _>>()?,
            sets,
            is_foreign,
        })
    }

    /// Refuses definitions that exceed the limits of a request, before anything is compiled.
    fn add_size(&self, compose: &Json) -> Result<(), Refusal> {
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
        for (count, own, most, what) in [
            (
                &self.parts,
                part_count,
                MAX_PARTS,
                "`include` and `exclude`",
            ),
            (&self.filters, filter_count, MAX_FILTERS, "filters"),
            (
                &self.patterns,
                pattern_count,
                MAX_PATTERNS,
                "filters by `regex`",
            ),
        ] {
            let given = count.get() + own;
            count.set(given);
            if given > most {
                return Err(Refusal::too_costly(format!(
                    "the value set has {given} {what}; give at most {most}, or list its codes \
                     as concepts"
                )));
            }
        }
        Ok(())
    }
}

/// The error for an unknown value set, with the known one.
fn unknown(url: &str) -> Refusal {
    let all = super::system::VALUE_SETS[0];
    Refusal::not_found(format!(
        "A definition for the value set '{}' could not be found; there is {all}",
        excerpt(url)
    ))
}
