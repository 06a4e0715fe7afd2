//! The protocol over HTTP (streamable, without sessions), so any replica can answer any request.

use std::sync::Arc;

use axum::Router;
use axum::middleware::from_fn_with_state;
use rmcp::transport::streamable_http_server::session::never::NeverSessionManager;
use rmcp::transport::{StreamableHttpServerConfig, StreamableHttpService};

use super::Mcp;
use crate::server::http::origin::{Origins, check_origin};
use crate::server::state::State;

/// The size limit of a message, in bytes.
const MOST: usize = 1 << 20;

/// The route for agents, and for pages of some origins.
pub(in crate::server) fn routes(state: &Arc<State>, origins: &[String]) -> Router<Arc<State>> {
    let agent = Mcp {
        state: Arc::clone(state),
    };
    // Hosts are checked for every request.
    let config = StreamableHttpServerConfig::default()
        .with_legacy_session_mode(false)
        .with_json_response(true)
        .disable_allowed_hosts()
        .disable_allowed_origins()
        .with_max_request_body_bytes(MOST);
    let sessions = Arc::new(NeverSessionManager::default());
    let service = StreamableHttpService::new(move || Ok(agent.clone()), sessions, config);
    Router::new()
        .route_service("/mcp", service)
        .layer(from_fn_with_state(Origins::new(origins), check_origin))
}
