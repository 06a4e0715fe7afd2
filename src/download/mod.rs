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

mod link;
mod page;

mod http;
mod newest;
mod zip_check;
mod zip_file;

pub use http::{CMS_PAGE, DownloadOptions};
pub use newest::newest;
pub use page::Offer;
pub use zip_file::{Downloaded, download};
