//! The day of a question, as a parameter.

use axum::http::Uri;

use crate::codeset::Date;
use crate::server::http::problem::Problem;
use crate::server::http::query_string;

/// Refuses a day that is written without a value, which would be answered for today.
pub(super) fn refuse_blank_day(uri: &Uri) -> Result<(), Problem> {
    query_string::refuse_blanks(uri, |name| name == "as_of")
}

/// Reads a day; a missing or blank one means today.
pub(in crate::server) fn day(name: &str, text: Option<&str>) -> Result<Option<Date>, Problem> {
    let Some(text) = text.map(str::trim).filter(|text| !text.is_empty()) else {
        return Ok(None);
    };
    text.parse().map(Some).map_err(|_| {
        let shown: String = text.chars().take(40).collect();
        Problem::bad(format!(
            "`{name}` cannot be `{shown}`; give a day, `YYYY-MM-DD`"
        ))
    })
}
