//! Qualifiers of the words of a text: with or without it, less or more than it.
//!
//! `Bed, without side rails, with mattress` and `bed, with side rails, without mattress` have
//! the same words; `< 140` and `>= 140` have the same number.

/// The qualifiers of a word, as bits.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Qualifiers(pub(crate) u8);

impl Qualifiers {
    /// The text says that it is present: `with wheels`.
    pub(crate) const WITH: Self = Self(1);
    /// The text says that it is absent: `without wheels`, `other than transvenous`.
    pub(crate) const WITHOUT: Self = Self(2);
    /// The number is an upper bound: `< 140`, `16 sq in or less`.
    pub(crate) const LESS: Self = Self(4);
    /// The number is a lower bound: `>= 140`, `more than 16 sq in`.
    pub(crate) const MORE: Self = Self(8);
    /// A plus follows the word: `Amniocore pro+`.
    pub(crate) const PLUS: Self = Self(16);
    /// The text says that it does not cover it: `excludes biosimilar`.
    pub(crate) const EXCLUDED: Self = Self(32);

    /// Whether it has all of the other's qualifiers.
    pub(crate) fn has(self, other: Self) -> bool {
        self.0 & other.0 == other.0
    }

    /// The qualifiers of both.
    pub(crate) const fn and(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}
