//! stub
use std::path::Path;
/// x
pub fn serve_mcp(folder: &Path) -> crate::Result<()> {
    let _ = folder;
    Ok(())
}
