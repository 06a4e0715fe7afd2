//! FHIR's operations as OpenAPI lists them: path, purpose, parameters and methods.

/// A path under the base, its purpose, and its parameters; POST takes them as a `Parameters`
/// resource, if it is allowed.
pub(super) struct Described {
    pub(super) path: &'static str,
    pub(super) id: &'static str,
    pub(super) about: &'static str,
    pub(super) parameters: &'static [&'static str],
    pub(super) methods: Methods,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Methods {
    Get,
    Post,
    Both,
}

const LOOKUP: &[&str] = &[
    "system",
    "code",
    "version",
    "date",
    "property",
    "displayLanguage",
];
const VALIDATE: &[&str] = &[
    "url",
    "system",
    "code",
    "version",
    "systemVersion",
    "display",
    "date",
    "activeOnly",
    "inferSystem",
];
pub(super) const SEARCH: &[&str] = &[
    "_id",
    "name",
    "publisher",
    "status",
    "title",
    "url",
    "version",
];
const EXPAND: &[&str] = &[
    "url",
    "valueSetVersion",
    "filter",
    "fuzzy",
    "date",
    "count",
    "offset",
    "activeOnly",
    "includeDesignations",
    "property",
    "displayLanguage",
];

const LOOKUP_HERE: &[&str] = &["id", "code", "date", "property", "displayLanguage"];
const VALIDATE_HERE: &[&str] = &["id", "system", "code", "display", "date", "activeOnly"];
const EXPAND_HERE: &[&str] = &[
    "id",
    "filter",
    "date",
    "count",
    "offset",
    "activeOnly",
    "includeDesignations",
    "property",
];

#[rustfmt::skip]
pub(super) const OPERATIONS: &[Described] = &[
    Described { path: "metadata", id: "fhirMetadata", parameters: &["mode"], methods: Methods::Get,
        about: "What the server can do, and with `mode=terminology` which versions it has." },
    Described { path: "CodeSystem", id: "fhirSearchCodeSystems", parameters: SEARCH, methods: Methods::Get,
        about: "Bundle of the code system's versions, the newest first." },
    Described { path: "CodeSystem/{id}", id: "fhirReadCodeSystem", parameters: &["id"], methods: Methods::Get,
        about: "A version of the code system." },
    Described { path: "CodeSystem/{id}/$lookup", id: "fhirLookupInVersion", parameters: LOOKUP_HERE, methods: Methods::Both,
        about: "Everything about a code of a version." },
    Described { path: "CodeSystem/{id}/$validate-code", id: "fhirValidateCodeInVersion", parameters: VALIDATE_HERE, methods: Methods::Both,
        about: "Whether a code is one of a version." },
    Described { path: "CodeSystem/$lookup", id: "fhirLookup", parameters: LOOKUP, methods: Methods::Both,
        about: "Everything about a code." },
    Described { path: "CodeSystem/$validate-code", id: "fhirValidateCode", parameters: VALIDATE, methods: Methods::Both,
        about: "Whether a code is one of the code system." },
    Described { path: "CodeSystem/$batch-validate-code", id: "fhirValidateCodes", parameters: &[], methods: Methods::Post,
        about: "Whether each of several codes is one of the code system; each is a parameter `validation` with a `Parameters` resource." },
    Described { path: "ValueSet", id: "fhirSearchValueSets", parameters: SEARCH, methods: Methods::Get,
        about: "Bundle of the value set of all codes, empty for other names." },
    Described { path: "ValueSet/{id}", id: "fhirReadValueSet", parameters: &["id"], methods: Methods::Get,
        about: "The value set of all codes." },
    Described { path: "ValueSet/{id}/$expand", id: "fhirExpandAll", parameters: EXPAND_HERE, methods: Methods::Both,
        about: "The codes of the value set of all codes." },
    Described { path: "ValueSet/{id}/$validate-code", id: "fhirValidateCodeInAll", parameters: VALIDATE_HERE, methods: Methods::Both,
        about: "Whether a code is in the value set of all codes." },
    Described { path: "ValueSet/$expand", id: "fhirExpand", parameters: EXPAND, methods: Methods::Both,
        about: "The codes of a value set, by its `url` or as it is sent." },
    Described { path: "ValueSet/$validate-code", id: "fhirValidateCodeInValueSet", parameters: VALIDATE, methods: Methods::Both,
        about: "Whether a code is in a value set." },
    Described { path: "ValueSet/$batch-validate-code", id: "fhirValidateCodesInValueSet", parameters: &[], methods: Methods::Post,
        about: "Whether each of several codes is in a value set; each is a parameter `validation` with a `Parameters` resource." },
];
