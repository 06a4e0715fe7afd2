//! Builds an index: versions of codes and what else is said of them → one packed file.

use rustc_hash::FxHashMap as HashMap;

use rayon::prelude::*;
use tantivy::directory::RamDirectory;
use tantivy::tokenizer::TokenizerManager;
use tantivy::{Directory, Index, TantivyDocument};

use crate::history::Version;

use super::analyzer::{Form, Token, analyze, family};
use super::annotated::Annotated;
use super::descriptor::{CommonBeginnings, flag_of, is_content, is_function_word};
use super::document::{Text, texts};
use super::schema::{self, Field, HEAD_WEIGHT};
use super::store::{
    self, Section, StoreWriter, SynonymData, TermData, TextToken, TokenFlags, VersionData,
};
use super::{bundle, weighted};

/// Memory that the engine may take before it would write a second segment, in bytes.
const ENGINE_MEMORY: usize = 1 << 30;

/// What an index is built from.
pub(crate) struct Corpus<'a> {
    /// Versions of codes, in the order of codes and days.
    pub(crate) versions: &'a [Version],
    /// What annotations say of codes.
    pub(crate) annotated: &'a Annotated,
    /// The annotations as they were read, to build anew from.
    pub(crate) annotations: Vec<u8>,
    /// The releases of the timeline, likewise.
    pub(crate) editions: Vec<u8>,
}

/// A distinct text of the corpus with its terms.
struct Analyzed {
    tokens: Vec<Token>,
    /// Numbers of the terms, beside the tokens.
    ords: Vec<u32>,
    /// How many tokens belong to the head of a long descriptor.
    head: usize,
}

/// A version's texts: field, number of the text, number of the source.
type DocTexts = Vec<(Field, u32, u16)>;

/// Builds the packed file.
pub(crate) fn build(corpus: Corpus<'_>) -> tantivy::Result<Vec<u8>> {
    let (docs, distinct) = intern(&corpus);
    let mut analyzed: Vec<Analyzed> = distinct
        .par_iter()
        .map(|text| Analyzed {
            tokens: analyze(text),
            ords: Vec::new(),
            head: 0,
        })
        .collect();
    mark_heads(&docs, &mut analyzed);
    let mut terms = number_terms(&mut analyzed);
    let files = postings(&docs, &analyzed, &mut terms)?;
    let families = families(&terms);
    for (data, family) in terms.iter_mut().zip(families) {
        data.family = family;
    }
    let tables = tables(corpus, &docs, &distinct, &analyzed, &terms)?;
    let files: Vec<(String, Vec<u8>)> = files
        .into_iter()
        .chain([(store::FILE.to_owned(), tables)])
        .collect();
    Ok(bundle::pack(&files))
}

/// Numbers the distinct texts of the corpus.
fn intern(corpus: &Corpus<'_>) -> (Vec<DocTexts>, Vec<String>) {
    let mut numbers: HashMap<String, u32> = HashMap::default();
    let mut distinct = Vec::new();
    let docs = corpus.versions.iter().map(|version| {
        let said = corpus
            .annotated
            .said
            .get(&version.record.code)
            .map_or(&[][..], Vec::as_slice);
        let number = |Text {
                          field,
                          content: text,
                          source,
                      }: Text<'_>| {
            let id = numbers.get(text.as_ref()).copied().unwrap_or_else(|| {
                let id = narrow(distinct.len());
                distinct.push(text.clone().into_owned());
                numbers.insert(text.into_owned(), id);
                id
            });
            (field, id, source)
        };
        texts(version, said).into_iter().map(number).collect()
    });
    let docs = docs.collect();
    (docs, distinct)
}

fn mark_heads(docs: &[DocTexts], analyzed: &mut [Analyzed]) {
    let long = |doc: &DocTexts| doc.first().map_or(0, |(_, id, _)| *id as usize);
    let common =
        CommonBeginnings::count(docs.iter().map(|doc| analyzed[long(doc)].tokens.as_slice()));
    for doc in docs {
        let text = &mut analyzed[long(doc)];
        text.head = common.head(&text.tokens);
    }
}

