//! Plain tantivy: the default analyzer and settings, three text fields, its query parser, the
//! answers read out of its document store.

use std::path::Path;

use hcpcs::Release;
use hcpcs::annotation::Annotations;
use tantivy::collector::TopDocs;
use tantivy::query::{BooleanQuery, Query, QueryParser, TermQuery};
use tantivy::schema::{Field, IndexRecordOption, STORED, STRING, Schema, TEXT, Value};
use tantivy::{Index, IndexReader, TantivyDocument, Term};

use super::{Engine, LIMIT, Manner, Question};

/// The memory that the writer's documentation suggests, in bytes.
const MEMORY: usize = 50_000_000;

pub(crate) struct PlainTantivy {
    reader: IndexReader,
    fields: Fields,
    whole: QueryParser,
    /// Finds words that begin with what is asked.
    prefix: QueryParser,
    /// Finds words one edit away from what is asked.
    fuzzy: QueryParser,
}

struct Fields {
    texts: [Field; 3],
    coverage: Field,
    betos: Field,
}

impl Fields {
    fn of(schema: &Schema) -> Self {
        let field = |name: &str| schema.get_field(name).unwrap();
        Self {
            texts: ["code", "long_descriptor", "short_descriptor"].map(field),
            coverage: field("coverage"),
            betos: field("betos"),
        }
    }
}

impl Engine for PlainTantivy {
    const NAME: &'static str = "tantivy";
    type Answer = Vec<[String; 3]>;

    fn build(folder: &Path, release: Release, _: Vec<Annotations>) {
        let mut schema = Schema::builder();
        for name in ["code", "long_descriptor", "short_descriptor"] {
            schema.add_text_field(name, TEXT | STORED);
        }
        schema.add_text_field("coverage", STRING);
        schema.add_text_field("betos", STRING);
        let schema = schema.build();
        let fields = Fields::of(&schema);
        let index = Index::create_in_dir(folder, schema).unwrap();
        let mut writer = index.writer(MEMORY).unwrap();
        for record in release.records {
            let mut document = TantivyDocument::default();
            let [code, long, short] = fields.texts;
            document.add_text(code, record.code.as_str());
            document.add_text(long, &record.long_descriptor);
            document.add_text(short, &record.short_descriptor);
            if let Some(coverage) = record.coverage {
                document.add_text(fields.coverage, coverage.as_str());
            }
            if let Some(betos) = record.betos {
                document.add_text(fields.betos, betos.as_str());
            }
            writer.add_document(document).unwrap();
        }
        writer.commit().unwrap();
        writer.wait_merging_threads().unwrap();
    }

    fn open(folder: &Path) -> Self {
        let index = Index::open_in_dir(folder).unwrap();
        let fields = Fields::of(&index.schema());
        let parser = || QueryParser::for_index(&index, fields.texts.to_vec());
        let [whole, mut prefix, mut fuzzy] = [parser(), parser(), parser()];
        for field in fields.texts {
            prefix.set_field_fuzzy(field, true, 0, true);
            fuzzy.set_field_fuzzy(field, false, 1, true);
        }
        Self {
            reader: index.reader().unwrap(),
            fields,
            whole,
            prefix,
            fuzzy,
        }
    }

    fn ask(&self, question: &Question) -> Self::Answer {
        let searcher = self.reader.searcher();
        let collector = TopDocs::with_limit(LIMIT).order_by_score();
        let found = searcher.search(&self.query(question), &collector).unwrap();
        let rows = found.into_iter().map(|(_, address)| {
            let document: TantivyDocument = searcher.doc(address).unwrap();
            self.fields.texts.map(|field| {
                let value = document.get_first(field).unwrap();
                value.as_str().unwrap_or_default().to_owned()
            })
        });
        rows.collect()
    }

    fn codes(answer: &Self::Answer) -> Vec<String> {
        super::first_of(answer)
    }
}

impl PlainTantivy {
    fn query(&self, question: &Question) -> Box<dyn Query> {
        let parser = match question.manner {
            Manner::Unknown | Manner::Whole => &self.whole,
            Manner::Prefix => &self.prefix,
            Manner::Misspelt => &self.fuzzy,
        };
        let (query, _) = parser.parse_query_lenient(&question.words);
        let filters = [
            (self.fields.coverage, &question.coverage),
            (self.fields.betos, &question.betos),
        ];
        let mut all = vec![query];
        for (field, value) in filters {
            if let Some(value) = value {
                let term = Term::from_field_text(field, value);
                all.push(Box::new(TermQuery::new(term, IndexRecordOption::Basic)));
            }
        }
        if all.len() == 1 {
            return all.remove(0);
        }
        Box::new(BooleanQuery::intersection(all))
    }
}
