//! The HTTP client: requests a page, a file or the rest of one.

use std::io::Read as _;
use std::time::{Duration, SystemTime};

use jiff::Timestamp;
use jiff::fmt::rfc2822;
use ureq::http::{Response, StatusCode, header};
use ureq::{Agent, Body, ResponseExt as _};

use crate::error::{Error, Remedy, Result};

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

/// The size limit of a page; CMS's have a tenth of it.
const LARGEST_PAGE: u64 = 8 << 20;

const MOST_REDIRECTS: u32 = 10;

/// The total timeout of a page or a file, however steadily it arrives. CMS's take seconds.
pub(super) const MAX_TIME: Duration = Duration::from_mins(15);

/// The HTTP client.
pub(super) struct Client<'o> {
    agent: Agent,
    options: &'o DownloadOptions,
}

/// A page as received, and its address after redirects.
pub(super) struct Page {
    pub(super) url: String,
    pub(super) html: String,
}

impl<'o> Client<'o> {
    pub(super) fn new(options: &'o DownloadOptions) -> Self {
        let config = Agent::config_builder()
            .user_agent(concat!("hcpcs/", env!("CARGO_PKG_VERSION")))
            // a request that begins encrypted must stay so
            .https_only(is_encrypted(&options.page))
            .http_status_as_error(false)
            .max_redirects(MOST_REDIRECTS)
            .timeout_global(Some(MAX_TIME))
            .timeout_connect(Some(options.timeout))
            .timeout_recv_response(Some(options.timeout))
            .timeout_per_read(Some(options.timeout));
        Self {
            agent: config.build().into(),
            options,
        }
    }

    /// Fetches the page whose links are read.
    pub(super) fn page(&self) -> Result<Page> {
        let url = &self.options.page;
        let mut response = self.get(url, &[])?;
        let url = response.get_uri().to_string();
        if response.status() != StatusCode::OK {
            return Err(refused(&url, response.status()));
        }
        let mut bytes = Vec::new();
        let reader = response.body_mut().as_reader();
        let read = reader.take(LARGEST_PAGE).read_to_end(&mut bytes);
        read.map_err(|cause| {
            let reason = format!("the page was cut short: {cause}; try again later");
            Error::download(&url, reason)
        })?;
        let html = String::from_utf8_lossy(&bytes).into_owned();
        Ok(Page { url, html })
    }

    /// Requests a file: from a byte on, or only if it is newer than a time, or all of it.
    pub(super) fn file(
        &self,
        url: &str,
        from: u64,
        since: Option<SystemTime>,
    ) -> Result<Response<Body>> {
        let since = since.and_then(|time| http_date(Timestamp::try_from(time).ok()?));
        if from > 0 {
            return self.get(url, &[(header::RANGE, format!("bytes={from}-"))]);
        }
        match since {
            Some(since) => self.get(url, &[(header::IF_MODIFIED_SINCE, since)]),
            None => self.get(url, &[]),
        }
    }

    fn get(&self, url: &str, headers: &[(header::HeaderName, String)]) -> Result<Response<Body>> {
        let request = self.agent.get(url);
        let request = headers.iter().fold(request, |request, (name, value)| {
            request.header(name, value)
        });
        request
            .call()
            .map_err(|cause| no_answer(url, &cause, self.options.timeout))
    }
}

/// Whether an address begins with `https:`, in whatever case.
fn is_encrypted(url: &str) -> bool {
    let scheme = url.trim_start().split(':').next().unwrap_or_default();
    scheme.eq_ignore_ascii_case("https")
}

/// Why there was no response.
fn no_answer(url: &str, cause: &ureq::Error, timeout: Duration) -> Error {
    let (reason, remedy) = match cause {
        ureq::Error::Timeout(_) => {
            let seconds = timeout.as_secs_f32();
            let reason = format!("the server did not answer within {seconds} seconds");
            (reason, Remedy::WaitLonger)
        }
        ureq::Error::HostNotFound => {
            let reason = "there is no such server, or no network".to_owned();
            (reason, Remedy::FetchByHand)
        }
        ureq::Error::BadUri(_) => ("is no address of the web".to_owned(), Remedy::NamePage),
        other => (format!("no answer: {other}"), Remedy::FetchByHand),
    };
    Error::download(url, reason).with(remedy)
}

/// Why the response is an error.
pub(super) fn refused(url: &str, status: StatusCode) -> Error {
    let reason = format!("the server answers {status}");
    Error::download(url, reason).with(Remedy::FetchByHand)
}

/// When the file last changed on the server, if the server says so.
pub(super) fn last_modified(response: &Response<Body>) -> Option<SystemTime> {
    let text = response
        .headers()
        .get(header::LAST_MODIFIED)?
        .to_str()
        .ok()?;
    let time = rfc2822::DateTimeParser::new().parse_timestamp(text).ok()?;
    Some(time.into())
}

fn http_date(time: Timestamp) -> Option<String> {
    let printer = rfc2822::DateTimePrinter::new();
    printer.timestamp_to_rfc9110_string(&time).ok()
}

/// The offset of the response's first byte, and the size of the whole file.
pub(super) fn extent(response: &Response<Body>) -> Option<(u64, Option<u64>)> {
    let text = |name| response.headers().get(name)?.to_str().ok();
    if response.status() != StatusCode::PARTIAL_CONTENT {
        let length = text(header::CONTENT_LENGTH).and_then(|length| length.parse().ok());
        return Some((0, length));
    }
    let range = text(header::CONTENT_RANGE)?.strip_prefix("bytes ")?;
    let (range, total) = range.split_once('/')?;
    Some((range.split_once('-')?.0.parse().ok()?, total.parse().ok()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_scheme_has_no_case() {
        for url in ["https://x", "HTTPS://x", " Https://x"] {
            assert!(is_encrypted(url), "{url}");
        }
        assert!(!is_encrypted("http://x/https:"));
    }
}
