//! Fetches the newest release from CMS into the data folder.

use std::path::PathBuf;
use std::time::Duration;

use hcpcs::download::{DownloadOptions, download, newest};

use super::args::UpdateArguments;
use super::print::{self, Failure};
use super::{place, progress};

/// Fetches the newest release; returns its path.
pub(crate) fn newest_release(arguments: &UpdateArguments) -> Result<PathBuf, Failure> {
    let mut options = DownloadOptions {
        timeout: Duration::from_secs(arguments.timeout.max(1)),
        ..DownloadOptions::default()
    };
    if let Some(page) = &arguments.page {
        options.page.clone_from(page);
    }
    let offer = progress::watch("reading CMS's page", || newest(&options))?;
    print::note(&format!(
        "the newest release is {}: {}",
        offer.id, offer.url
    ));
    let folder = place::data_folder()?;
    let done = progress::bytes(|tell| download(&offer, &folder, &options, tell))?;
    let path = done.path.display();
    print::note(&if done.is_new {
        format!("kept as {path}")
    } else {
        format!("{path} is still the newest")
    });
    Ok(done.path)
}
