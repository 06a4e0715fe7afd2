//! `Address`: a path with its parameters, and the URLs one click away from it.

use std::fmt;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use crate::search::QueryRequest;

/// The characters that are encoded in a parameter.
const ENCODED: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'*');

/// The default page size.
pub(crate) const USUAL: usize = 25;

/// A path with its parameters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Address {
    path: &'static str,
    pairs: Vec<(&'static str, String)>,
}

impl Address {
    pub(crate) fn new(path: &'static str) -> Self {
        let pairs = Vec::new();
        Self { path, pairs }
    }

    /// The URL of a question, without default values.
    pub(crate) fn of(path: &'static str, request: &QueryRequest) -> Self {
        let mut address = Self::new(path);
        let query = request.query.trim();
        if !query.is_empty() {
            address.add("q", query);
        }
        if let Some(day) = request.as_of.as_deref().filter(|day| !day.is_empty()) {
            address.add("as_of", day);
        }
        if let Some(sort) = &request.sort {
            address.add("sort", sort);
        }
        for (name, is_set) in [
            ("any_time", request.any_time),
            ("terminated", request.terminated),
            ("exact", request.exact),
            ("notes", request.notes),
            ("explain", request.explain),
        ] {
            if is_set {
                address.add(name, "true");
            }
        }
        if !request.annotations {
            address.add("annotations", "false");
        }
        for (filter, values) in request.filters.iter() {
            for value in values {
                address.add(filter.name, value);
            }
        }
        if let Some(limit) = request.limit.filter(|limit| *limit != USUAL) {
            address.add("limit", &limit.to_string());
        }
        if request.offset > 0 {
            address.add("offset", &request.offset.to_string());
        }
        address
    }

    pub(crate) fn add(&mut self, name: &'static str, value: &str) {
        self.pairs.push((name, value.to_owned()));
    }

    /// With a value of a parameter, or without the parameter.
    pub(crate) fn with(&self, name: &'static str, value: Option<&str>) -> Self {
        let mut address = self.without_page();
        address.pairs.retain(|(own, _)| *own != name);
        if let Some(value) = value {
            address.add(name, value);
        }
        address
    }

    /// With a value of a list added, or removed if it is there.
    pub(crate) fn toggled(&self, name: &'static str, value: &str) -> Self {
        let mut address = self.without_page();
        let before = address.pairs.len();
        address
            .pairs
            .retain(|(own, given)| *own != name || !given.eq_ignore_ascii_case(value));
        if address.pairs.len() == before {
            address.add(name, value);
        }
        address
    }

    /// Without one value of a list.
    pub(crate) fn without_value(&self, name: &'static str, value: &str) -> Self {
        let mut address = self.without_page();
        let is_it =
            |(own, given): &(&str, String)| *own == name && given.eq_ignore_ascii_case(value);
        address.pairs.retain(|pair| !is_it(pair));
        address
    }

    /// With a value of a tree that replaces those above and below it, or with the value removed.
    pub(crate) fn toggled_in_tree(&self, name: &'static str, value: &str) -> Self {
        let address = self.toggled(name, value);
        if address.pairs.len() < self.without_page().pairs.len() {
            return address;
        }
        let mut address = self.without_page();
        address.pairs.retain(|(own, given)| {
            let given = given.to_ascii_uppercase();
            *own != name || !(given.starts_with(value) || value.starts_with(&given))
        });
        address.add(name, value);
        address
    }

    /// The same question with another offset.
    pub(crate) fn page_at(&self, offset: usize) -> Self {
        let mut address = self.without_page();
        if offset > 0 {
            address.add("offset", &offset.to_string());
        }
        address
    }

    fn without_page(&self) -> Self {
        let mut address = self.clone();
        address.pairs.retain(|(name, _)| *name != "offset");
        address
    }

    /// Whether it has a parameter of a name.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.pairs.iter().any(|(own, _)| *own == name)
    }

    /// The parameters except some, for the hidden fields of a form.
    pub(crate) fn but(&self, left_out: &[&str]) -> Vec<(&'static str, String)> {
        let pairs = self.pairs.iter();
        let kept = pairs.filter(|(name, _)| !left_out.contains(name) && *name != "offset");
        kept.cloned().collect()
    }
}

/// The URL of a code's record, on the requested day.
pub(crate) fn of_code(code: &str, as_of: Option<&str>) -> String {
    let code = utf8_percent_encode(code, ENCODED);
    match as_of {
        Some(day) => format!("/codes/{code}?as_of={}", utf8_percent_encode(day, ENCODED)),
        None => format!("/codes/{code}"),
    }
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.path)?;
        for (at, (name, value)) in self.pairs.iter().enumerate() {
            let sign = if at == 0 { '?' } else { '&' };
            write!(f, "{sign}{name}={}", utf8_percent_encode(value, ENCODED))?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn address(pairs: &[(&str, &str)]) -> Address {
        let usual = [("limit", "25")];
        let pairs = usual.iter().chain(pairs).copied();
        Address::of("/", &QueryRequest::from_pairs(pairs).unwrap())
    }

    #[test]
    fn addresses_are_short_and_whole() {
        assert_eq!(address(&[]).to_string(), "/");
        let full = address(&[
            ("query", " a & <b> "),
            ("coverage", "D,C"),
            ("offset", "20"),
        ]);
        let text = "/?q=a%20%26%20%3Cb%3E&coverage=D&coverage=C&offset=20";
        assert_eq!(full.to_string(), text);
        assert_eq!(
            full.toggled("coverage", "d").to_string(),
            "/?q=a%20%26%20%3Cb%3E&coverage=C"
        );
        let tree = address(&[("betos", "O1")]);
        assert_eq!(
            tree.toggled_in_tree("betos", "O1E").to_string(),
            "/?betos=O1E"
        );
        assert_eq!(tree.toggled_in_tree("betos", "O1").to_string(), "/");
        assert_eq!(
            tree.toggled_in_tree("betos", "P").to_string(),
            "/?betos=O1&betos=P"
        );
        let other = address(&[("offset", "40")]);
        assert_eq!(other.toggled("section", "J").to_string(), "/?section=J");
        assert_eq!(other.page_at(60).to_string(), "/?offset=60");
        assert_eq!(other.but(&[]), []);
    }

    #[test]
    fn records_have_addresses() {
        assert_eq!(of_code("J1640", None), "/codes/J1640");
        let day = Some("2026-01-01");
        assert_eq!(of_code("JW", day), "/codes/JW?as_of=2026-01-01");
    }
}
