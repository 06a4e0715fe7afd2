//! The posting lists of a term: its documents, each with the fields that have it.

use tantivy::postings::BlockSegmentPostings;
use tantivy::schema::IndexRecordOption;

use super::reader::Reader;
use crate::index::field_set::FieldSet;
use crate::index::store::term::Posting;

impl Reader {
    /// Visits each document of a term, with the fields of the document that have it. `block` is the
    /// buffer into which postings are decoded; the next call may reuse it.
    pub(crate) fn each_posting(
        &self,
        ord: u32,
        side: Posting,
        block: &mut Option<BlockSegmentPostings>,
        mut each: impl FnMut(u32, FieldSet),
    ) {
        self.each_block(ord, side, block, |docs, fields| {
            for (doc, own) in docs.iter().zip(fields) {
                each(*doc, FieldSet::from_number(*own));
            }
        });
    }

    /// Visits the documents of a term, some at a time, with the number of each one's field set.
    pub(crate) fn each_block(
        &self,
        ord: u32,
        side: Posting,
        block: &mut Option<BlockSegmentPostings>,
        mut each: impl FnMut(&[u32], &[u8]),
    ) {
        let Some(block) = self.postings(ord, side, block) else {
            return;
        };
        let mut fields = self.store.terms().fields(ord, side);
        while !block.docs().is_empty() {
            let docs = block.docs();
            each(docs, fields);
            fields = fields.get(docs.len()..).unwrap_or_default();
            block.advance();
        }
    }

    /// Looks a term's documents up: visits those of `wanted`, documents in rising order, that have it.
    pub(crate) fn each_of<T>(
        &self,
        ord: u32,
        side: Posting,
        block: &mut Option<BlockSegmentPostings>,
        wanted: impl Iterator<Item = (u32, T)>,
        mut each: impl FnMut(T, FieldSet),
    ) {
        let Some(block) = self.postings(ord, side, block) else {
            return;
        };
        let fields = self.store.terms().fields(ord, side);
        // The next of the block's documents, and how many precede the block.
        let (mut at, mut before) = (0, 0);
        for (doc, own) in wanted {
            if block.docs().last().is_none_or(|last| *last < doc) {
                before = block.rank(doc) as usize;
                at = block.seek(doc);
                before -= at;
            }
            if block.docs().last().is_none_or(|last| *last < doc) {
                return;
            }
            let docs = block.docs().get(at..).unwrap_or_default();
            at += docs.iter().take_while(|other| **other < doc).count();
            if block.docs().get(at) == Some(&doc) {
                let number = fields.get(before + at).copied();
                each(own, FieldSet::from_number(number.unwrap_or_default()));
            }
        }
    }

    fn postings<'b>(
        &self,
        ord: u32,
        posting: Posting,
        block: &'b mut Option<BlockSegmentPostings>,
    ) -> Option<&'b mut BlockSegmentPostings> {
        let info = self.store.terms().posting(ord, posting)?;
        let reader = &self.postings[posting as usize];
        if let Some(block) = block {
            reader
                .reset_block_postings_from_terminfo(&info, block)
                .ok()?;
        } else {
            let option = IndexRecordOption::Basic;
            *block = reader.read_block_postings_from_terminfo(&info, option).ok();
        }
        block.as_mut()
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;
    use std::path::Path;

    use tantivy::Directory as _;
    use tantivy::collector::DocSetCollector;
    use tantivy::directory::MmapDirectory;
    use tantivy::query::{BooleanQuery, Query, TermQuery};
    use tantivy::{Searcher, Term};

    use super::super::bundle::{Bundle, Trust};
    use super::super::manifest::Manifest;
    use super::*;
    use crate::index::build::build::{Sources, build_index};
    use crate::index::schema;
    use crate::release::Release;

    /// The engine's own searcher over the segment.
    fn engine(folder: &Path, manifest: &Manifest) -> Searcher {
        let directory = MmapDirectory::open(folder).unwrap();
        let file = directory.open_read(manifest.generation.as_ref()).unwrap();
        let index = tantivy::Index::open(Bundle::open(file, Trust::Verified).unwrap()).unwrap();
        index.reader().unwrap().searcher()
    }

    /// The lists are valid for the engine: its own queries find the same documents.
    #[test]
    fn the_engine_finds_the_same_documents() {
        let folder = tempfile::tempdir().unwrap();
        let sources = Sources {
            releases: vec![Release::starter().unwrap()],
            annotations: crate::annotation::shipped().unwrap(),
        };
        let manifest = build_index(folder.path(), sources).unwrap();
        let reader = Reader::open(folder.path()).unwrap();
        let searcher = engine(folder.path(), &manifest);
        assert_eq!(searcher.num_docs(), u64::from(reader.store.len()));
        let terms = reader.store.terms();
        let found = |query: &dyn Query| -> HashSet<u32> {
            let found = searcher.search(query, &DocSetCollector).unwrap();
            found.into_iter().map(|address| address.doc_id).collect()
        };
        for (side, name) in [
            (Posting::Release, schema::RELEASE),
            (Posting::Annotation, schema::ANNOTATION),
        ] {
            let field = searcher.schema().get_field(name).unwrap();
            let query = |ord| -> Box<dyn Query> {
                let term = Term::from_field_text(field, terms.term(ord));
                Box::new(TermQuery::new(term, IndexRecordOption::Basic))
            };
            let mut block = None;
            let mut ours = |ord| {
                let mut docs = HashSet::new();
                reader.each_posting(ord, side, &mut block, |doc, fields| {
                    assert!(fields.number() > 0, "{}", terms.term(ord));
                    docs.insert(doc);
                });
                docs
            };
            let mut before = HashSet::new();
            let mut postings = 0;
            for ord in 0..terms.len() {
                let own = ours(ord);
                assert_eq!(found(&*query(ord)), own, "{}", terms.term(ord));
                postings += own.len();
                if ord > 0 {
                    let either = BooleanQuery::union(vec![query(ord - 1), query(ord)]);
                    assert_eq!(found(&either), &before | &own);
                    let both = BooleanQuery::intersection(vec![query(ord - 1), query(ord)]);
                    assert_eq!(found(&both), &before & &own);
                }
                before = own;
            }
            assert!(postings > 300, "{name}: {postings}");
        }
    }
}
