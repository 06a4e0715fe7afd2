//! The Model Context Protocol, over standard input and output and at `/mcp`: the same answers for
//! agents.
//!
//! Few tools, each with a goal, and all read-only. An answer names its release and file; hits have
//! their rank and the words that were found, without scores.

mod lines;
mod message;

mod code_filters;
mod parameter;
mod schema;

mod answers;
mod claim_lines;
mod tools;

mod output;
mod portion;
mod provenance;
mod shown;
mod summary;

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::middleware::{from_fn, from_fn_with_state};
use rmcp::model::{Implementation, ServerCapabilities, ServerConfig};
use rmcp::service::ServerInitializeError;
use rmcp::transport::streamable_http_server::session::never::NeverSessionManager;
use rmcp::transport::{StreamableHttpServerConfig, StreamableHttpService};
use rmcp::{ServerHandler, ServiceExt as _, tool_handler};

use crate::error::{Error, Result};

use crate::server::computation::check_threads;
use crate::server::http::origin::{Origins, check_origin};
use crate::server::state::State;

use lines::Lines;
use message::{MOST, check_message};

const INSTRUCTIONS: &str = "\
HCPCS Level II codes and modifiers of Medicare (CMS): search by words, brand names or codes; \
look codes up; turn doses into billing units; check claim lines; compare releases. Codes come and go: give `as_of` (YYYY-MM-DD) for the day of \
service, else today is taken. CPT and CDT are not covered. Cite the release that an answer names.";

/// How long the last answers may take to be written.
const LAST_WAIT: Duration = Duration::from_secs(1);

/// Answers an agent.
#[derive(Clone)]
struct Mcp {
    state: Arc<State>,
}

#[tool_handler]
impl ServerHandler for Mcp {
    fn get_info(&self) -> ServerConfig {
        let capabilities = ServerCapabilities::builder().enable_tools().build();
        ServerConfig::new(capabilities)
            .with_server_info(Implementation::new("hcpcs", env!("CARGO_PKG_VERSION")))
            .with_instructions(INSTRUCTIONS)
    }
}

/// Answers an agent over standard input and output until it closes them; meanwhile it switches to
/// each new generation of the index.
///
/// # Errors
///
/// There is no index in a supported format, or the agent violates the protocol.
pub fn serve_mcp(folder: &Path) -> Result<()> {
    let state = Arc::new(State::open(folder, true)?);
    let fail = |cause: std::io::Error| Error::io(folder, "cannot serve the index", cause);
    // One for each direction, and one that computes.
    check_threads(3).map_err(fail)?;
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .map_err(fail)?;
    let served = runtime.block_on(async {
        // An agent needs no notice of a new index.
        tokio::spawn(Arc::clone(&state).watch(Arc::new(|_: &str| {})));
        let Lines { transport, written } = lines::lines();
        let agent = Mcp { state };
        let ended = match agent.serve(transport).await {
            Ok(service) => {
                let ended = service.waiting().await.map(|_| ());
                ended.map_err(|cause| fail(std::io::Error::other(cause)))
            }
            Err(cause) => Err(not_begun(&cause)),
        };
        // Writes the last answers, unless the agent does not read them.
        let _ = tokio::time::timeout(LAST_WAIT, written).await;
        ended
    });
    // Does not wait for the thread that reads standard input.
    runtime.shutdown_background();
    served
}

/// Why a session did not begin: what the client did, which is no fault of the index.
fn not_begun(cause: &ServerInitializeError) -> Error {
    let said = match cause {
        ServerInitializeError::ConnectionClosed(_) => {
            "the client closed standard input before it sent `initialize`".to_owned()
        }
        ServerInitializeError::ExpectedInitializeRequest(_) => {
            "the client's first message was no `initialize`".to_owned()
        }
        other => format!("the client did not begin a session: {other}"),
    };
    Error::query(format!(
        "{said}; let an MCP client start the program, or use `serve`"
    ))
}

/// The route for agents, and for pages of some origins: the protocol over HTTP, streamable and
/// without sessions, so that any replica can answer any request.
pub(super) fn routes(state: &Arc<State>, origins: &[String]) -> Router<Arc<State>> {
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
        .layer(from_fn(check_message))
        .layer(from_fn_with_state(Origins::new(origins), check_origin))
}
