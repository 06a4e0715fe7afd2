//! Style, script and icon, at URLs that change with their content, so that browsers cache them.

use std::sync::LazyLock;

use axum::extract::Path;
use axum::http::{Uri, header};
use axum::response::{IntoResponse as _, Response};

use crate::server::http::problem::Problem;

/// A file of the page.
pub(crate) struct Asset {
    /// Its address.
    pub(crate) path: String,
    kind: &'static str,
    text: &'static str,
}

/// The files of the page.
pub(crate) struct Assets {
    pub(crate) style: Asset,
    pub(crate) script: Asset,
    pub(crate) icon: Asset,
}

pub(crate) static ASSETS: LazyLock<Assets> = LazyLock::new(|| Assets {
    style: Asset::new(
        "page",
        "css",
        "text/css; charset=utf-8",
        include_str!("page.css"),
    ),
    script: Asset::new(
        "page",
        "js",
        "text/javascript; charset=utf-8",
        include_str!("page.js"),
    ),
    icon: Asset::new("icon", "svg", "image/svg+xml", include_str!("icon.svg")),
});

impl Asset {
    fn new(name: &str, ending: &str, kind: &'static str, text: &'static str) -> Self {
        let hash = blake3::hash(text.as_bytes()).to_hex();
        let path = format!("/assets/{name}.{}.{ending}", &hash[..16]);
        Self { path, kind, text }
    }
}

/// Answers with the icon at the default address of browsers.
pub(in crate::server) async fn favicon() -> Response {
    let icon = &ASSETS.icon;
    let headers = [
        (header::CONTENT_TYPE, icon.kind),
        (header::CACHE_CONTROL, "public, max-age=86400"),
    ];
    (headers, icon.text).into_response()
}

/// Answers with a file.
pub(crate) async fn asset(Path(_): Path<String>, uri: Uri) -> Response {
    let assets = &*ASSETS;
    let all = [&assets.style, &assets.script, &assets.icon];
    let Some(asset) = all.into_iter().find(|asset| asset.path == uri.path()) else {
        let detail = "there is no such file; reload the page, which names the newest";
        return Problem::missing(detail).into_response();
    };
    let headers = [
        (header::CONTENT_TYPE, asset.kind),
        (header::CACHE_CONTROL, "public, max-age=31536000, immutable"),
    ];
    (headers, asset.text).into_response()
}
