//! `/api/v1/status`: what is indexed, from which files.

use std::path::PathBuf;
use std::sync::Arc;

use axum::extract::State as Shared;
use axum::http::Uri;
use axum::response::Response;

use crate::index::Manifest;
use crate::server::parameter;
use crate::server::problem::Problem;
use crate::server::reply;
use crate::server::state::State;

/// What is indexed, from which files; of their paths only the names.
#[utoipa::path(
    get,
    path = "/api/v1/status",
    responses((status = 200, description = "The manifest of the index", body = Manifest))
)]
pub(super) async fn status(
    Shared(state): Shared<Arc<State>>,
    uri: Uri,
) -> Result<Response, Problem> {
    parameter::none(&uri)?;
    Ok(reply::json(&public(state.searcher().manifest())))
}

/// The manifest without the folders of this machine.
pub(in crate::server) fn public(manifest: &Manifest) -> Manifest {
    let mut manifest = manifest.clone();
    let sources = manifest.sources.iter_mut().map(|source| &mut source.source);
    let releases = manifest.releases.iter_mut();
    for path in releases.map(|release| &mut release.source).chain(sources) {
        *path = path.file_name().map(PathBuf::from).unwrap_or_default();
    }
    manifest
}
