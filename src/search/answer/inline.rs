//! Lists and texts of a hit that need no allocation while they are short.
//!
//! A batch of a hundred thousand questions gives a million hits; an allocation for each short list
//! and text of them would be a tenth of its time.

use std::fmt;
use std::ops::Deref;

use compact_str::CompactString;
use serde::{Serialize, Serializer};
use smallvec::SmallVec;

/// A list that stores its first `N` items inline. It derefs to a slice.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InlineList<T, const N: usize>(SmallVec<[T; N]>);

impl<T, const N: usize> InlineList<T, N> {
    pub(crate) fn as_mut(&mut self) -> &mut SmallVec<[T; N]> {
        &mut self.0
    }
}

impl<T, const N: usize> Default for InlineList<T, N> {
    fn default() -> Self {
        Self(SmallVec::new())
    }
}

impl<T, const N: usize> Deref for InlineList<T, N> {
    type Target = [T];

    fn deref(&self) -> &[T] {
        &self.0
    }
}

impl<T, const N: usize> FromIterator<T> for InlineList<T, N> {
    fn from_iter<I: IntoIterator<Item = T>>(items: I) -> Self {
        Self(items.into_iter().collect())
    }
}

impl<'l, T, const N: usize> IntoIterator for &'l InlineList<T, N> {
    type Item = &'l T;
    type IntoIter = std::slice::Iter<'l, T>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl<T: Serialize, const N: usize> Serialize for InlineList<T, N> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.as_slice().serialize(serializer)
    }
}

/// A text that is stored inline up to 24 bytes. It derefs to `str`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct InlineText(CompactString);

impl Deref for InlineText {
    type Target = str;

    fn deref(&self) -> &str {
        &self.0
    }
}

impl From<&str> for InlineText {
    fn from(text: &str) -> Self {
        Self(text.into())
    }
}

impl PartialEq<str> for InlineText {
    fn eq(&self, other: &str) -> bool {
        self.0 == other
    }
}

impl PartialEq<&str> for InlineText {
    fn eq(&self, other: &&str) -> bool {
        self.0 == *other
    }
}

impl fmt::Display for InlineText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self)
    }
}

impl Serialize for InlineText {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self)
    }
}
