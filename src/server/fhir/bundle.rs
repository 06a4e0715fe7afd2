//! Batches: several requests in a batch Bundle or in `$batch-validate-code`.

use axum::response::{IntoResponse as _, Response};
use serde_json::{Value as Json, json};

use super::input::Inputs;
use super::refusal::Refusal;
use super::resource::{Issue, OperationOutcome, Parameter, Parameters};
use crate::server::http::query_string as parameter;

/// The maximum of requests in a batch.
const MOST: usize = 100;

/// A request of a Bundle.
pub(super) struct BatchEntry {
    pub(super) operation: String,
    pub(super) is_read: bool,
    pub(super) inputs: Inputs,
}

/// The requests of a batch; each may be invalid alone.
pub(super) fn entries(bundle: &Json) -> Result<Vec<Result<BatchEntry, Refusal>>, Refusal> {
    if bundle["resourceType"] != "Bundle" || bundle["type"] != "batch" {
        let text = "send a Bundle of type `batch`; nothing else is taken at the base";
        return Err(Refusal::invalid(text));
    }
    let entries = bundle["entry"].as_array().map_or(&[][..], Vec::as_slice);
    check(entries.len())?;
    Ok(entries.iter().map(entry).collect())
}

fn check(given: usize) -> Result<(), Refusal> {
    if given > MOST {
        return Err(Refusal::too_costly(format!(
            "the request has {given} requests in it; give at most {MOST}"
        )));
    }
    Ok(())
}

fn entry(entry: &Json) -> Result<BatchEntry, Refusal> {
    let request = &entry["request"];
    let (Some(method), Some(url)) = (request["method"].as_str(), request["url"].as_str()) else {
        let text = "an entry has no `request` with `method` and `url`";
        return Err(Refusal::required(text));
    };
    let is_read = match method {
        "GET" => true,
        "POST" => false,
        _ => return Err(Refusal::not_supported("an entry is read by GET or POST")),
    };
    let uri = format!("/{}", url.trim_start_matches('/'));
    let uri = uri
        .parse()
        .map_err(|_| Refusal::invalid("the `url` of an entry is none"))?;
    let mut inputs = Inputs::read(&parameter::pairs(&uri)?, b"")?;
    if let Some(resource) = entry.get("resource").filter(|_| !is_read) {
        inputs.read_body(resource.to_string().as_bytes())?;
    }
    Ok(BatchEntry {
        operation: uri.path().trim_start_matches('/').to_owned(),
        is_read,
        inputs,
    })
}

/// The Bundle of the requests' responses.
///
/// What is said beside a resource is the outcome of its response.
pub(super) fn answer(answers: Vec<(u16, Json, Vec<String>)>) -> Json {
    let entry = |(status, resource, said): (u16, Json, Vec<String>)| {
        let mut response = json!({"status": status.to_string()});
        if status >= 400 {
            response["outcome"] = resource;
            return json!({"response": response});
        }
        if !said.is_empty() {
            let issues = said.into_iter().map(Issue::said).collect();
            response["outcome"] = json!(OperationOutcome::new(issues));
        }
        json!({"resource": resource, "response": response})
    };
    let entries: Vec<Json> = answers.into_iter().map(entry).collect();
    let mut bundle = json!({"resourceType": "Bundle", "type": "batch-response"});
    if !entries.is_empty() {
        bundle["entry"] = entries.into();
    }
    bundle
}

/// Performs each `validation` of a request; the request's other parameters apply to all.
pub(super) fn validations(
    inputs: &Inputs,
    said: &[String],
    validate: impl Fn(&Inputs) -> Result<Parameters, Refusal>,
) -> Result<Response, Refusal> {
    let all: Vec<&Json> = inputs.all("validation").collect();
    if all.is_empty() {
        let text = "give each code as a parameter `validation` with a Parameters resource";
        return Err(Refusal::required(text));
    }
    check(all.len())?;
    let one = |own: &Json| -> Result<Parameters, Refusal> {
        let mut given = Inputs::default();
        given.read_body(own.to_string().as_bytes())?;
        given.append(inputs, "validation");
        validate(&given)
    };
    let answers = all.into_iter().map(|own| match one(own) {
        Ok(answer) => Parameter::resource("validation", &answer),
        Err(refusal) => Parameter::resource("validation", &refusal.outcome()),
    });
    Ok(Parameters::new(answers.collect())
        .saying(said)
        .into_response())
}
