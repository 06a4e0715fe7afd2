//! `DownloadOptions`: where and how to download.

use std::time::Duration;

/// CMS's page of the quarterly updates.
pub const CMS_PAGE: &str = "https://www.cms.gov/medicare/coding-billing/\
                            healthcare-common-procedure-system/quarterly-update";

/// Download options.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DownloadOptions {
    /// The address of the page whose links are read.
    pub page: String,
    /// Timeout for the server's response, and for each further read.
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
