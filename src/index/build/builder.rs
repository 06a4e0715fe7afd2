//! Builds an index: versions of codes and annotations → one packed file.

use std::borrow::Cow;

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use crate::history::Version;

use super::annotated::Annotated;
use super::descriptor::{CommonBeginnings, Descriptor};
use super::document::{DocTexts, Text, texts};
use super::posting_lists::{Listing, PostingLists};
use super::product_names::Names;
use super::segment;
use super::synonym_terms::SynonymTerms;
use super::vocabulary::Vocabulary;
use crate::index::analyzer::analysis::analyze;
use crate::index::analyzer::aside::asides;
use crate::index::analyzer::qualifier::Qualifiers;
use crate::index::analyzer::token::{Form, Token};
use crate::index::generation::packing;
use crate::index::generation::packing::Pieces;
use crate::index::store::bytes::narrow;
use crate::index::store::row_writing::record_bytes;
use crate::index::store::tables::Section;
use crate::index::store::term::TermData;
use crate::index::store::text::{TextToken, TokenFlags};
use crate::index::store::writer::{StoreWriter, VersionData};
use crate::index::store::{bytes, tables};

/// The content of an index.
pub(crate) struct Corpus<'a> {
    /// Versions of codes, in the order of codes and days.
    pub(crate) versions: &'a [Version],
    /// The content of annotations, by code.
    pub(crate) annotated: &'a Annotated,
    /// The annotations as they were read, from which updates rebuild.
    pub(crate) annotations: Vec<u8>,
    /// The releases of the timeline, for the same purpose.
    pub(crate) editions: Vec<u8>,
}

/// Builds the packed file; also returns the positions of synonyms that find nothing.
pub(crate) fn build(corpus: Corpus<'_>) -> tantivy::Result<(Pieces, Vec<usize>)> {
    let (docs, distinct) = intern(&corpus);
    let texts: Vec<Vec<Token>> = distinct.par_iter().map(|text| analyze(text)).collect();
    let vocabulary = Vocabulary::of(&texts);
    let ords: Vec<Vec<u32>> = texts.par_iter().map(|text| vocabulary.ords(text)).collect();
    let heads = heads(&docs, &texts, &ords, &vocabulary);
    let listing = Listing {
        docs: &docs,
        texts: &texts,
        ords: &ords,
        heads: &heads,
        terms: vocabulary.terms.len(),
    };
    let lists = listing.lists();
    let doc_freqs = lists[0].doc_freqs();
    let tables = Tables {
        corpus: &corpus,
        listing: &listing,
        vocabulary: &vocabulary,
        doc_freqs: &doc_freqs,
        lists: &lists,
    };
    let ((segment, families), writer) = rayon::join(
        || {
            let segment = segment::write(&vocabulary.terms, &lists, narrow(docs.len()));
            (segment, vocabulary.families())
        },
        || tables.write(&distinct),
    );
    let (segment, (mut writer, unused)) = (segment?, writer?);
    let terms = vocabulary.terms.iter().zip(segment.places).enumerate();
    let terms: Vec<TermData<'_>> = terms
        .map(|(ord, (term, postings))| TermData {
            term,
            first_posting: [&lists[0], &lists[1]].map(|side| side.starts()[ord]),
            idf: bytes::idf(doc_freqs[ord], narrow(docs.len())),
            postings,
            family: families.members(ord),
        })
        .collect();
    writer.terms(&terms);
    writer.section(Section::Annotations, corpus.annotations);
    writer.section(Section::Editions, corpus.editions);
    writer.section(Section::ReleaseFields, lists[0].field_sets());
    writer.section(Section::AnnotationFields, lists[1].field_sets());
    let files = segment.files.into_iter();
    let mut files: Vec<_> = files.map(|(name, bytes)| (name, vec![bytes])).collect();
    files.push((tables::FILE.to_owned(), writer.finish()));
    drop(vocabulary);
    // Freeing some hundred thousand terms takes as long as packing, so another thread does it.
    rayon::spawn(move || drop((texts, ords)));
    Ok((packing::pack(files), unused))
}

/// Numbers the distinct texts of the corpus.
fn intern<'a>(corpus: &Corpus<'a>) -> (Vec<DocTexts>, Vec<Cow<'a, str>>) {
    let mut numbers: FxHashMap<Cow<'a, str>, u32> = FxHashMap::default();
    let mut distinct = Vec::new();
    let versions = corpus.versions.par_iter().map(|version| {
        let said = corpus.annotated.said.get(&version.record.code);
        texts(version, said.map_or(&[][..], Vec::as_slice))
    });
    let versions: Vec<Vec<Text<'a>>> = versions.collect();
    let docs = versions.into_iter().map(|texts| {
        let number = |text: Text<'a>| {
            let next = narrow(numbers.len());
            let id = *numbers.entry(text.content).or_insert_with_key(|content| {
                distinct.push(content.clone());
                next
            });
            (text.field, id, text.source)
        };
        texts.into_iter().map(number).collect()
    });
    let docs = docs.collect();
    (docs, distinct)
}

