//! Whether an opened index is the one that its folder names.

use std::path::Path;

use crate::index::Manifest;

use super::searcher::Searcher;

impl Searcher {
    /// Whether the folder still names the generation that was opened. It reads one small file;
    /// a process that runs for long asks from time to time, and opens the index anew.
    ///
    /// `false` also where the folder's manifest cannot be read: opening it says why.
    #[must_use]
    pub fn is_current(&self, folder: &Path) -> bool {
        Manifest::read(folder).is_ok_and(|manifest| manifest == *self.manifest())
    }
}
