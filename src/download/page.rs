//! The quarterly zips that a page links, the newest first.

use std::cmp::Reverse;

use html5gum::{DefaultEmitter, Token, Tokenizer};

use crate::release::ReleaseId;

use super::link::{join, kept_name, zip_name};

/// A zip that the page links.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Offer {
    /// The release, from the link's name and text.
    pub id: ReleaseId,
    /// Its address.
    pub url: String,
    /// The name under which it is saved.
    pub name: String,
}

/// A link with its text.
struct Link {
    href: String,
    text: String,
}

/// The quarterly zips, ordered by quarter, then those called alphanumeric, then by issue, then by
/// their order on the page.
pub(super) fn offers(html: &str, page: &str) -> Vec<Offer> {
    let links = links(html);
    let mut found: Vec<(bool, Offer)> = links.iter().filter_map(|link| offer(link, page)).collect();
    found.sort_by_key(|(is_alphanumeric, offer)| {
        let ReleaseId { year, quarter, .. } = offer.id;
        Reverse((year, quarter, *is_alphanumeric, offer.id.clone()))
    });
    found.into_iter().map(|(_, offer)| offer).collect()
}

fn offer(link: &Link, page: &str) -> Option<(bool, Offer)> {
    let url = join(page, &link.href)?;
    let name = zip_name(&url)?;
    let id = ReleaseId::from_names(&[name, &link.text])?;
    let letters = format!("{name}{}", link.text).to_lowercase();
    let letters = letters.replace(|letter: char| !letter.is_alphanumeric(), "");
    let is_alphanumeric = letters.contains("alphanumeric") || letters.contains("anweb");
    let name = kept_name(name);
    Some((is_alphanumeric, Offer { id, url, name }))
}

/// The links of a page in their order.
fn links(html: &str) -> Vec<Link> {
    let mut links: Vec<Link> = Vec::new();
    let mut is_open = false;
    let mut emitter = DefaultEmitter::default();
    // text in a script is no link
    emitter.naively_switch_states(true);
    for Ok(token) in Tokenizer::new_with_emitter(html, emitter) {
        match token {
            Token::StartTag(tag) if **tag.name == *b"a" => {
                let href = tag.attributes.get(&b"href"[..]);
                is_open = href.is_some();
                links.extend(href.map(|href| Link {
                    href: String::from_utf8_lossy(href).into_owned(),
                    text: String::new(),
                }));
            }
            Token::EndTag(tag) if **tag.name == *b"a" => is_open = false,
            Token::String(text) if is_open => {
                if let Some(link) = links.last_mut() {
                    link.text += &String::from_utf8_lossy(&text);
                }
            }
            _ => {}
        }
    }
    links
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: &str = "https://www.cms.gov/medicare/quarterly-update";

    fn links_of(html: &str) -> Vec<String> {
        let described = |offer: &Offer| format!("{:#} {}", offer.id, offer.url);
        offers(html, PAGE).iter().map(described).collect()
    }

    #[test]
    fn the_newest_first() {
        let html = r#"<!DOCTYPE html><ul class=x>
            <li><A HREF="/files/zip/october-2025-alpha-numeric-hcpcs-files.zip">October 2025</A>
            <li><a class="x" href='/files/zip/january-2026-alpha-numeric-hcpcs-file.zip?a=1&amp;b=2'>
                <b>January 2026</b> Alpha-Numeric HCPCS File (ZIP)</a>
            <li><a href="/files/zip/january-2026-noc-codes.zip">January 2026 NOC codes</a>
            <li><a href="/files/zip/anweb-july.zip">July 2025 files</a>
            <li><a href="/license?file=/files/zip/april-2026.zip">April 2026, of CPT</a>
            <li><a name="top">no link</a><a href="/about.zip">about</a>
            <!-- <a href="/files/zip/october-2026.zip">October 2026</a> -->
            <script>"<a href='/files/zip/october-2027.zip'>x</a>"</script>"#;
        let expected = [
            "2026-01 https://www.cms.gov/files/zip/january-2026-alpha-numeric-hcpcs-file.zip?a=1&b=2",
            "2026-01 https://www.cms.gov/files/zip/january-2026-noc-codes.zip",
            "2025-10 https://www.cms.gov/files/zip/october-2025-alpha-numeric-hcpcs-files.zip",
            "2025-07 https://www.cms.gov/files/zip/anweb-july.zip",
        ];
        assert_eq!(links_of(html), expected);
    }

    #[test]
    fn later_issues_first_then_the_order_of_the_page() {
        let html = r#"<a href="/a-january-2026-v2.zip">x</a><a href="/a-january-2026-v3.zip">x</a>
            <a href="/b/january-2026.zip">x</a><a href="/c/january-2026.zip">x</a>"#;
        let urls: Vec<String> = offers(html, PAGE)
            .into_iter()
            .map(|offer| offer.url.replace("https://www.cms.gov", ""))
            .collect();
        let expected = [
            "/a-january-2026-v3.zip",
            "/a-january-2026-v2.zip",
            "/b/january-2026.zip",
            "/c/january-2026.zip",
        ];
        assert_eq!(urls, expected);
    }

    #[test]
    fn pages_without_any() {
        assert_eq!(links_of(""), [""; 0]);
        assert_eq!(links_of("<a href=\u{0}><a href='/x.zip"), [""; 0]);
    }
}
