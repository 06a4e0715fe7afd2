//! Finds CMS's files, which are not part of the repository.

use std::io::Write as _;
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
    let test = std::thread::current().name().unwrap_or("a test").to_owned();
    let note = format!("{test}: skipped, no {} here\n", path.display());
    // not `println!`, which is shown only where a test fails
    let _ = std::io::stderr().write_all(note.as_bytes());
    None
}
