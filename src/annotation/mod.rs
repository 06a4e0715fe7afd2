//! What else is said about a code: notes, record pages, drug products, taxonomy and synonyms, read
//! from files, each with its source. An annotation never changes a record.

pub(crate) mod file_kind;

pub(crate) mod file_content;
mod zipped;

pub(crate) mod files;
pub(crate) mod opened_file;

pub(crate) mod csv_rows;
pub(crate) mod csv_table;
pub(crate) mod source;
pub(crate) mod text;

pub(crate) mod note;

pub(crate) mod record_page;

pub(crate) mod drugs;

pub(crate) mod synonym;

pub(crate) mod rbcs;
pub(crate) mod rbcs_assignment;
mod rbcs_row;

pub(crate) mod shipped;

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

pub use drugs::drug_product::DrugProduct;
pub use drugs::ndc::{Ndc, ParseNdcError};
pub(crate) use drugs::quarter::issue_order;
pub use file_content::parse;
pub use file_kind::recognise;
pub use files::{read, read_synonyms, recognise_file};
pub use note::clinical_note::ClinicalNote;
pub use note::modifier_table::ModifierUse;
pub use note::same_title::{SameTitle, same_titles};
pub use note::section::{NoteSection, SectionKind};
pub use rbcs_assignment::{RbcsAssignment, RbcsLevel};
pub use record_page::record_page::{Difference, FieldDefinition, RecordPage};
pub use shipped::{shipped, shipped_beside};
pub use source::{Skipped, Source, SourceKind};
pub use synonym::list::SynonymList;
pub use synonym::synonym::Synonym;

use crate::codeset::Code;

/// The annotations of one file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Annotations {
    /// Clinical notes; a file has one.
    Notes(Source, Vec<ClinicalNote>),
    /// A page about one code.
    RecordPage(Source, Box<RecordPage>),
    /// The drug products of a crosswalk, in file order.
    DrugProducts(Source, Vec<DrugProduct>),
    /// The current assignments of an RBCS release, in file order.
    Rbcs(Source, Vec<RbcsAssignment>),
    /// A list of synonyms.
    Synonyms(Source, SynonymList),
}

impl Annotations {
    /// The file they were read from.
    #[must_use]
    pub fn source(&self) -> &Source {
        match self {
            Self::Notes(source, _)
            | Self::RecordPage(source, _)
            | Self::DrugProducts(source, _)
            | Self::Rbcs(source, _)
            | Self::Synonyms(source, _) => source,
        }
    }

    /// The codes that it is about; empty for synonyms, which are about words.
    #[must_use]
    pub fn codes(&self) -> BTreeSet<Code> {
        match self {
            Self::Notes(_, notes) => notes.iter().flat_map(|note| note.codes.clone()).collect(),
            Self::RecordPage(_, page) => BTreeSet::from([page.record.code]),
            Self::DrugProducts(_, products) => products.iter().map(|own| own.code).collect(),
            Self::Rbcs(_, assignments) => assignments.iter().map(|own| own.code).collect(),
            Self::Synonyms(..) => BTreeSet::new(),
        }
    }

    /// How many rows of a crosswalk or a taxonomy are for these codes.
    pub(crate) fn rows_of(&self, codes: &BTreeSet<Code>) -> usize {
        match self {
            Self::DrugProducts(_, products) => {
                let of_these = products.iter().filter(|own| codes.contains(&own.code));
                of_these.count()
            }
            Self::Rbcs(_, assignments) => {
                let of_these = assignments.iter().filter(|own| codes.contains(&own.code));
                of_these.count()
            }
            Self::Notes(..) | Self::RecordPage(..) | Self::Synonyms(..) => 0,
        }
    }

    /// The source, to add notices to it.
    pub fn source_mut(&mut self) -> &mut Source {
        match self {
            Self::Notes(source, _)
            | Self::RecordPage(source, _)
            | Self::DrugProducts(source, _)
            | Self::Rbcs(source, _)
            | Self::Synonyms(source, _) => source,
        }
    }
}
