//! Documents with their terms → posting lists: for each term its documents, and in which fields of
//! them it occurs.

use rayon::prelude::*;

use super::document::DocTexts;
use crate::index::analyzer::aside::asides;
use crate::index::analyzer::token::{Form, Token};
use crate::index::field_set::FieldSet;
use crate::index::schema::Field;
use crate::index::store::bytes::narrow;
use crate::index::store::term::Posting;

/// How many documents one core processes in a row.
const AT_ONCE: usize = 512;

/// The inputs of the posting lists.
pub(crate) struct Listing<'t> {
    pub(crate) docs: &'t [DocTexts],
    pub(crate) texts: &'t [Vec<Token>],
    pub(crate) ords: &'t [Vec<u32>],
    /// How many terms of each text belong to the head of a long descriptor.
    pub(crate) heads: &'t [usize],
    /// The number of terms.
    pub(crate) terms: usize,
}

/// The posting lists of all terms, concatenated; each is sorted by document.
pub(crate) struct PostingLists {
    /// The start of each term's list, and the end of the last one.
    starts: Vec<u32>,
    postings: Vec<(u32, FieldSet)>,
}

/// A document, a term in it, and its fields.
type Posted = (u32, u32, FieldSet);

impl PostingLists {
    /// The number of postings.
    pub(crate) fn len(&self) -> u64 {
        self.postings.len() as u64
    }

    /// The list of each term, by its number.
    pub(crate) fn iter(&self) -> impl Iterator<Item = &[(u32, FieldSet)]> {
        let ends = self.starts.iter().skip(1);
        let places = self.starts.iter().zip(ends);
        places.map(|(start, end)| &self.postings[*start as usize..*end as usize])
    }

    /// The field set of each posting, one byte each, in posting order.
    pub(crate) fn field_sets(&self) -> Vec<u8> {
        let sets = self.postings.iter().map(|(_, fields)| fields.number());
        sets.collect()
    }

    /// The index of the first posting of each term.
    pub(crate) fn starts(&self) -> &[u32] {
        &self.starts
    }

    /// The list of a term.
    pub(super) fn docs(&self, ord: u32) -> &[(u32, FieldSet)] {
        let at = ord as usize;
        &self.postings[self.starts[at] as usize..self.starts[at + 1] as usize]
    }

    /// The document frequency of each term.
    pub(crate) fn doc_freqs(&self) -> Vec<u32> {
        let list = |list: &[(u32, FieldSet)]| narrow(list.len());
        self.iter().map(list).collect()
    }

    /// Sorts postings by term; they are given in document order.
    fn by_term(terms: usize, gathered: &[[Vec<Posted>; 2]], side: Posting) -> Self {
        let all = || gathered.iter().flat_map(|some| &some[side as usize]);
        let mut starts = vec![0u32; terms + 1];
        for (_, ord, _) in all() {
            starts[*ord as usize + 1] += 1;
        }
        let mut sum = 0;
        for start in &mut starts {
            sum += *start;
            *start = sum;
        }
        let mut next = starts.clone();
        let mut postings = vec![(0, FieldSet::default()); sum as usize];
        for (doc, ord, fields) in all() {
            let place = &mut next[*ord as usize];
            postings[*place as usize] = (*doc, *fields);
            *place += 1;
        }
        Self { starts, postings }
    }
}

/// Buffers that are reused for the next document.
struct Scratch {
    /// The fields that have a term, by its number, on either side.
    fields: Vec<[FieldSet; 2]>,
    /// The terms of the current document.
    touched: Vec<u32>,
}

