//! Finds CMS's files, which are not part of the repository.

use std::path::PathBuf;

/// The path of a file below the shared folder, `$HCPCS_SHARED` or `../shared`; `None` where it is
/// absent. A test that needs one is `#[ignore]`d, so that a run without the files says how many
/// tests were not run; `.ci/run` runs them where the folder is.
pub(crate) fn shared(name: &str) -> Option<PathBuf> {
    let folder = std::env::var_os("HCPCS_SHARED").map_or_else(
        || PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../shared"),
        PathBuf::from,
    );
    Some(folder.join(name)).filter(|path| path.exists())
}
