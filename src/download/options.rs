//! `DownloadOptions`: where and how to download.

use std::time::Duration;

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
