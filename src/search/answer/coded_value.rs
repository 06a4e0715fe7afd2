//! A coded value of a hit, with its meaning.

use serde::{Serialize, Serializer, ser::SerializeStruct};

use crate::codeset::{Entry, Table};
use crate::index::store::packed::Packed;

/// A coded value with its meaning.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Coded {
    /// A value that CMS's table lists.
    Listed(&'static Entry),
    /// A value that no table lists, or a value of another publisher.
    Other(Box<OtherCoded>),
}

/// A coded value that is not in CMS's tables.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OtherCoded {
    /// The value as in the record.
    pub code: String,
    /// Its meaning, if known.
    pub meaning: Option<String>,
}

impl Coded {
    /// A value of a row, looked up in its table; `None` if the row has none.
    pub(crate) fn of(value: Packed<'_>, table: &'static Table) -> Option<Self> {
        if value.is_blank() {
            return None;
        }
        let listed = table.entry_of(value.bytes()).map(Self::Listed);
        Some(listed.unwrap_or_else(|| Self::other(value.as_str(), None)))
    }

    /// A value that is not in a table.
    pub(crate) fn other(code: &str, meaning: Option<&str>) -> Self {
        Self::Other(Box::new(OtherCoded {
            code: code.to_owned(),
            meaning: meaning.map(str::to_owned),
        }))
    }

    /// The value as in the record.
    #[must_use]
    pub fn code(&self) -> &str {
        match self {
            Self::Listed(entry) => entry.code,
            Self::Other(other) => &other.code,
        }
    }

    /// Its meaning; `None` if the value is not listed.
    #[must_use]
    pub fn meaning(&self) -> Option<&str> {
        match self {
            Self::Listed(entry) => Some(entry.meaning),
            Self::Other(other) => other.meaning.as_deref(),
        }
    }
}

impl Serialize for Coded {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut fields = serializer.serialize_struct("Coded", 2)?;
        fields.serialize_field("code", self.code())?;
        fields.serialize_field("meaning", &self.meaning())?;
        fields.end()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::codeset::Coverage;

    #[test]
    fn listed_and_other_values() {
        let of = |value: &'static [u8]| Coded::of(Packed::new(value), Coverage::table());
        let listed = of(b"D").unwrap();
        assert!(matches!(listed, Coded::Listed(_)));
        assert_eq!(listed.code(), "D");
        assert!(listed.meaning().is_some());
        let other = of(b"Z").unwrap();
        assert_eq!((other.code(), other.meaning()), ("Z", None));
        assert_eq!(of(b"\0"), None);
        let json = serde_json::to_string(&other).unwrap();
        assert_eq!(json, r#"{"code":"Z","meaning":null}"#);
    }
}
