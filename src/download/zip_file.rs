//! Downloads a zip to a temporary file, resumes a cut transfer, checks the result, and only then
//! moves it into place.

use std::fs::{self, File};
use std::io::{self, Read, Write as _};
use std::path::{Path, PathBuf};
use std::thread;
use std::time::{Duration, Instant, SystemTime};

use ureq::http::StatusCode;

use crate::error::{Error, Remedy, Result};
use crate::release::ReleaseId;

use super::http::DownloadOptions;
use super::http::{Client, MAX_TIME, extent, last_modified, refused};
use super::page::Offer;
use super::zip_check::check;

/// A larger file is not fetched; CMS's have 3 MiB.
const LARGEST: u64 = 256 << 20;

/// How many attempts in a row may bring no progress.
const ATTEMPTS: u32 = 3;
const PAUSE: Duration = Duration::from_millis(500);

/// A transfer that averages fewer bytes a second is cut and resumed.
const LEAST_RATE: u64 = 1 << 10;
/// How long a transfer may take to reach that rate.
const SETTLING: Duration = Duration::from_secs(20);

/// The result of a download.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Downloaded {
    /// Where it lies.
    pub path: PathBuf,
    /// Whether it was fetched now; the server may report that the existing file is still the
    /// newest.
    pub is_new: bool,
}

/// How an attempt ended.
enum Attempt {
    Done(Fetched),
    /// It was cut, with the reason.
    Cut(String),
}

/// The result of all attempts.
enum Fetched {
    /// The file is complete; with its time of change on the server.
    Whole(Option<SystemTime>),
    /// The existing file is still the newest.
    NotModified,
}

/// Downloads a zip into a folder. A file of the same name is replaced only after the new one is
/// checked to be a zip and a release.
///
/// A transfer that was cut leaves a hidden file that ends in `.part`, from which it resumes: a few
/// times at once, and on the next call. `progress` gets the number of bytes so far and, if the
/// server gives it, the total.
///
/// # Errors
pub fn download(
    offer: &Offer,
    folder: &Path,
    options: &DownloadOptions,
    progress: &mut dyn FnMut(u64, Option<u64>),
) -> Result<Downloaded> {
    fs::create_dir_all(folder)
        .map_err(|cause| Error::io(folder, "cannot make the folder", cause))?;
    let mut transfer = Transfer {
        client: Client::new(options),
        url: &offer.url,
        promised: &offer.id,
        part: folder.join(format!(".{}.part", offer.name)),
        path: folder.join(&offer.name),
        progress,
    };
    let was_begun = transfer.length() > 0;
    let mut fetched = transfer.fetch();
    if was_begun && fetched.is_err() && transfer.length() == 0 {
        // the partial file was of another file
        fetched = transfer.fetch();
    }
    match fetched? {
        Fetched::Whole(changed) => transfer.keep(changed),
        Fetched::NotModified => Ok(Downloaded {
            path: transfer.path,
            is_new: false,
        }),
    }
}

struct Transfer<'a> {
    client: Client<'a>,
    url: &'a str,
    /// The release that the page's link names.
    promised: &'a ReleaseId,
    part: PathBuf,
    path: PathBuf,
    progress: &'a mut dyn FnMut(u64, Option<u64>),
}

