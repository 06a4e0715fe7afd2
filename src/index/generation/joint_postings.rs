//! The documents that have all of some terms, each with the least of what the terms are worth in it.

use tantivy::postings::BlockSegmentPostings;

use super::reader::Reader;
use crate::index::field_set::FieldSet;
use crate::index::store::term::Posting;

/// A document that has all of some terms.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct JointPosting {
    pub(crate) doc: u32,
    /// The worth of the term that is worth least.
    pub(crate) least: f32,
    /// How many of the terms were found in it.
    terms: usize,
}

impl Reader {
    /// Finds the documents that have all of some terms, on any of the sides; of a term that a
    /// document has on two, the first counts. `found` gets them in the order of their numbers.
    ///
    /// The lists are read in the order of their lengths. What the shorter ones leave is looked for in
    /// each block of a longer one, so that a common term costs little more than unpacking its blocks.
    pub(crate) fn joint_postings(
        &self,
        (terms, sides): (&[u32], &[Posting]),
        worth: impl Fn(FieldSet, Posting) -> f32,
        block: &mut Option<BlockSegmentPostings>,
        found: &mut Vec<JointPosting>,
    ) {
        let mut rarest = terms.to_vec();
        rarest.sort_unstable_by_key(|ord| self.store.terms().doc_freq(*ord));
        rarest.dedup();
        found.clear();
        for (before, ord) in rarest.into_iter().enumerate() {
            for side in sides.iter().copied() {
                if before == 0 {
                    self.each_posting(ord, side, block, |doc, fields| {
                        let (least, terms) = (worth(fields, side), 1);
                        found.push(JointPosting { doc, least, terms });
                    });
                    continue;
                }
                let mut rest = found.iter_mut().peekable();
                self.each_block(ord, side, block, |docs, numbers| {
                    let last = docs.last().copied().unwrap_or_default();
                    while let Some(own) = rest.next_if(|own| own.doc <= last) {
                        let place = docs.partition_point(|doc| *doc < own.doc);
                        let number = numbers.get(place).copied();
                        if docs[place] == own.doc && own.terms == before {
                            let fields = FieldSet::from_number(number.unwrap_or_default());
                            own.least = own.least.min(worth(fields, side));
                            own.terms += 1;
                        }
                    }
                });
            }
            if before == 0 {
                found.sort_by_key(|own| own.doc);
                found.dedup_by_key(|own| own.doc);
            }
            found.retain(|own| own.terms > before);
            if found.is_empty() {
                return;
            }
        }
    }
}
