//! Issues of a code: that it is unknown, written unlike the code system, not valid yet, has ended,
//! or may have ended.

use crate::error::excerpt;
use crate::search::{ListedCode, Status};

use super::edition::Edition;
use super::given_code::GivenCode;
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

/// The issue of an unknown code; `reason` says more. A fragment of the code system cannot rule it
/// out, nor can Level II rule out a code of Level I.
pub(super) fn unknown(
    given: &GivenCode,
    edition: &Edition,
    reason: Option<&str>,
    is_undetermined: bool,
) -> Issue {
    let text = format!(
        "Unknown code '{}' in the CodeSystem '{SYSTEM}' version '{}'",
        excerpt(&given.code),
        edition.version
    );
    let text = reason.map_or_else(|| text.clone(), |reason| format!("{text}; it is {reason}"));
    let severity = if is_undetermined { "warning" } else { "error" };
    let issue = Issue::new(severity, "code-invalid", text);
    issue.of_type("invalid-code").at(&given.at("code"))
}

/// The issue of a code in another case than the code system's, or with blanks around it.
pub(super) fn other_spelling(listed: &ListedCode<'_>, given: &GivenCode) -> Option<Issue> {
    let own = listed.code();
    if given.code == own {
        return None;
    }
    let text = format!(
        "The code '{}' differs from the correct code '{own}' by case or blanks. Although the code \
         system is case insensitive, implementers are encouraged to use the correct code",
        excerpt(&given.code)
    );
    let issue = Issue::new("information", "business-rule", text).of_type("code-rule");
    Some(issue.at(&given.at("code")))
}

/// The issue of a code that is not valid on the day.
pub(super) fn inactive(listed: &ListedCode<'_>, given: &GivenCode) -> Option<Issue> {
    if listed.status() == Status::Valid {
        return None;
    }
    let code = listed.code();
    let text = match listed
        .added()
        .filter(|_| listed.status() == Status::NotYetValid)
    {
        Some(added) => format!("The concept '{code}' is inactive: it is not valid until {added}"),
        None => {
            format!("The concept '{code}' has a status of inactive and its use should be reviewed")
        }
    };
    let issue = Issue::new("warning", "business-rule", text).of_type("code-comment");
    Some(issue.at(given.whole()))
}

/// The issue of a code of which no indexed release says whether it was valid on the day.
pub(super) fn unclear(
    listed: &ListedCode<'_>,
    given: &GivenCode,
    edition: &Edition,
) -> Option<Issue> {
    let why = listed.unclear()?;
    let (code, day) = (listed.code(), edition.day);
    let text = format!("The code '{code}' is not known to be valid on {day}: {why}");
    let issue = Issue::new("warning", "business-rule", text).of_type("code-comment");
    Some(issue.at(&given.at("code")))
}
