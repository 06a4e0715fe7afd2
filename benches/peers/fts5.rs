//! SQLite FTS5 as a coder would set it up well: porter stemming, bm25 with weights for the
//! columns, all words first and then any, the last word a prefix unless it is known to be
//! whole, statements kept prepared.

use std::path::Path;

use hcpcs::Release;
use hcpcs::annotation::Annotations;
use rusqlite::{Connection, OpenFlags, params};

use super::{Engine, LIMIT, Manner, Question};

const FILE: &str = "fts5.db";

/// `optimize` makes the index one segment, which is faster to ask.
const SCHEMA: &str = "
    CREATE VIRTUAL TABLE codes USING fts5(
        code, long_descriptor, short_descriptor, coverage UNINDEXED, betos UNINDEXED,
        tokenize = 'porter unicode61'
    );
    INSERT INTO codes(codes, rank) VALUES ('rank', 'bm25(10.0, 5.0, 1.0)');";
const OPTIMIZE: &str = "INSERT INTO codes(codes) VALUES ('optimize')";
const INSERT: &str = "INSERT INTO codes VALUES (?1, ?2, ?3, ?4, ?5)";

/// Without a filter, and with one on coverage and on BETOS.
const SELECT: &str = "SELECT code, long_descriptor, short_descriptor FROM codes
    WHERE codes MATCH ?1 ORDER BY rank LIMIT ?2";
const SELECT_COVERAGE: &str = "SELECT code, long_descriptor, short_descriptor FROM codes
    WHERE codes MATCH ?1 AND coverage = ?3 ORDER BY rank LIMIT ?2";
const SELECT_BETOS: &str = "SELECT code, long_descriptor, short_descriptor FROM codes
    WHERE codes MATCH ?1 AND betos = ?3 ORDER BY rank LIMIT ?2";

pub(crate) struct Fts5(Connection);

impl Engine for Fts5 {
    const NAME: &'static str = "fts5";
    type Answer = Vec<[String; 3]>;

    fn build(folder: &Path, release: Release, _: Vec<Annotations>) {
        let mut connection = Connection::open(folder.join(FILE)).unwrap();
        let transaction = connection.transaction().unwrap();
        transaction.execute_batch(SCHEMA).unwrap();
        let mut insert = transaction.prepare(INSERT).unwrap();
        for record in release.records {
            let values = params![
                record.code.as_str(),
                record.long_descriptor,
                record.short_descriptor,
                record.coverage.as_ref().map(hcpcs::Coverage::as_str),
                record.betos.as_ref().map(hcpcs::Betos::as_str),
            ];
            insert.execute(values).unwrap();
        }
        drop(insert);
        transaction.execute(OPTIMIZE, ()).unwrap();
        transaction.commit().unwrap();
    }

    fn open(folder: &Path) -> Self {
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let connection = Connection::open_with_flags(folder.join(FILE), flags).unwrap();
        // The whole file in its page cache, which by default is smaller.
        connection
            .pragma_update(None, "cache_size", -65536)
            .unwrap();
        connection
            .pragma_update(None, "mmap_size", 1 << 28)
            .unwrap();
        for sql in [SELECT, SELECT_COVERAGE, SELECT_BETOS] {
            drop(connection.prepare_cached(sql).unwrap());
        }
        Self(connection)
    }

    fn ask(&self, question: &Question) -> Self::Answer {
        let words = words(&question.words, question.manner != Manner::Whole);
        let mut rows = self.select(question, &words.join(" AND "), LIMIT);
        if rows.len() < LIMIT && words.len() > 1 {
            let any = self.select(question, &words.join(" OR "), LIMIT + rows.len());
            for row in any {
                if rows.len() < LIMIT && !rows.contains(&row) {
                    rows.push(row);
                }
            }
        }
        rows
    }

    fn codes(answer: &Self::Answer) -> Vec<String> {
        super::first_of(answer)
    }
}

impl Fts5 {
    fn select(&self, question: &Question, expression: &str, limit: usize) -> Vec<[String; 3]> {
        if expression.is_empty() {
            return Vec::new();
        }
        let row = |row: &rusqlite::Row<'_>| Ok([row.get(0)?, row.get(1)?, row.get(2)?]);
        let (sql, value) = match (&question.coverage, &question.betos) {
            (Some(coverage), _) => (SELECT_COVERAGE, Some(coverage)),
            (None, Some(betos)) => (SELECT_BETOS, Some(betos)),
            (None, None) => (SELECT, None),
        };
        let limit = u32::try_from(limit).unwrap();
        let mut select = self.0.prepare_cached(sql).unwrap();
        let rows = match value {
            Some(value) => select.query_map(params![expression, limit, value], row),
            None => select.query_map(params![expression, limit], row),
        };
        rows.unwrap().collect::<Result<_, _>>().unwrap()
    }
}

/// The words of a question, quoted, so that none is an operator; the last one may be a prefix.
fn words(text: &str, is_prefix: bool) -> Vec<String> {
    let words = text.split(|letter: char| !letter.is_alphanumeric());
    let mut words: Vec<String> = words
        .filter(|word| !word.is_empty())
        .map(|word| format!("\"{word}\""))
        .collect();
    if let Some(last) = words.last_mut().filter(|_| is_prefix) {
        last.push('*');
    }
    words
}