/// Gives each term its number in the order of terms.
fn number_terms(analyzed: &mut [Analyzed]) -> Vec<TermData> {
    let mut surfaces: HashMap<&str, &str> = HashMap::default();
    for text in analyzed.iter() {
        for token in &text.tokens {
            surfaces.entry(&token.term).or_insert(&token.term);
        }
    }
    let mut terms: Vec<TermData> = surfaces
        .into_iter()
        .map(|(term, surface)| TermData {
            term: term.to_owned(),
            surface: surface.to_owned(),
            ..TermData::default()
        })
        .collect();
    terms.par_sort_unstable_by(|a, b| a.term.cmp(&b.term));
    let numbers: HashMap<&str, u32> = terms
        .iter()
        .enumerate()
        .map(|(at, data)| (data.term.as_str(), narrow(at)))
        .collect();
    analyzed.par_iter_mut().for_each(|text| {
        let number = |token: &Token| {
            numbers
                .get(token.term.as_str())
                .copied()
                .unwrap_or(u32::MAX)
        };
        text.ords = text.tokens.iter().map(number).collect();
    });
    terms
}

/// Has the engine write the postings, and notes where each term's lie.
fn postings(
    docs: &[DocTexts],
    analyzed: &[Analyzed],
    terms: &mut [TermData],
) -> tantivy::Result<Vec<(String, Vec<u8>)>> {
    let directory = RamDirectory::create();
    let tokenizers = TokenizerManager::new();
    tokenizers.register(weighted::NAME, weighted::analyzer());
    let schema = schema::schema();
    let fields = [
        schema.get_field(schema::RELEASE)?,
        schema.get_field(schema::ANNOTATION)?,
    ];
    let builder = Index::builder().schema(schema).tokenizers(tokenizers);
    let mut writer =
        builder.single_segment_index_writer::<TantivyDocument>(directory.clone(), ENGINE_MEMORY)?;
    let weights: Vec<[String; 2]> = docs
        .par_iter()
        .map(|doc| weights(doc, analyzed, terms))
        .collect();
    for texts in weights {
        let mut document = TantivyDocument::default();
        for (field, text) in fields.iter().zip(&texts) {
            document.add_text(*field, text);
        }
        writer.add_document(document)?;
    }
    let index = writer.finalize()?;
    for segment in index.searchable_segments()? {
        let reader = tantivy::SegmentReader::open(&segment)?;
        for (at, field) in fields.iter().enumerate() {
            let inverted = reader.inverted_index(*field)?;
            let mut stream = inverted.terms().stream()?;
            while let Some((term, info)) = stream.next() {
                let found = terms.binary_search_by(|data| data.term.as_bytes().cmp(term));
                let Ok(ord) = found else { continue };
                let range = &info.postings_range;
                terms[ord].postings[at] = (info.doc_freq, narrow(range.start), narrow(range.end));
            }
        }
    }
    let mut files = Vec::new();
    for path in index.directory().list_managed_files() {
        let Ok(file) = directory.open_read(&path) else {
            continue;
        };
        let bytes = file.read_bytes()?.to_vec();
        files.push((path.to_string_lossy().into_owned(), bytes));
    }
    files.sort_unstable();
    Ok(files)
}

/// The terms of a document with their weights: those of the release, those of annotations.
fn weights(doc: &DocTexts, analyzed: &[Analyzed], terms: &[TermData]) -> [String; 2] {
    // A word counts once a field, however often it stands there.
    let mut counted: Vec<(u32, bool, Field, u32)> = Vec::with_capacity(96);
    for (field, id, _) in doc {
        let text = &analyzed[*id as usize];
        let is_long = *field == Field::LongDescriptor;
        for (at, ord) in text.ords.iter().enumerate() {
            // Parts of a drug's number are found in a thousand others.
            if *field == Field::Ndc && text.tokens[at].form == Form::Word && at > 0 {
                continue;
            }
            let head = if is_long && at < text.head {
                HEAD_WEIGHT
            } else {
                0
            };
            counted.push((*ord, field.is_annotation(), *field, field.weight() + head));
        }
    }
    counted.sort_unstable_by_key(|(ord, side, field, weight)| {
        (*ord, *side, *field, u32::MAX - weight)
    });
    counted.dedup_by_key(|(ord, side, field, _)| (*ord, *side, *field));
    let mut texts = [String::with_capacity(512), String::new()];
    for same in counted.chunk_by(|a, b| (a.0, a.1) == (b.0, b.1)) {
        let weight = same.iter().map(|(.., weight)| weight).sum();
        let (ord, side, ..) = same[0];
        if let Some(data) = terms.get(ord as usize) {
            weighted::push(&mut texts[usize::from(side)], &data.term, weight);
        }
    }
    texts
}

/// For each term the numbers of the terms with the same stem.
fn families(terms: &[TermData]) -> Vec<Vec<u32>> {
    let stems: Vec<String> = terms.par_iter().map(|data| family(&data.term)).collect();
    let mut members: HashMap<&str, Vec<u32>> = HashMap::default();
    for (ord, stem) in stems.iter().enumerate() {
        members.entry(stem).or_default().push(narrow(ord));
    }
    stems
        .iter()
        .map(|stem| members.get(stem.as_str()).cloned().unwrap_or_default())
        .collect()
}

