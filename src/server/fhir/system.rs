//! The names of the code system and of the value set of all its codes.

/// The canonical URL of the code system, which all responses use.
pub(super) const SYSTEM: &str = "http://www.cms.gov/Medicare/Coding/HCPCSReleaseCodeSets";
/// The system of designation uses.
pub(super) const DESIGNATION_USE: &str = "urn:hcpcs:designation-use";

/// Accepted URLs of the code system that are in use: CMS's pages, the object identifiers, those of
/// HL7's terminology, of which `HCPCS-all-codes` is of Levels I and II, and CMS's Blue Button.
const ALIASES: [&str; 11] = [
    "https://www.cms.gov/Medicare/Coding/HCPCSReleaseCodeSets",
    "urn:oid:2.16.840.1.113883.6.285",
    "http://terminology.hl7.org/CodeSystem/hcpcs-Level-II",
    "http://terminology.hl7.org/CodeSystem/HCPCS",
    "https://bluebutton.cms.gov/resources/codesystem/hcpcs",
    "https://bluebutton.cms.gov/resources/variables/hcpcs_cd",
    "urn:oid:2.16.840.1.113883.6.14",
    "http://terminology.hl7.org/CodeSystem/HCPCS-all-codes",
    "http://hl7.org/fhir/sid/hcpcs",
    "https://www.cms.gov/medicare/coding-billing/healthcare-common-procedure-system",
    "https://www.cms.gov/Medicare/Coding/MedHCPCSGenInfo",
];

/// The aliases of a code system that has the codes of Level I, CPT, too.
const OF_ALL_LEVELS: [&str; 2] = [ALIASES[6], ALIASES[7]];

/// URLs of the value set of all codes; the last is that of NLM's service.
pub(super) const VALUE_SETS: [&str; 2] = [
    "http://terminology.hl7.org/ValueSet/v3-HealthCareCommonProcedureCodingSystem",
    "http://clinicaltables.nlm.nih.gov/fhir/R4/ValueSet/hcpcs",
];
/// The suffix that turns a code system's URL into that of the value set of all its codes.
const ALL_CODES: &str = "?fhir_vs";

/// Whether a URL is the code system's canonical one or an alias.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Named {
    Canonical,
    Alias,
}

/// Whether a URL is that of the code system; a version may follow after `|`.
pub(super) fn system(name: &str) -> Option<Named> {
    let name = split(name).0;
    if name == SYSTEM {
        return Some(Named::Canonical);
    }
    let is_name = |known: &str| is_spelling(name, known);
    (is_name(SYSTEM) || ALIASES.into_iter().any(is_name)).then_some(Named::Alias)
}

/// Whether a URL is that of a code system with the codes of Level I too, which are not known here.
pub(super) fn is_of_all_levels(name: &str) -> bool {
    let name = split(name).0;
    OF_ALL_LEVELS.iter().any(|known| is_spelling(name, known))
}

/// Whether it is a spelling of a known URL: with or without `urn:oid:`, `www.` and a trailing slash,
/// http, https or neither, in any case.
fn is_spelling(name: &str, known: &str) -> bool {
    fn bare(name: &str) -> &str {
        let mut rest = name;
        for start in ["urn:oid:", "http://", "https://", "www."] {
            let own = rest.get(..start.len());
            if own.is_some_and(|own| own.eq_ignore_ascii_case(start)) {
                rest = &rest[start.len()..];
            }
        }
        rest.strip_suffix('/').unwrap_or(rest)
    }
    bare(name).eq_ignore_ascii_case(bare(known))
}

/// The URL of the value set of all codes in the response, if the request is for it.
pub(super) fn value_set(name: &str) -> Option<String> {
    let name = split(name).0;
    if let Some(of) = name.strip_suffix(ALL_CODES) {
        return system(of).map(|_| format!("{SYSTEM}{ALL_CODES}"));
    }
    let known = VALUE_SETS.iter().find(|known| **known == name);
    known.map(|known| (*known).to_owned())
}

/// A URL and the version after `|`.
pub(super) fn split(name: &str) -> (&str, Option<&str>) {
    match name.split_once('|') {
        Some((name, version)) if !version.is_empty() => (name, Some(version)),
        Some((name, _)) => (name, None),
        None => (name, None),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_in_use() {
        assert_eq!(system(SYSTEM), Some(Named::Canonical));
        assert_eq!(system(&format!("{SYSTEM}|2026-01")), Some(Named::Canonical));
        for alias in ALIASES {
            assert_eq!(system(alias), Some(Named::Alias), "{alias}");
            let all = value_set(&format!("{alias}?fhir_vs")).unwrap();
            assert_eq!(all, format!("{SYSTEM}?fhir_vs"));
        }
        for spelling in [
            "HTTP://WWW.cms.gov/Medicare/Coding/HCPCSReleaseCodeSets/",
            "https://cms.gov/medicare/coding/hcpcsreleasecodesets|2026-01",
            "URN:OID:2.16.840.1.113883.6.14",
            "2.16.840.1.113883.6.285",
            "www.cms.gov/Medicare/Coding/HCPCSReleaseCodeSets",
        ] {
            assert_eq!(system(spelling), Some(Named::Alias), "{spelling}");
        }
        for other in [
            "http://loinc.org",
            "urn:oid:2.16.840.1.113883.6.1",
            "www.cms.gov",
            "",
        ] {
            assert_eq!(system(other), None, "{other}");
        }
        assert_eq!(value_set(VALUE_SETS[0]).unwrap(), VALUE_SETS[0]);
        assert_eq!(value_set(SYSTEM), None);
    }
}