/// How many terms of each text belong to the head of a long descriptor.
fn heads(
    docs: &[DocTexts],
    texts: &[Vec<Token>],
    ords: &[Vec<u32>],
    vocabulary: &Vocabulary<'_>,
) -> Vec<usize> {
    let long = |doc: &DocTexts| doc.first().map_or(0, |(_, id, _)| *id as usize);
    let descriptor = |at: usize| Descriptor {
        tokens: &texts[at],
        ords: &ords[at],
        kinds: &vocabulary.kinds,
    };
    let common = CommonBeginnings::count(docs.iter().map(|doc| descriptor(long(doc))));
    let mut heads = vec![0; texts.len()];
    for doc in docs {
        let at = long(doc);
        heads[at] = common.head(descriptor(at));
    }
    heads
}

/// The inputs of the tables next to the postings.
struct Tables<'t> {
    corpus: &'t Corpus<'t>,
    listing: &'t Listing<'t>,
    vocabulary: &'t Vocabulary<'t>,
    /// The document frequency of each term in the release.
    doc_freqs: &'t [u32],
    /// The postings of each term, from the release and from the annotations.
    lists: &'t [PostingLists; 2],
}

impl Tables<'_> {
    /// Writes all tables except that of the terms; also returns the positions of synonyms that
    /// find nothing.
    fn write(&self, distinct: &[Cow<'_, str>]) -> tantivy::Result<(StoreWriter, Vec<usize>)> {
        let mut writer = StoreWriter::new();
        let versions = self.corpus.versions;
        let data: Result<Vec<VersionData>, postcard::Error> = versions
            .par_iter()
            .zip(self.listing.docs)
            .map(|(version, doc)| self.version(version, doc))
            .collect();
        let data = data.map_err(|cause| tantivy::TantivyError::InternalError(cause.to_string()))?;
        for (version, data) in versions.iter().zip(&data) {
            writer.version(version, data);
        }
        for (at, text) in distinct.iter().enumerate() {
            writer.text(text, self.tokens(at));
        }
        let synonyms = SynonymTerms {
            vocabulary: self.vocabulary,
            lists: self.lists,
        };
        let (synonyms, unused) = synonyms.of(&self.corpus.annotated.synonyms);
        writer.synonyms(&synonyms, |word| self.vocabulary.ord(word).is_some());
        Ok((writer, unused))
    }

    fn version(&self, version: &Version, doc: &DocTexts) -> Result<VersionData, postcard::Error> {
        let rbcs = self.corpus.annotated.rbcs.get(&version.record.code);
        let mut data = VersionData {
            texts: doc.clone(),
            rbcs: rbcs.copied().unwrap_or_default(),
            record: record_bytes(version)?,
            ..VersionData::default()
        };
        let Some((_, long, _)) = doc.first() else {
            return Ok(data);
        };
        let long = *long as usize;
        data.wholes = [
            &version.record.long_descriptor,
            &version.record.short_descriptor,
        ]
        .map(|text| crate::index::store::whole::key(text));
        let (mut content, mut head) = (Vec::new(), Vec::new());
        let descriptor = Descriptor {
            tokens: &self.listing.texts[long],
            ords: &self.listing.ords[long],
            kinds: &self.vocabulary.kinds,
        };
        let (fitting, asides) = (descriptor.fitting(), asides(descriptor.tokens));
        let mut names = Names::of(&version.record.long_descriptor);
        let words = descriptor.tokens.iter().zip(descriptor.ords);
        for (at, ((token, ord), is_aside)) in words.zip(asides).enumerate() {
            let kind = self.vocabulary.kinds[*ord as usize];
            data.flags |= kind.flag;
            // What is `other than oral` has not the trait.
            if !token.said.has(Qualifiers::WITHOUT) {
                data.traits |= kind.traits;
            }
            let is_inside = names.is_inside(token);
            let is_counted = kind.is_content && !is_aside && !fitting.contains(&at);
            if token.form == Form::Word && is_counted {
                if is_inside && names.take(self.doc_freqs[*ord as usize]) {
                    continue;
                }
                content.push(*ord);
                if at < self.listing.heads[long] {
                    head.push(*ord);
                }
            }
        }
        data.head_key = key_of(&self.listing.ords[long][..self.listing.heads[long]]);
        let docs = narrow(self.listing.docs.len());
        let mass = |mut ords: Vec<u32>| -> f32 {
            ords.sort_unstable();
            ords.dedup();
            let idf = |ord: u32| bytes::idf(self.doc_freqs[ord as usize], docs);
            ords.into_iter().map(idf).sum()
        };
        data.mass = mass(content) + names.idf();
        data.head_mass = mass(head);
        Ok(data)
    }

    /// The terms of a text.
    fn tokens(&self, text: usize) -> impl Iterator<Item = TextToken> {
        let token = |(token, ord): (&Token, &u32)| {
            let flag = |holds: bool, flag: u8| if holds { flag } else { 0 };
            Some(TextToken {
                ord: *ord,
                start: u16::try_from(token.start).ok()?,
                length: u8::try_from(token.end - token.start).unwrap_or(u8::MAX),
                flags: TokenFlags(
                    flag(token.form != Form::Word, TokenFlags::WHOLE)
                        | flag(token.after_mark, TokenFlags::AFTER_MARK),
                )
                .saying(token.said),
            })
        };
        let words = self.listing.texts[text]
            .iter()
            .zip(&self.listing.ords[text]);
        words.filter_map(token)
    }
}

/// A hash of some terms in order; 0 for none.
fn key_of(ords: &[u32]) -> u32 {
    let mix = |key: u32, ord: &u32| (key.rotate_left(5) ^ (ord + 1)).wrapping_mul(0x9e37_79b9);
    ords.iter().fold(0, mix)
}
