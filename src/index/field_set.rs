//! In which fields of a document a term occurs: one byte for each posting, next to the engine's
//! lists.

use super::schema::Field;
use crate::index::store::term::Posting;

/// The fields of a document that have a term, from the release or from the annotations; and its
/// place in the long descriptor.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct FieldSet(u8);

/// The additional weight of a term in the head of a long descriptor.
const HEAD_WEIGHT: u32 = 1;

/// The fields of each side.
const RELEASE: [(Field, FieldSet); 5] = [
    (Field::Meaning, FieldSet::MEANING),
    (Field::LongDescriptor, FieldSet::LONG),
    (Field::ShortDescriptor, FieldSet(4)),
    (Field::ProcessingNote, FieldSet::ASIDE),
    (Field::Code, FieldSet(64)),
];
const ANNOTATION: [(Field, FieldSet); 5] = [
    (Field::Rbcs, FieldSet(1)),
    (Field::DrugName, FieldSet(2)),
    (Field::Labeler, FieldSet(4)),
    (Field::Ndc, FieldSet(64)),
    (Field::ClinicalNote, FieldSet::ASIDE),
];

impl FieldSet {
    /// The number of possible sets.
    pub(crate) const COUNT: usize = 256;
    /// The term occurs in the label of a coded value, and nowhere else in the release.
    pub(crate) const MEANING: Self = Self(1);
    /// The term occurs in the long descriptor.
    pub(crate) const LONG: Self = Self(2);
    /// The term occurs in the head of the long descriptor.
    pub(crate) const HEAD: Self = Self(8);
    /// The term occurs in the head as a word.
    pub(crate) const HEAD_WORD: Self = Self(16);
    /// The term occurs in the long descriptor only as a whole whose parts are indexed too, and not
    /// as a word of its own.
    pub(crate) const WHOLE: Self = Self(128);

    /// The term occurs in an aside: a text names it and is not about it. It weighs as in a note.
    pub(crate) const ASIDE: Self = Self(32);

    /// The set of one field.
    pub(crate) fn of(field: Field) -> Self {
        let sides = RELEASE.iter().chain(&ANNOTATION);
        let own = sides.filter(|(other, _)| *other == field);
        own.map(|(_, set)| *set).next().unwrap_or_default()
    }

    /// The set of a byte in the table.
    #[inline]
    pub(crate) const fn from_number(number: u8) -> Self {
        Self(number)
    }

    /// The byte in the table.
    #[inline]
    pub(crate) const fn number(self) -> u8 {
        self.0
    }

    /// The union of both sets.
    pub(crate) fn with(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// This set without the fields of another.
    pub(crate) fn without(self, other: Self) -> Self {
        Self(self.0 & !other.0)
    }

    /// Whether it includes another set.
    #[inline]
    pub(crate) const fn has(self, other: Self) -> bool {
        self.0 & other.0 == other.0
    }

    /// The weight of a term that occurs in these fields of a side: the sum of the fields' weights.
    pub(crate) const fn weight(self, side: Posting) -> u32 {
        let (fields, mut weight) = match side {
            Posting::Release if self.has(Self::HEAD) => (&RELEASE, HEAD_WEIGHT),
            Posting::Release => (&RELEASE, 0),
            Posting::Annotation => (&ANNOTATION, 0),
        };
        let mut at = 0;
        while at < fields.len() {
            let (field, set) = fields[at];
            if self.has(set) {
                weight += field.weight();
            }
            at += 1;
        }
        weight
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weights_of_fields_add_up() {
        let both = FieldSet::of(Field::LongDescriptor).with(FieldSet::of(Field::ShortDescriptor));
        assert_eq!(both.weight(Posting::Release), 5);
        assert_eq!(both.with(FieldSet::HEAD).weight(Posting::Release), 6);
        assert_eq!(both.with(FieldSet::WHOLE).weight(Posting::Release), 5);
        assert!(both.has(FieldSet::LONG) && !both.has(FieldSet::HEAD));
        let names = FieldSet::of(Field::DrugName).with(FieldSet::of(Field::Rbcs));
        assert_eq!(names.weight(Posting::Annotation), 6);
        assert_eq!(FieldSet::default().weight(Posting::Annotation), 0);
    }

    #[test]
    fn each_field_has_a_bit_of_its_own() {
        for side in [RELEASE, ANNOTATION] {
            let marks = FieldSet::HEAD.with(FieldSet::HEAD_WORD);
            let mut all = marks.with(FieldSet::WHOLE);
            for (field, set) in side {
                assert_eq!(set, FieldSet::of(field));
                assert_eq!(set.number().count_ones(), 1, "{field:?}");
                assert_eq!(all.number() & set.number(), 0, "{field:?}");
                all = all.with(set);
            }
            assert!(usize::from(all.number()) < FieldSet::COUNT);
        }
    }
}
