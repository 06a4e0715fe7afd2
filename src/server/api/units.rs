//! `/api/v1/units`: from a dose or a package to billing units.

use std::sync::Arc;

use axum::extract::State as Shared;
use axum::http::Uri;
use axum::response::Response;

use crate::search::{UnitsAnswer, UnitsError, UnitsRequest};
use crate::server::http::problem::Problem;
use crate::server::http::query_string as parameter;
use crate::server::state::State;

use crate::server::http::query_string::refuse_blank_day;

/// Turns a dose or a drug package into billing units of a code on a day.
///
/// Arithmetic on CMS's data, not billing advice.
#[utoipa::path(
    get,
    operation_id = "getUnits",
    path = "/api/v1/units",
    params(UnitsRequest),
    responses(
        (status = 200, description = "The units, and what they were calculated from", body = UnitsAnswer),
        (status = 400, description = "The dose or a parameter is wrong", body = Problem,
            content_type = "application/problem+json"),
        (status = 404, description = "The code is unknown, not valid on the day or states no unit, \
            or nothing is known of the NDC", body = Problem,
            content_type = "application/problem+json"),
    )
)]
pub(super) async fn units(
    Shared(state): Shared<Arc<State>>,
    uri: Uri,
) -> Result<Response, Problem> {
    let answer = state.answer(&uri, |searcher, uri| {
        refuse_blank_day(uri)?;
        let pairs = parameter::pairs(uri)?;
        let pairs = pairs.iter().map(|(name, value)| (&**name, &**value));
        let request = UnitsRequest::from_pairs(pairs)?;
        Ok(searcher.units(&request)?)
    });
    answer.await
}

impl From<UnitsError> for Problem {
    fn from(error: UnitsError) -> Self {
        if error.is_missing() {
            Self::missing(error.to_string())
        } else {
            Self::bad(error.to_string())
        }
    }
}