impl Transfer<'_> {
    /// Fetches the file and checks it; a file that is no release is discarded.
    fn fetch(&mut self) -> Result<Fetched> {
        let fetched = self.run()?;
        if let Fetched::Whole(_) = fetched {
            check(&self.part, self.url, self.promised).inspect_err(|_| self.discard())?;
        }
        Ok(fetched)
    }

    /// Fetches the file, resuming after each cut.
    fn run(&mut self) -> Result<Fetched> {
        let begun = Instant::now();
        let (mut most, mut failures) = (self.length(), 0);
        loop {
            let cut = match self.attempt()? {
                Attempt::Done(fetched) => return Ok(fetched),
                Attempt::Cut(reason) => reason,
            };
            let length = self.length();
            failures = if length > most { 0 } else { failures + 1 };
            most = most.max(length);
            if failures == ATTEMPTS || begun.elapsed() > MAX_TIME {
                let reason = format!(
                    "the transfer was cut after {length} bytes ({cut}); \
                     run the command again, it goes on from there"
                );
                return Err(Error::download(self.url, reason));
            }
            thread::sleep(PAUSE);
        }
    }

    fn attempt(&mut self) -> Result<Attempt> {
        let from = self.length();
        let since = fs::metadata(&self.path).and_then(|data| data.modified());
        let mut response = self.client.file(self.url, from, since.ok())?;
        let begins = match response.status() {
            StatusCode::OK | StatusCode::PARTIAL_CONTENT => extent(&response),
            StatusCode::NOT_MODIFIED if self.path.exists() => {
                return Ok(Attempt::Done(Fetched::NotModified));
            }
            // The file was removed, or a cache answers for another: it is requested whole.
            StatusCode::NOT_MODIFIED => {
                let reason = "the server says that the file is unchanged, and there is none";
                return Ok(Attempt::Cut(reason.to_owned()));
            }
            // the partial file is complete, or is of another file
            StatusCode::RANGE_NOT_SATISFIABLE => None,
            status => return Err(refused(self.url, status)),
        };
        let Some((first, total)) = begins.filter(|(first, _)| [0, from].contains(first)) else {
            self.discard();
            return Ok(Attempt::Cut(
                "the server's file is another by now".to_owned(),
            ));
        };
        if total.is_some_and(|total| total > LARGEST) {
            return Err(self.too_large());
        }
        let changed = last_modified(&response);
        let cut = self.write(first, total, response.body_mut().as_reader())?;
        Ok(cut.map_or(Attempt::Done(Fetched::Whole(changed)), Attempt::Cut))
    }

    /// Appends the response to the partial file; returns why it ended early, if it did.
    fn write(
        &mut self,
        first: u64,
        total: Option<u64>,
        mut body: impl Read,
    ) -> Result<Option<String>> {
        let fail = |cause| Error::io(&self.part, "cannot write what is downloaded", cause);
        let mut options = File::options();
        let options = options.create(true).append(first > 0).write(true);
        let mut file = options
            .truncate(first == 0)
            .open(&self.part)
            .map_err(fail)?;
        let (mut length, mut buffer) = (first, vec![0; 1 << 16]);
        (self.progress)(length, total);
        let begun = Instant::now();
        let cut = loop {
            let took = begun.elapsed();
            if took > SETTLING && length - first < took.as_secs() * LEAST_RATE {
                break Some(format!(
                    "the server sends less than {LEAST_RATE} bytes a second"
                ));
            }
            let read = match body.read(&mut buffer) {
                Ok(0) if total.is_some_and(|total| length < total) => {
                    break Some("the server closed the connection".to_owned());
                }
                Ok(0) => break None,
                Ok(read) => read,
                Err(cause) if cause.kind() == io::ErrorKind::Interrupted => continue,
                Err(cause) => break Some(cause.to_string()),
            };
            let bytes = buffer.get(..read).unwrap_or_default();
            file.write_all(bytes).map_err(fail)?;
            length += bytes.len() as u64;
            if length > LARGEST {
                return Err(self.too_large());
            }
            (self.progress)(length, total);
        };
        file.sync_all().map_err(fail)?;
        Ok(cut)
    }

    /// Moves the file into place, with the server's time, by which a newer one is recognised.
    fn keep(self, changed: Option<SystemTime>) -> Result<Downloaded> {
        let fail = |cause| Error::io(&self.path, "cannot keep what was downloaded", cause);
        if let Some(changed) = changed {
            let file = File::options().append(true).open(&self.part);
            file.and_then(|file| file.set_modified(changed))
                .map_err(fail)?;
        }
        fs::rename(&self.part, &self.path).map_err(fail)?;
        Ok(Downloaded {
            path: self.path,
            is_new: true,
        })
    }

    fn length(&self) -> u64 {
        fs::metadata(&self.part).map_or(0, |data| data.len())
    }

    /// Removes the partial file; if that fails, the next attempt overwrites it.
    fn discard(&self) {
        let _ = fs::remove_file(&self.part);
    }

    fn too_large(&self) -> Error {
        self.discard();
        let reason = format!(
            "the file has more than {} MiB, which no release of CMS has",
            LARGEST >> 20
        );
        Error::download(self.url, reason).with(Remedy::NamePage)
    }
}
