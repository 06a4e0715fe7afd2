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
    /// a longer one, of which only the blocks are unpacked that may have it.
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
                let rest = found.iter_mut().filter(|own| own.terms == before);
                let rest = rest.map(|own| (own.doc, own));
                self.each_of(ord, side, block, rest, |own, fields| {
                    own.least = own.least.min(worth(fields, side));
                    own.terms += 1;
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

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::index::build::build::{Sources, build_index};
    use crate::release::Release;

    const SIDES: [Posting; 2] = [Posting::Release, Posting::Annotation];

    fn worth(fields: FieldSet, side: Posting) -> f32 {
        f32::from(fields.number()) + f32::from(u8::from(side == Posting::Annotation)) / 2.0
    }

    /// The documents of a term, each with the worth of the term in the first side that has it.
    fn of_term(reader: &Reader, ord: u32) -> BTreeMap<u32, f32> {
        let mut own = BTreeMap::new();
        for side in SIDES {
            reader.each_posting(ord, side, &mut None, |doc, fields| {
                own.entry(doc).or_insert(worth(fields, side));
            });
        }
        own
    }

    #[test]
    fn it_is_what_all_lists_have_in_common() {
        let folder = tempfile::tempdir().unwrap();
        let sources = Sources {
            releases: vec![Release::starter().unwrap()],
            annotations: crate::annotation::shipped().unwrap(),
        };
        build_index(folder.path(), sources).unwrap();
        let reader = Reader::open(folder.path()).unwrap();
        let (mut block, mut found, mut most) = (None, Vec::new(), 0);
        for doc in (0..reader.store.len()).step_by(7) {
            let long = reader.store.texts(doc).next().unwrap();
            let words: Vec<u32> = long.tokens().map(|token| token.ord).collect();
            for terms in words.windows(3) {
                let mut expected = of_term(&reader, terms[0]);
                for ord in &terms[1..] {
                    let own = of_term(&reader, *ord);
                    expected.retain(|doc, _| own.contains_key(doc));
                    for (doc, least) in &mut expected {
                        *least = least.min(own[doc]);
                    }
                }
                reader.joint_postings((terms, &SIDES), worth, &mut block, &mut found);
                let found = found.iter().map(|own| (own.doc, own.least));
                assert!(found.eq(expected), "{terms:?}");
                most = most.max(reader.store.terms().doc_freq(terms[1]));
            }
        }
        assert!(most > 200, "lists of several blocks are read: {most}");
    }
}
