//! stub
/// x
pub fn serve_mcp() {}
