//! Finds the newest quarterly zip.

use super::http::Client;
use super::http::DownloadOptions;
use super::page;
use super::page::Offer;
use crate::error::{Error, Remedy, Result};

/// Finds the newest quarterly zip through the links of the page. File names follow no rule, so none
/// is ever guessed.
///
/// ```no_run
/// use hcpcs::download::{DownloadOptions, download, newest};
///
/// let options = DownloadOptions::default();
/// let offer = newest(&options)?;
/// let downloaded = download(&offer, "data".as_ref(), &options, &mut |bytes, total| {
///     println!("{bytes} bytes of {total:?}");
/// })?;
/// # drop(downloaded);
/// # Ok::<(), hcpcs::Error>(())
/// ```
///
/// # Errors
/// The page cannot be fetched, or names no zip of a quarter.
pub fn newest(options: &DownloadOptions) -> Result<Offer> {
    let page = Client::new(options).page()?;
    let offers = page::offers(&page.html, &page.url);
    offers.into_iter().next().ok_or_else(|| {
        let reason = "the page links no zip of a quarter";
        Error::download(&page.url, reason).with(Remedy::NamePageOrFetch)
    })
}
