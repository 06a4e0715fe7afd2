//! What else is said about a code: notes, record pages, drug products, taxonomy and synonyms, read
//! from files, each with its source. An annotation never changes a record.

mod source;
mod text;

mod clinical_note;
mod front_matter;
mod modifier_table;
mod named_codes;
mod note_body;
mod section;

mod field;
mod marks;
mod record_page;

mod drug_name;
mod heading;
mod ndc;
mod quarter;
mod taxonomy;

mod circle;
mod synonym;

mod reading;
mod recognise;
mod same_title;
mod shipped;

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

pub use clinical_note::ClinicalNote;
pub use drug_name::DrugProduct;
pub use modifier_table::ModifierUse;
pub use ndc::{Ndc, ParseNdcError};
pub use reading::{parse, read, read_synonyms, recognise_file};
pub use recognise::recognise;
pub use record_page::{Difference, FieldDefinition, RecordPage};
pub use same_title::{SameTitle, same_titles};
pub use section::{Section, SectionKind};
pub use shipped::shipped;
pub use source::{Skipped, Source, SourceKind};
pub use synonym::{Synonym, SynonymList};
pub use taxonomy::{RbcsAssignment, RbcsLevel};

use crate::codeset::Code;

/// What was read from one file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Annotations {
    /// Clinical notes; a file holds one.
    Notes(Source, Vec<ClinicalNote>),
    /// A page about one code.
    RecordPage(Source, Box<RecordPage>),
    /// The drug products of a crosswalk, in its order.
    DrugProducts(Source, Vec<DrugProduct>),
    /// The current assignments of an RBCS release, in its order.
    Rbcs(Source, Vec<RbcsAssignment>),
    /// A list of synonyms.
    Synonyms(Source, SynonymList),
}

impl Annotations {
    /// Where they were read.
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

    /// The codes that it speaks of; none for synonyms, which speak of words.
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

    fn source_mut(&mut self) -> &mut Source {
        match self {
            Self::Notes(source, _)
            | Self::RecordPage(source, _)
            | Self::DrugProducts(source, _)
            | Self::Rbcs(source, _)
            | Self::Synonyms(source, _) => source,
        }
    }
}
