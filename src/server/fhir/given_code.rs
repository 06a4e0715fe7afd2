//! `GivenCode`: a code in a request, and its location there.

use serde_json::Value as Json;

use super::input::Inputs;

/// A code in a request, with its system, version and display.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct GivenCode {
    pub(super) system: Option<String>,
    pub(super) version: Option<String>,
    pub(super) code: String,
    pub(super) display: Option<String>,
    /// Its location in the request.
    pub(super) place: String,
    /// Whether it is a coding without a system, which therefore means nothing.
    pub(super) lacks_system: bool,
}

impl Inputs {
    /// The codes in question: `coding`, the codings of a `codeableConcept`, or `code`.
    pub(super) fn codes(&self) -> Vec<GivenCode> {
        if let Some(coding) = self.one("coding") {
            return vec![given(coding, "Coding")];
        }
        if let Some(concept) = self.one("codeableConcept") {
            let codings = concept.get("coding").and_then(Json::as_array);
            let place = |at| format!("CodeableConcept.coding[{at}]");
            let codings = codings.into_iter().flatten().enumerate();
            return codings
                .map(|(at, coding)| given(coding, &place(at)))
                .collect();
        }
        let code = self.text("code").map(|code| GivenCode {
            system: self.text("system"),
            version: self.text("systemVersion").or_else(|| self.text("version")),
            code,
            display: self.text("display"),
            place: String::new(),
            lacks_system: false,
        });
        code.into_iter().collect()
    }
}

fn given(coding: &Json, place: &str) -> GivenCode {
    let text = |name: &str| coding.get(name).and_then(Json::as_str).map(str::to_owned);
    let system = text("system").filter(|system| !system.is_empty());
    GivenCode {
        lacks_system: system.is_none(),
        system,
        version: text("version"),
        code: text("code").unwrap_or_default(),
        display: text("display"),
        place: place.to_owned(),
    }
}

impl GivenCode {
    /// The location of a part of it in the request: `code`, `Coding.code`.
    pub(super) fn at(&self, part: &str) -> String {
        if self.place.is_empty() {
            part.to_owned()
        } else {
            format!("{}.{part}", self.place)
        }
    }

    /// The location of the whole.
    pub(super) fn whole(&self) -> &str {
        if self.place.is_empty() {
            "code"
        } else {
            &self.place
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_location_of_a_code() {
        let body = br#"{"resourceType":"Parameters","parameter":[{"name":"codeableConcept",
            "valueCodeableConcept":{"coding":[{"code":"A"},{"code":"B","display":"b"}]}}]}"#;
        let codes = Inputs::read(&[], body).unwrap().codes();
        assert_eq!(codes[1].at("code"), "CodeableConcept.coding[1].code");
        assert_eq!(codes[1].display.as_deref(), Some("b"));
        assert_eq!(GivenCode::default().at("code"), "code");
    }
}
