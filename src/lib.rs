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
//!
//! # Check a claim line, count units
//!
//! A verdict is on the code; [`claims::Checked::finding`] and [`claims::Checked::is_wrong`] are on
//! the whole line, with its modifiers and units. [`claims::ClaimReader`] reads files of lines, and
//! [`Searcher::check_all`] checks them.
//!
//! ```
//! # use hcpcs::index::{Sources, build_index};
//! # use hcpcs::Searcher;
//! # let folder = tempfile::tempdir()?;
//! # let releases = vec![hcpcs::Release::starter()?];
//! # build_index(folder.path(), Sources { releases, ..Sources::default() })?;
//! # let searcher = Searcher::open(folder.path())?;
//! use hcpcs::search::UnitsRequest;
//!
//! let checked = searcher.check(&"J1443 JW 2026-01-15".parse()?);
//! assert!(checked.is_wrong());
//! assert_eq!(checked.finding, "terminated");
//!
//! let units = searcher.units(&UnitsRequest {
//!     code: Some("J1597".into()),
//!     dose: Some("0.4 mg".into()),
//!     as_of: Some("2026-02-01".parse()?),
//!     ..UnitsRequest::default()
//! })?;
//! assert_eq!(units.units, Some(4));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # What an answer leaves open
//!
//! An answer says what is old, partial, corrected or unknown. A program must pass that on:
//!
//! | field | of | says |
//! |---|---|---|
//! | `age` | [`Answer`], [`search::Details`], [`claims::Checked`] | how old the releases are; [`history::Age::is_notable`] if none is of the day's quarter |
//! | `release_scope` | these, [`search::UnitsAnswer`] | how much of the code set the release holds, if not all |
//! | `notices` | [`Answer`], [`search::UnitsAnswer`], [`claims::LineReport`], [`history::Changes`] | whatever else, one sentence each; of the first two the age too |
//! | `searched_instead`, `not_found`, `hidden` | [`Answer`] | what became of the words, and how many codes are not valid on the day |
//! | `unclear` | [`search::Details`], [`Hit`] | why a valid code may not have been valid on the day |
//!
//! [`Searcher::notices_on`] has the sentences about a day that hold for every answer:
//!
//! ```
//! # use hcpcs::index::{Sources, build_index};
//! # use hcpcs::Searcher;
//! # let folder = tempfile::tempdir()?;
//! # let releases = vec![hcpcs::Release::starter()?];
//! # build_index(folder.path(), Sources { releases, ..Sources::default() })?;
//! # let searcher = Searcher::open(folder.path())?;
//! assert_eq!(
//!     searcher.notices_on("2026-11-26".parse()?),
//!     [
//!         "release 2026-01/starter: 809 of about 9,000 codes",
//!         "newest release 2026-01/starter, three quarters before 2026-11-26",
//!     ]
//! );
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # Cargo features
//!
//! All of the above needs no feature; `default-features = false` is right for a library.
//!
//! | feature | adds |
//! |---|---|
//! | `cli` (default) | the program; with `workbook` |
//! | `download` (default) | the module `download`: the newest release from CMS's page |
//! | `serve` (default) | the module `server`, and `utoipa::ToSchema` of the answers' types; with `workbook` |
//! | `mcp` (default) | `server::serve_mcp`; with `serve` |
//! | `workbook` | `export::WorkbookWriter` |

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