fn tables(
    corpus: Corpus<'_>,
    docs: &[DocTexts],
    distinct: &[String],
    analyzed: &[Analyzed],
    terms: &[TermData],
) -> tantivy::Result<Vec<u8>> {
    let mut writer = StoreWriter::new();
    for (version, doc) in corpus.versions.iter().zip(docs) {
        let mut data = version_data(doc, analyzed, terms, docs.len());
        data.rbcs = corpus
            .annotated
            .rbcs
            .get(&version.record.code)
            .copied()
            .unwrap_or_default();
        writer
            .version(version, &data)
            .map_err(|cause| tantivy::TantivyError::InternalError(cause.to_string()))?;
    }
    for (text, analyzed) in distinct.iter().zip(analyzed) {
        writer.text(text, &text_tokens(analyzed));
    }
    writer.terms(terms);
    writer.synonyms(&synonyms(&corpus.annotated.synonyms, terms));
    writer.section(Section::Annotations, corpus.annotations);
    writer.section(Section::Editions, corpus.editions);
    Ok(writer.finish())
}

/// The synonyms as they are looked up; one that means a word which no text has is left out.
fn synonyms(rows: &[(String, String)], terms: &[TermData]) -> Vec<SynonymData> {
    let ord = |term: &str| {
        let found = terms.binary_search_by(|data| data.term.as_str().cmp(term));
        found.ok().map(narrow)
    };
    let synonym = |(asked, meant): &(String, String)| {
        let words = analyze(asked)
            .into_iter()
            .filter(|token| token.form == Form::Word);
        let asked: Vec<String> = words.map(|token| token.term).collect();
        let meant_words = analyze(meant)
            .into_iter()
            .filter(|token| token.form == Form::Word && !is_function_word(&token.term));
        let terms: Option<Vec<u32>> = meant_words.map(|token| ord(&token.term)).collect();
        let terms = terms.filter(|terms| !terms.is_empty())?;
        Some(SynonymData {
            asked: asked.join(" "),
            meant: meant.clone(),
            terms,
        })
    };
    let mut synonyms: Vec<SynonymData> = rows.par_iter().filter_map(synonym).collect();
    synonyms.sort_by(|a, b| a.asked.cmp(&b.asked));
    synonyms
}

fn version_data(
    doc: &DocTexts,
    analyzed: &[Analyzed],
    terms: &[TermData],
    docs: usize,
) -> VersionData {
    let mut data = VersionData {
        texts: doc.clone(),
        ..VersionData::default()
    };
    let Some((_, long, _)) = doc.first() else {
        return data;
    };
    let text = &analyzed[*long as usize];
    let (mut content, mut head) = (Vec::new(), Vec::new());
    for (at, (token, ord)) in text.tokens.iter().zip(&text.ords).enumerate() {
        data.flags |= flag_of(&token.term);
        if token.form == Form::Word {
            data.length = data.length.saturating_add(1);
        }
        if is_content(token) {
            content.push(*ord);
            if at < text.head {
                head.push(*ord);
            }
        }
    }
    let mass = |mut ords: Vec<u32>| -> f32 {
        ords.sort_unstable();
        ords.dedup();
        let doc_freq = |ord: u32| terms.get(ord as usize).map_or(0, |data| data.postings[0].0);
        ords.into_iter()
            .map(|ord| store::idf(doc_freq(ord), narrow(docs)))
            .sum()
    };
    data.mass = mass(content);
    data.head_mass = mass(head);
    data
}

fn text_tokens(text: &Analyzed) -> Vec<TextToken> {
    let token = |(at, (token, ord)): (usize, (&Token, &u32))| {
        let flag = |holds: bool, flag: u8| if holds { flag } else { 0 };
        Some(TextToken {
            ord: *ord,
            start: u16::try_from(token.start).ok()?,
            length: u8::try_from(token.end - token.start).unwrap_or(u8::MAX),
            flags: TokenFlags(
                flag(token.form != Form::Word, TokenFlags::WHOLE)
                    | flag(token.after_mark, TokenFlags::AFTER_MARK)
                    | flag(at < text.head, TokenFlags::HEAD),
            ),
        })
    };
    text.tokens
        .iter()
        .zip(&text.ords)
        .enumerate()
        .filter_map(token)
        .collect()
}

fn narrow(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}
