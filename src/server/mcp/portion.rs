//! `Portion`: the part of a list that fits into one answer, and the offset of the rest.

use serde::Serialize;
use serde_json::Value;

use crate::error::{Error, Result};

/// The maximum of characters in the items of an answer: about 18,000 tokens.
const MOST: usize = 72_000;

/// The items that an answer shows.
pub(super) struct Portion {
    pub(super) shown: Vec<Value>,
    /// How many items of the list follow them.
    pub(super) not_shown: usize,
    /// The `offset` of these.
    pub(super) next_offset: Option<usize>,
}

impl Portion {
    /// Takes items of a list from `offset` on until the limit is reached, and at least one.
    ///
    /// # Errors
    ///
    /// An item cannot be built, or the offset is behind the list: an empty answer would be read as
    /// one of the whole list.
    pub(super) fn of<T, V: Serialize>(
        list: &[T],
        offset: usize,
        make: impl Fn(&T) -> Result<V>,
    ) -> Result<Self> {
        let whole = list.len();
        let list = list.get(offset..).filter(|rest| !rest.is_empty());
        let list = list.ok_or_else(|| behind_list(offset, whole))?;
        let (mut shown, mut left) = (Vec::new(), MOST);
        for item in list {
            let item = value(&make(item)?)?;
            let length = item.to_string().len();
            if length > left && !shown.is_empty() {
                break;
            }
            left = left.saturating_sub(length);
            shown.push(item);
        }
        let not_shown = list.len() - shown.len();
        Ok(Self {
            next_offset: (not_shown > 0).then_some(offset + shown.len()),
            not_shown,
            shown,
        })
    }

    /// Adds to an answer what was cut, if anything.
    pub(super) fn say_rest(&self, answer: &mut Value) {
        if let Some(next) = self.next_offset {
            answer["not_shown"] = self.not_shown.into();
            answer["next_offset"] = next.into();
        }
    }
}

/// The error of an offset behind a list.
pub(super) fn behind_list(offset: usize, whole: usize) -> Error {
    Error::query(format!("`offset` cannot be {offset}; the list has {whole}"))
}

/// Cuts a list to some characters, and says how many items are cut; one is always left.
pub(super) fn cut(list: &mut Vec<Value>, most: usize) -> usize {
    let mut left = most;
    let fits = |item: &Value| {
        let length = item.to_string().len();
        let fits = length <= left;
        left = left.saturating_sub(length);
        fits
    };
    let whole = list.len();
    let shown = list.iter().map(fits).take_while(|fits| *fits).count();
    list.truncate(shown.max(1));
    whole - list.len()
}

/// A value as JSON.
pub(super) fn value(value: &impl Serialize) -> Result<Value> {
    let fail = |cause: serde_json::Error| Error::query(cause.to_string());
    serde_json::to_value(value).map_err(fail)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn portions_are_the_whole_list() {
        let list: Vec<String> = (0..40).map(|at| at.to_string().repeat(3_000)).collect();
        let (mut seen, mut offset) = (Vec::new(), Some(0));
        while let Some(from) = offset {
            let portion = Portion::of(&list, from, |item| Ok(item.clone())).unwrap();
            assert!(!portion.shown.is_empty());
            let length: usize = portion
                .shown
                .iter()
                .map(|item| item.to_string().len())
                .sum();
            assert!(length <= MOST, "{length}");
            seen.extend(portion.shown);
            assert_eq!(seen.len() + portion.not_shown, list.len());
            offset = portion.next_offset;
        }
        assert_eq!(value(&list).unwrap(), Value::Array(seen));
    }

    #[test]
    fn one_item_is_always_shown() {
        let list = ["x".repeat(2 * MOST), "y".to_owned()];
        let portion = Portion::of(&list, 0, |item| Ok(item.clone())).unwrap();
        assert_eq!((portion.shown.len(), portion.next_offset), (1, Some(1)));
        for offset in [2, usize::MAX] {
            let refused = Portion::of(&list, offset, |item| Ok(item.clone())).err();
            let expected = format!("`offset` cannot be {offset}; the list has 2");
            assert_eq!(refused.unwrap().to_string(), expected);
        }
    }
}
