//! Issues of a code: that it is unknown, not valid yet, or has ended.

use crate::release::Scope;
use crate::search::{ListedCode, Status};

use super::edition::Edition;
use super::given_code::GivenCode;
use super::input::shown;
use super::resource::Issue;
use super::system::SYSTEM;

/// The issue of a code that is not valid yet on the day. A requested version has it nevertheless.
pub(super) fn not_yet_valid(
    listed: &ListedCode<'_>,
    given: &GivenCode,
    edition: &Edition,
) -> Option<Issue> {
    let added = listed.added().filter(|_| !edition.has(listed))?;
    let text = format!(
        "The code '{}' is not valid until {added}, so it is none on {}",
        listed.code(),
        edition.day
    );
    let issue = Issue::new("error", "code-invalid", text).of_type("invalid-code");
    Some(issue.at(&given.at("code")))
}

/// The issue of an unknown code; a fragment of the code system cannot rule it out.
pub(super) fn unknown(given: &GivenCode, edition: &Edition, fragment: Option<&Scope>) -> Issue {
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

/// The issue of a code that is not valid on the day.
pub(super) fn inactive(listed: &ListedCode<'_>, given: &GivenCode) -> Option<Issue> {
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
