//! Full-text search over HCPCS Level II codes and modifiers.
//!
//! HCPCS Level II is the code set in which drugs, supplies and services outside CPT are billed in
//! the United States. CMS publishes it each quarter; this crate reads what is published, indexes
//! it and answers questions about it: which code, is it valid on that day, and why is it an
//! answer. The program `hcpcs` is this library on a terminal.
//!
//! The layers, in the order in which data passes through them:
//!
//! | module | |
//! |---|---|
//! | [`codeset`] | what a HCPCS code is: [`Code`], [`Record`], [`Date`], coded values such as [`Coverage`] |
//! | [`release`] | what CMS publishes: files in, records out |
//! | [`annotation`] | what else is said about a code: notes, drug names, taxonomy, synonyms |
//! | [`history`] | how codes change: several releases → versions of codes |
//! | [`mod@index`] | how it is stored |
//! | [`search`] | how a question is answered |
//! | [`claims`] | how claim lines are checked |
//! | [`export`] | documents for other engines |
//!
//! [`architecture`] shows how they are built.
//!
//! # Read a release
//!
//! [`release::read`] takes a zip as CMS publishes it, a folder, or a file. What it could not read
//! it returns, with line and reason.
//!
//! ```no_run
//! use hcpcs::ReadOptions;
//!
//! let zip = "january-2026-alpha-numeric-hcpcs-file.zip";
//! for release in hcpcs::release::read(zip.as_ref(), &ReadOptions::default())? {
//!     println!("{}: {} codes, {} lines skipped", release.id, release.records.len(), release.skipped.len());
//! }
//! # Ok::<(), hcpcs::Error>(())
//! ```
//!
//! The examples below use the starter set, some hundred codes that are part of the crate. A record
//! says everything that the release says of a code, in CMS's terms:
//!
//! ```
//! let starter = hcpcs::Release::starter()?;
//! let hemin = starter.records.iter().find(|record| record.code.as_str() == "J1640");
//! let coverage = hemin.and_then(|record| record.coverage);
//! assert_eq!(
//!     coverage.and_then(|coverage| coverage.meaning()),
//!     Some("Special coverage instructions apply")
//! );
//! # Ok::<(), hcpcs::Error>(())
//! ```
//!
//! # Build an index
//!
//! [`index::build_index`] takes releases and annotations, and a folder. The switch to the new index
//! is atomic.
//!
//! ```
//! use hcpcs::index::{Sources, build_index};
//! use hcpcs::{Release, annotation};
//!
//! let folder = tempfile::tempdir()?;
//! let sources = Sources {
//!     releases: vec![Release::starter()?],
//!     annotations: annotation::shipped()?,
//! };
//! let manifest = build_index(folder.path(), sources)?;
//! assert_eq!(manifest.codes, 809);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # Ask
//!
//! A [`Searcher`] is an opened index; threads may share it. A [`Query`] is words, filters, a day
//! and a page; the [`Answer`] says what it hides and each [`Hit`] why it is one.
//!
//! ```
//! # use hcpcs::index::{Sources, build_index};
//! use hcpcs::{Filters, Query, Searcher};
//!
//! # let folder = tempfile::tempdir()?;
//! # let releases = vec![hcpcs::Release::starter()?];
//! # build_index(folder.path(), Sources { releases, ..Sources::default() })?;
//! let searcher = Searcher::open(folder.path())?;
//! let answer = searcher.search(&Query {
//!     text: "glycopyrolate".into(), // misspelt
//!     filters: Filters { coverage: vec!["C".parse()?], ..Filters::default() },
//!     as_of: Some("2026-02-01".parse()?),
//!     facets: true,
//!     ..Query::default()
//! })?;
//! assert_eq!(answer.total, 3);
//! assert_eq!(answer.searched_instead[0].instead, ["glycopyrrolate"]);
//! assert_eq!(answer.hits[0].why[0].found, "Glycopyrrolate");
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! Serialized, an answer is the JSON that `hcpcs search --json` prints.
//!
//! # Everything about a code
//!
//! ```
//! # use hcpcs::index::{Sources, build_index};
//! # use hcpcs::{Code, Searcher, Status};
//! # let folder = tempfile::tempdir()?;
//! # let releases = vec![hcpcs::Release::starter()?];
//! # build_index(folder.path(), Sources { releases, ..Sources::default() })?;
//! # let searcher = Searcher::open(folder.path())?;
//! let code: Code = "J1443".parse()?;
//! let day = "2026-02-01".parse()?;
//! let details = searcher.details(code, Some(day)).expect("the starter set has it");
//! assert_eq!(details.status, Status::Terminated);
//! for field in &details.fields {
//!     println!("{} ({}): {}", field.name, field.alias, field.value);
//! }
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod error;

pub mod codeset;

pub(crate) mod table;

pub mod release;

#[cfg(feature = "download")]
pub mod download;

pub mod annotation;

pub mod history;

pub mod index;

pub mod search;

pub mod claims;

pub mod export;

#[cfg(feature = "serve")]
pub mod server;

pub use codeset::{
    Action, AscGroup, Betos, Code, CodeSpan, Coverage, Date, DateSpan, Entry, Kind,
    LaboratoryCertification, MultiplePricing, ParseCodeError, ParseDateError, ParseValueError,
    PricingIndicator, ProcessingNote, Record, Section, Table, TypeOfService, UnreadValue,
    blank_fields,
};
pub use error::{Error, Remedy, Result, counted};
pub use index::{Field, Manifest};
pub use release::{LeftOut, Quarter, ReadOptions, Release, ReleaseId, Skipped};
pub use search::{Answer, Facets, Filters, Hit, Query, QueryRequest, Searcher, Status};

#[doc = include_str!("README.md")]
pub mod architecture {}
