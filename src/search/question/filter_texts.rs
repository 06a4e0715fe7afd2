//! `FilterTexts`: the values of filters in a request, as text.

use crate::error::{Error, Result};

use super::filter_table::{FILTERS, FilterSpec, Filters};
use super::parameter;

/// The given values of filters, by filter name.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FilterTexts([Vec<String>; FILTERS.len()]);

impl FilterTexts {
    /// The values of a filter; empty if there is no such filter.
    #[must_use]
    pub fn get(&self, name: &str) -> &[String] {
        let mut all = self.iter();
        let found = all.find(|(filter, _)| filter.name == name);
        found.map_or(&[], |(_, values)| values)
    }

    /// The values of a filter, mutable; `None` if there is no such filter.
    pub fn get_mut(&mut self, name: &str) -> Option<&mut Vec<String>> {
        let at = FILTERS.iter().position(|filter| filter.name == name)?;
        self.0.get_mut(at)
    }

    /// Every filter with its values.
    pub fn iter(&self) -> impl Iterator<Item = (&'static FilterSpec, &[String])> {
        FILTERS.iter().zip(self.0.iter().map(Vec::as_slice))
    }

    /// Reads the values.
    ///
    /// # Errors
    /// A text is not a value of its filter.
    pub fn read(&self) -> Result<Filters> {
        let mut filters = Filters::default();
        for (filter, values) in self.iter() {
            for value in values {
                let add = filter.add(&mut filters, value);
                add.map_err(|why| Error::query(parameter::wrong(filter.name, value, &why)))?;
            }
        }
        Ok(filters)
    }
}