impl Listing<'_> {
    /// Collects the posting lists of the release and those of the annotations.
    pub(crate) fn lists(&self) -> [PostingLists; 2] {
        let scratch = || Scratch {
            fields: vec![<[FieldSet; 2]>::default(); self.terms],
            touched: Vec::new(),
        };
        let docs: Vec<u32> = (0..narrow(self.docs.len())).collect();
        let gathered: Vec<_> = docs
            .par_chunks(AT_ONCE)
            .map_init(scratch, |scratch, docs| {
                let mut gathered = [Vec::new(), Vec::new()];
                for doc in docs {
                    self.document(*doc, scratch, &mut gathered);
                }
                gathered
            })
            .collect();
        let by_term = |side| PostingLists::by_term(self.terms, &gathered, side);
        let (release, annotation) = rayon::join(
            || by_term(Posting::Release),
            || by_term(Posting::Annotation),
        );
        [release, annotation]
    }

    fn document(&self, doc: u32, scratch: &mut Scratch, gathered: &mut [Vec<Posted>; 2]) {
        for (field, text, _) in &self.docs[doc as usize] {
            let at = *text as usize;
            let side = usize::from(field.is_annotation());
            let words = self.ords[at].iter().zip(&self.texts[at]);
            for (place, ((ord, token), is_aside)) in words.zip(asides(&self.texts[at])).enumerate()
            {
                let is_word = token.form == Form::Word;
                // The parts of an NDC occur in a thousand others, so only the whole is indexed.
                if *field == Field::Ndc && is_word && place > 0 {
                    continue;
                }
                if *field == Field::Code && token.term.len() == 2 {
                    continue;
                }
                let known = &mut scratch.fields[*ord as usize];
                if *known == <[FieldSet; 2]>::default() {
                    scratch.touched.push(*ord);
                }
                let known = &mut known[side];
                if is_aside && field.has_asides() {
                    *known = known.with(FieldSet::ASIDE);
                    continue;
                }
                let own = FieldSet::of(*field);
                if *field == Field::LongDescriptor {
                    let in_head = place < self.heads[at];
                    if in_head {
                        *known = known.with(FieldSet::HEAD);
                    }
                    if in_head && is_word {
                        *known = known.with(FieldSet::HEAD_WORD);
                    }
                    if is_word {
                        *known = known.without(FieldSet::WHOLE);
                    } else if !known.has(own) {
                        *known = known.with(FieldSet::WHOLE);
                    }
                }
                *known = known.with(own);
            }
        }
        for ord in scratch.touched.drain(..) {
            let sides = std::mem::take(&mut scratch.fields[ord as usize]);
            for (fields, gathered) in sides.into_iter().zip(&mut *gathered) {
                if fields != FieldSet::default() {
                    gathered.push((doc, ord, fields));
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::index::analyzer::analysis::analyze;
    use crate::index::build::vocabulary::Vocabulary;

    #[test]
    fn lists_have_the_fields_of_a_term() {
        let texts = [
            analyze("X-ray film; xray cassette, 1 mg film"),
            analyze("Film cassette"),
            analyze("Imaging film"),
            analyze("NDC 55292-702-55"),
            analyze("Film in water"),
        ];
        let vocabulary = Vocabulary::of(&texts);
        let ords: Vec<Vec<u32>> = texts.iter().map(|text| vocabulary.ords(text)).collect();
        let docs: [DocTexts; 2] = [
            vec![
                (Field::LongDescriptor, 0, 0),
                (Field::ShortDescriptor, 1, 0),
            ],
            vec![
                (Field::Meaning, 2, 0),
                (Field::Ndc, 3, 0),
                (Field::DrugName, 4, 0),
            ],
        ];
        // The whole `xray`, `x`, `ray` and `film` are the head of the first descriptor.
        let heads = [4, 0, 0, 0, 0];
        let lists = Listing {
            docs: &docs,
            texts: &texts,
            ords: &ords,
            heads: &heads,
            terms: vocabulary.terms.len(),
        };
        let [release, annotation] = lists.lists();
        let list = |lists: &PostingLists, term: &str| {
            let ord = vocabulary.ord(term).unwrap() as usize;
            let list = lists.iter().nth(ord).map(<[_]>::to_vec);
            list.unwrap_or_default()
        };
        let (long, short) = (FieldSet::LONG, FieldSet::of(Field::ShortDescriptor));
        let head = FieldSet::HEAD.with(FieldSet::HEAD_WORD);
        let meaning = FieldSet::of(Field::Meaning);
        assert_eq!(
            list(&release, "film"),
            [(0, long.with(short).with(head)), (1, meaning)]
        );
        assert_eq!(list(&release, "xray"), [(0, long.with(FieldSet::HEAD))]);
        assert_eq!(list(&release, "1mg"), [(0, long.with(FieldSet::WHOLE))]);
        assert_eq!(list(&release, "cassette"), [(0, long.with(short))]);
        assert_eq!(list(&release, "ndc"), []);
        let number = FieldSet::of(Field::Ndc);
        assert_eq!(list(&annotation, "55292070255"), [(1, number)]);
        assert_eq!(list(&annotation, "702"), [], "a part of a number");
        let name = FieldSet::of(Field::DrugName);
        assert_eq!(list(&annotation, "film"), [(1, name)]);
        assert_eq!(list(&annotation, "water"), [(1, FieldSet::ASIDE)]);
        let ord = vocabulary.ord("film").unwrap() as usize;
        assert_eq!(release.doc_freqs()[ord], 2);
    }
}
