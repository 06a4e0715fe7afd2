//! The resources in responses, as far as the operations need them.

use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use serde_json::Value as Json;

use crate::server::http::reply;
use crate::server::http::reply::FHIR_JSON;

/// `Parameters`: the result of an operation.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Parameters {
    resource_type: &'static str,
    parameter: Vec<Parameter>,
}

impl Parameters {
    pub(super) fn new(parameter: Vec<Parameter>) -> Self {
        Self {
            resource_type: "Parameters",
            parameter,
        }
    }

    /// Adds notices about the result, one sentence each.
    pub(super) fn saying(mut self, said: &[String]) -> Self {
        let notice = |text: &String| Parameter::new("notice", Value::String(text.clone()));
        self.parameter.extend(said.iter().map(notice));
        self
    }
}

impl IntoResponse for Parameters {
    fn into_response(self) -> Response {
        reply::typed(StatusCode::OK, FHIR_JSON, &self)
    }
}

/// One of several named values.
#[derive(Debug, Serialize)]
pub(super) struct Parameter {
    name: &'static str,
    #[serde(flatten)]
    value: Option<Value>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    part: Vec<Parameter>,
    #[serde(skip_serializing_if = "Option::is_none")]
    resource: Option<Json>,
}

impl Parameter {
    pub(super) fn new(name: &'static str, value: Value) -> Self {
        Self {
            name,
            value: Some(value),
            part: Vec::new(),
            resource: None,
        }
    }

    pub(super) fn parts(name: &'static str, part: Vec<Self>) -> Self {
        Self {
            name,
            value: None,
            part,
            resource: None,
        }
    }

    /// A resource.
    pub(super) fn resource(name: &'static str, resource: &impl Serialize) -> Self {
        Self {
            name,
            value: None,
            part: Vec::new(),
            resource: serde_json::to_value(resource).ok(),
        }
    }
}

/// A value of one of FHIR's types.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(super) enum Value {
    #[serde(rename = "valueString")]
    String(String),
    #[serde(rename = "valueCode")]
    Code(String),
    #[serde(rename = "valueUri")]
    Uri(String),
    #[serde(rename = "valueBoolean")]
    Boolean(bool),
    #[serde(rename = "valueInteger")]
    Integer(i64),
    #[serde(rename = "valueDateTime")]
    DateTime(String),
    #[serde(rename = "valueCoding")]
    Coding(Coding),
    #[serde(rename = "valueCanonical")]
    Canonical(String),
    #[serde(rename = "valueCodeableConcept")]
    CodeableConcept(Json),
}

impl Value {
    /// The value as text, as a filter compares it.
    pub(super) fn text(&self) -> String {
        match self {
            Self::String(text)
            | Self::Code(text)
            | Self::Uri(text)
            | Self::Canonical(text)
            | Self::DateTime(text) => text.clone(),
            Self::Boolean(value) => value.to_string(),
            Self::Integer(value) => value.to_string(),
            Self::Coding(coding) => coding.code.clone(),
            Self::CodeableConcept(concept) => concept.to_string(),
        }
    }
}

/// A code of a system.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub(super) struct Coding {
    pub(super) system: &'static str,
    pub(super) code: String,
}

/// `OperationOutcome`: errors and warnings.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct OperationOutcome {
    resource_type: &'static str,
    issue: Vec<Issue>,
}

/// An error or a warning.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Issue {
    pub(super) severity: &'static str,
    code: &'static str,
    details: Details,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    location: Vec<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    expression: Vec<String>,
}

#[derive(Clone, Debug, Serialize)]
struct Details {
    #[serde(skip_serializing_if = "Vec::is_empty")]
    coding: Vec<Coding>,
    text: String,
}

/// The code system of issue types of FHIR's tools.
const ISSUE_TYPE: &str = "http://hl7.org/fhir/tools/CodeSystem/tx-issue-type";

impl Issue {
    pub(super) fn new(severity: &'static str, code: &'static str, text: impl Into<String>) -> Self {
        let details = Details {
            coding: Vec::new(),
            text: text.into(),
        };
        Self {
            severity,
            code,
            details,
            location: Vec::new(),
            expression: Vec::new(),
        }
    }

    /// What is said of the release that answers.
    pub(super) fn said(text: String) -> Self {
        Self::new("information", "informational", text)
    }

    /// Adds the issue type of FHIR's tools.
    pub(super) fn of_type(mut self, kind: &str) -> Self {
        self.details.coding = vec![Coding {
            system: ISSUE_TYPE,
            code: kind.to_owned(),
        }];
        self
    }

    /// Adds the location in the request.
    pub(super) fn at(mut self, place: &str) -> Self {
        self.location = vec![place.to_owned()];
        self.expression = vec![place.to_owned()];
        self
    }

    pub(super) fn text(&self) -> &str {
        &self.details.text
    }

    /// Whether it has this issue type of FHIR's tools.
    pub(super) fn is_type(&self, kind: &str) -> bool {
        self.details.coding.iter().any(|own| own.code == kind)
    }

    /// The same as a warning, if it is an error.
    pub(super) fn no_error(mut self) -> Self {
        if self.severity == "error" {
            self.severity = "warning";
        }
        self
    }
}

impl OperationOutcome {
    pub(super) fn new(issue: Vec<Issue>) -> Self {
        Self {
            resource_type: "OperationOutcome",
            issue,
        }
    }
}
