//! Finds CMS's files, which are not part of the repository.

use std::path::PathBuf;

/// The path of a file below the shared folder: `$HCPCS_SHARED`, else `../shared`.
///
/// Says plainly that a test is skipped where the file is absent.
pub(crate) fn shared(name: &str) -> Option<PathBuf> {
    let folder = std::env::var_os("HCPCS_SHARED").map_or_else(
        || PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../shared"),
        PathBuf::from,
    );
    let path = folder.join(name);
    if path.exists() {
        return Some(path);
    }
    println!("skipped: no {} here", path.display());
    None
}
