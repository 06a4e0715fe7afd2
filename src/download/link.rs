//! A link of a page: its address, and the name of the file there.

/// The address of a link; `None` if it is not a web page.
pub(super) fn join(page: &str, href: &str) -> Option<String> {
    let href = href.trim().split('#').next()?.replace(' ', "%20");
    let (scheme, rest) = page.split_once("://")?;
    let host = rest.split(['/', '?']).next()?;
    let path = rest.get(host.len()..)?.split('?').next()?;
    let folder = &path[..path.rfind('/').map_or(0, |slash| slash + 1)];
    let folder = if folder.is_empty() { "/" } else { folder };
    let lower = href.to_ascii_lowercase();
    if lower.starts_with("https://") || lower.starts_with("http://") {
        Some(href)
    } else if let Some(rest) = href.strip_prefix("//") {
        Some(format!("{scheme}://{rest}"))
    } else if href.starts_with('/') {
        Some(format!("{scheme}://{host}{href}"))
    } else if href.is_empty() || has_scheme(&href) {
        None
    } else {
        Some(format!("{scheme}://{host}{folder}{href}"))
    }
}

/// Whether it begins with a scheme, such as `mailto:`.
fn has_scheme(href: &str) -> bool {
    let before = href.split(['/', '?']).next().unwrap_or_default();
    before.contains(':')
}

/// The file name in an address, if the file is a zip.
pub(super) fn zip_name(url: &str) -> Option<&str> {
    let path = url.split(['?', '#']).next()?;
    let name = path.rsplit('/').next()?;
    name.to_ascii_lowercase().ends_with(".zip").then_some(name)
}

/// The name under which a file is saved: only plain characters, never hidden, and never in another
/// folder.
pub(super) fn kept_name(name: &str) -> String {
    let is_plain = |letter: char| letter.is_ascii_alphanumeric() || "-_.".contains(letter);
    let plain = name.replace("%20", "-");
    let plain = plain.replace(|letter| !is_plain(letter), "_");
    plain.trim_start_matches('.').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_of_a_page() {
        let page = "https://www.cms.gov/medicare/coding/quarterly-update?page=1";
        for (href, url) in [
            ("/files/zip/a.zip", "https://www.cms.gov/files/zip/a.zip"),
            ("a.zip", "https://www.cms.gov/medicare/coding/a.zip"),
            ("//other.gov/a.zip#top", "https://other.gov/a.zip"),
            (" HTTPS://other.gov/a b.zip ", "HTTPS://other.gov/a%20b.zip"),
        ] {
            assert_eq!(join(page, href).as_deref(), Some(url), "{href}");
        }
        for href in ["mailto:a@b.gov", "javascript:x()", "", "#top"] {
            assert_eq!(join(page, href), None, "{href}");
        }
        let bare = join("http://localhost:80", "a.zip");
        assert_eq!(bare.as_deref(), Some("http://localhost:80/a.zip"));
    }

    #[test]
    fn names_of_files() {
        assert_eq!(zip_name("https://a/b/c.ZIP?x=1"), Some("c.ZIP"));
        assert_eq!(zip_name("https://a/b/c.zip/"), None);
        assert_eq!(zip_name("https://a/license?file=/c.zip"), None);
        assert_eq!(kept_name("a%20b(1).zip"), "a-b_1_.zip");
        assert_eq!(kept_name("..%2f..\\x.zip"), "_2f.._x.zip");
    }
}
