//! How a release is fetched: CMS's quarterly-update page → a checked zip in a folder.
//!
//! The only module that speaks HTTP to others; cargo feature `download`, on by default.
//!
//! ```no_run
//! use hcpcs::download::{DownloadOptions, download, newest};
//!
//! let options = DownloadOptions::default();
//! let offer = newest(&options)?;
//! let done = download(&offer, "data".as_ref(), &options, &mut |_, _| {})?;
//! println!("{} in {}", offer.id, done.path.display());
//! # Ok::<(), hcpcs::Error>(())
//! ```

mod http;
mod link;
mod page;
mod zip_file;

use std::path::PathBuf;
use std::time::Duration;

use crate::error::{Error, Result};
use crate::release::ReleaseId;

use self::http::Client;
pub use self::zip_file::download;

/// CMS's page of the quarterly updates.
pub const CMS_PAGE: &str = "https://www.cms.gov/medicare/coding-billing/\
                            healthcare-common-procedure-system/quarterly-update";

/// How to download.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DownloadOptions {
    /// The address of the page whose links are read.
    pub page: String,
    /// How long the server may take to answer, and to send anything more.
    pub timeout: Duration,
}

impl Default for DownloadOptions {
    fn default() -> Self {
        Self {
            page: CMS_PAGE.to_owned(),
            timeout: Duration::from_mins(1),
        }
    }
}

/// A zip that the page links.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Offer {
    /// Which release it is, by the link's name and text.
    pub id: ReleaseId,
    /// Its address.
    pub url: String,
    /// The name under which it is kept.
    pub name: String,
}

/// What was downloaded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Downloaded {
    /// Where it lies.
    pub path: PathBuf,
    /// Whether it was fetched now; the server may say that the file of before is still the newest.
    pub is_new: bool,
}

/// Finds the newest quarterly zip through the links of the page: their names are not regular, so
/// that none is ever made up.
///
/// # Errors
/// The page cannot be fetched, or names no zip of a quarter.
pub fn newest(options: &DownloadOptions) -> Result<Offer> {
    let page = Client::new(options).page()?;
    let offers = page::offers(&page.html, &page.url);
    offers.into_iter().next().ok_or_else(|| {
        let reason = "the page links no zip of a quarter; give the address of the page that does \
                      with --page, or fetch the zip with a browser and run `hcpcs update FILE`";
        Error::download(&page.url, reason)
    })
}
