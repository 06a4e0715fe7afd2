//! Coded values: small `Copy` types, one for each of CMS's tables.
//!
//! The tables are open sets: CMS adds values without notice, so an unlisted value
//! is kept and shown, and has no meaning.

use std::fmt;
use std::str::FromStr;
use std::sync::LazyLock;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::table::{Table, rows};
use crate::error::excerpt;

impl Table {
    /// All tables, in the order of a record's fields.
    #[must_use]
    pub fn all() -> [&'static Self; 9] {
        [
            Section::table(),
            Coverage::table(),
            Betos::table(),
            PricingIndicator::table(),
            MultiplePricing::table(),
            TypeOfService::table(),
            LaboratoryCertification::table(),
            AscGroup::table(),
            Action::table(),
        ]
    }
}

/// A text that cannot be a coded value: empty, too long or not printable ASCII.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{text}` is not a value of {table}")]
pub struct ParseValueError {
    text: String,
    table: &'static str,
}

macro_rules! coded_value {
    ($(#[$doc:meta])* $name:ident, $length:literal, $table:literal, $title:literal) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name([u8; $length]);

        impl $name {
            /// The table of its values.
            #[must_use]
            pub fn table() -> &'static Table {
                static TABLE: Table = Table {
                    name: $table,
                    title: $title,
                    rows: LazyLock::new(|| rows(include_str!(concat!("tables/", $table, ".tsv")))),
                };
                &TABLE
            }

            /// The value as a record has it.
            #[must_use]
            pub fn as_str(&self) -> &str {
                std::str::from_utf8(self.as_bytes()).unwrap_or_default()
            }

            /// The value as bytes.
            pub(crate) fn as_bytes(&self) -> &[u8] {
                // A value that is shorter than the longest of its table is padded with zeros.
                let end = self.0.iter().position(|byte| *byte == 0);
                &self.0[..end.unwrap_or(self.0.len())]
            }

            /// CMS's meaning of the value; `None` if the table does not list it.
            #[must_use]
            pub fn meaning(&self) -> Option<&'static str> {
                Self::table().entry(self.as_str()).map(|entry| entry.meaning)
            }
        }

        impl FromStr for $name {
            type Err = ParseValueError;

            fn from_str(text: &str) -> Result<Self, ParseValueError> {
                let mut bytes = [0; $length];
                let fits = (1..=$length).contains(&text.len())
                    && text.bytes().all(|byte| byte.is_ascii_graphic());
                if !fits {
                    let text = excerpt(text);
                    return Err(ParseValueError { text, table: $table });
                }
                bytes[..text.len()].copy_from_slice(text.as_bytes());
                Ok(Self(bytes))
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.pad(self.as_str())
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, concat!(stringify!($name), "({})"), self)
            }
        }

        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.as_str())
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let text = std::borrow::Cow::<'de, str>::deserialize(deserializer)?;
                text.parse().map_err(serde::de::Error::custom)
            }
        }
    };
}

coded_value!(
    /// Medicare's coverage of a code. CMS: column 230, `HCPCS_CVRG_CD`.
    ///
    /// ```
    /// use hcpcs::Coverage;
    ///
    /// let coverage: Coverage = "D".parse()?;
    /// assert_eq!(coverage.meaning(), Some("Special coverage instructions apply"));
    /// let unlisted: Coverage = "Z".parse()?; // kept, shown, without a meaning
    /// assert_eq!(unlisted.meaning(), None);
    /// # Ok::<(), hcpcs::ParseValueError>(())
    /// ```
    Coverage, 1, "coverage", "Coverage code"
);
coded_value!(
    /// Berenson-Eggers type of service, a tree by its letters: `O`, `O1`, `O1E`.
    /// CMS: columns 257–259, `HCPCS_BETOS_CD`.
    Betos, 3, "betos", "Berenson-Eggers type of service"
);
coded_value!(
    /// How a unit price is made under Part B. CMS: columns 120–127, `HCPCS_PRCNG_IND_CD`.
    PricingIndicator, 2, "pricing", "Pricing indicator"
);
coded_value!(
    /// Whether a code could be priced in several ways. CMS: column 128, `HCPCS_MLTPL_PRCNG_IND_CD`.
    MultiplePricing, 1, "multiple_pricing", "Multiple pricing indicator"
);
coded_value!(
    /// The kind of service that carriers get. CMS: columns 261–265, `HCPCS_TYPE_SRVC_CD`.
    TypeOfService, 1, "type_of_service", "Type of service"
);
coded_value!(
    /// A certification that a laboratory needs. CMS: columns 181–204, `HCPCS_LAB_CRTFCTN_CD`.
    LaboratoryCertification, 3, "laboratory_certification", "Laboratory certification"
);
coded_value!(
    /// Payment group of an ambulatory surgical centre. CMS: columns 231–232, `HCPCS_ASC_PMT_GRP_CD`.
    AscGroup, 2, "asc_group", "ASC payment group"
);
coded_value!(
    /// What a release did to a code; it belongs to the quarter, not to the code.
    /// CMS: column 293, `HCPCS_ACTN_CD`.
    Action, 1, "action", "Action code"
);
coded_value!(
    /// The section of the code set, named by the first letter of a procedure code.
    Section, 1, "section", "Section"
);

impl Betos {
    /// Whether this value is `other` or lies below it in the tree.
    ///
    /// ```
    /// use hcpcs::Betos;
    ///
    /// let other_drugs: Betos = "O1E".parse()?;
    /// assert!(other_drugs.is_within("O1".parse()?));
    /// assert!(!other_drugs.is_within("D".parse()?));
    /// # Ok::<(), hcpcs::ParseValueError>(())
    /// ```
    #[must_use]
    pub fn is_within(&self, other: Self) -> bool {
        self.as_str().starts_with(other.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_is_found_by_its_code() {
        for table in Table::all() {
            assert!(
                table.rows.numbers.is_sorted_by(|a, b| 0 < *a && a < b),
                "{}",
                table.name
            );
            for entry in table.entries() {
                assert_eq!(table.entry(entry.code), Some(entry));
                let padded = format!("{:\0<4}", entry.code);
                assert_eq!(table.entry_of(padded.as_bytes()), Some(entry));
                assert_eq!(table.entry(&padded), None);
            }
            assert_eq!(table.entry("~~~~~"), None);
        }
    }
}
