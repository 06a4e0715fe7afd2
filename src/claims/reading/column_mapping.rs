//! `ColumnMapping`: what columns hold, where their names do not say so.

use std::str::FromStr;

use crate::error::{Error, Result};

use super::column_content::{CodeName, Column, Rank, TextRank};

/// Which columns hold what, as a user says: `modifier1=Addl Mod,dos=When,pass=Batch Date`.
///
/// The left side is `code`, `modifier` (with a number or without), `dos`, `dos_through`, `line_id`,
/// `units`, `ndc`, `ndc_quantity`, `ndc_unit`, `dose`, `dose_unit`, `waste`, `description`, or `pass` for a
/// column to be ignored; the right side is the name of a column.
///
/// ```
/// use hcpcs::claims::ColumnMapping;
///
/// assert!("modifier1=Addl Mod,dos=When".parse::<ColumnMapping>().is_ok());
/// assert!("weight=kg".parse::<ColumnMapping>().is_err());
/// # Ok::<(), hcpcs::Error>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ColumnMapping(Vec<(Column, String)>);

/// The fields of the left side.
const FIELDS: &[(&str, Column)] = &[
    ("code", Column::Code(CodeName::Any)),
    ("modifier", Column::Modifier),
    ("mod", Column::Modifier),
    ("dos", Column::Start(Rank::Line)),
    ("dos_through", Column::End(Rank::Line)),
    ("line_id", Column::LineId(Rank::Line)),
    ("units", Column::Units),
    ("ndc", Column::Ndc),
    ("ndc_quantity", Column::NdcQuantity),
    ("ndc_unit", Column::NdcUnit),
    ("dose", Column::Dose),
    ("dose_unit", Column::DoseUnit),
    ("waste", Column::Waste),
    ("description", Column::Description(TextRank::OfCharge)),
    ("pass", Column::Other),
];

impl ColumnMapping {
    /// Adds another mapping.
    pub fn extend(&mut self, other: Self) {
        self.0.extend(other.0);
    }

    /// The content of a column, if the mapping has it.
    pub(crate) fn of(&self, name: &str) -> Option<Column> {
        let name = name.trim();
        let mut named = self
            .0
            .iter()
            .filter(|(_, own)| own.eq_ignore_ascii_case(name));
        named.next().map(|(column, _)| *column)
    }

    /// Whether a column that is mapped as the code's is among these.
    pub(crate) fn names_code<'c>(&self, names: impl IntoIterator<Item = &'c str>) -> bool {
        let is_code = |name: &str| matches!(self.of(name), Some(Column::Code(_)));
        !self.0.is_empty() && names.into_iter().any(is_code)
    }

    /// Whether a field is mapped to some column.
    pub(crate) fn maps(&self, is_meant: impl Fn(Column) -> bool) -> bool {
        self.0.iter().any(|(column, _)| is_meant(*column))
    }

    /// The first mapped name that is not among the columns.
    pub(crate) fn missing<'c>(
        &self,
        names: &(impl IntoIterator<Item = &'c str> + Clone),
    ) -> Option<&str> {
        let is_there = |own: &str| {
            let mut names = names.clone().into_iter();
            names.any(|name| name.trim().eq_ignore_ascii_case(own))
        };
        let mut own = self.0.iter().map(|(_, name)| name.as_str());
        own.find(|name| !is_there(name))
    }
}

impl FromStr for ColumnMapping {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self> {
        let mut mapping = Vec::new();
        for pair in text
            .split(',')
            .map(str::trim)
            .filter(|pair| !pair.is_empty())
        {
            let Some((field, name)) = pair.split_once('=') else {
                let reason = format!("`{pair}` maps no column; write `dos=Name of the column`");
                return Err(Error::query(reason));
            };
            let field = field.trim().to_lowercase().replace(['-', ' '], "_");
            let bare = field.trim_end_matches(|last: char| last.is_ascii_digit());
            let Some((_, column)) = FIELDS
                .iter()
                .find(|(own, _)| *own == bare.trim_end_matches('_'))
            else {
                let fields: Vec<&str> = FIELDS.iter().map(|(own, _)| *own).collect();
                let reason = format!(
                    "a claim line has no `{field}`; it has {}",
                    fields.join(", ")
                );
                return Err(Error::query(reason));
            };
            mapping.push((*column, name.trim().to_owned()));
        }
        Ok(Self(mapping))
    }
}
