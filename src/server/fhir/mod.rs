//! stub
pub(super) fn routes() -> axum::Router<std::sync::Arc<super::state::State>> {
    axum::Router::new()
}
