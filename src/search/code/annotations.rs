//! The annotations of a code: drug products, taxonomy, clinical notes, each with its source.

use std::collections::HashMap;

use serde::Serialize;

use crate::annotation::{
    Annotations, ClinicalNote, DrugProduct, FieldDefinition, ModifierUse, Ndc, NoteSection,
    RbcsAssignment,
};
use crate::codeset::Code;
use crate::index::IndexedSource;

/// The annotations of a code.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "serve", derive(utoipa::ToSchema))]
pub struct About {
    /// Drug products that are billed with the code.
    pub drug_products: Vec<Sourced<DrugProduct>>,
    /// Its assignment in the Restructured BETOS Classification System.
    pub rbcs: Option<Sourced<RbcsAssignment>>,
    /// Clinical notes about it.
    pub notes: Vec<Note>,
    /// The definitions of a record's fields, from a record page about the code.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub definitions: Vec<FieldDefinition>,
}

/// A value with its source.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "serve", derive(utoipa::ToSchema))]
pub struct Sourced<T> {
    /// The value.
    #[serde(flatten)]
    pub said: T,
    /// Its source, such as `ASP NDC-HCPCS crosswalk, 2025-01`.
    pub source: String,
}

/// A clinical note about a code.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "serve", derive(utoipa::ToSchema))]
pub struct Note {
    /// Its title.
    pub title: String,
    /// The public facts on which it is based, as it states them.
    pub rests_on: Option<String>,
    /// Its day.
    pub date: Option<crate::codeset::Date>,
    /// Its licence.
    pub license: Option<String>,
    /// Whether it may be passed on.
    pub may_be_passed_on: bool,
    /// Its sections, in order.
    pub sections: Vec<NoteSection>,
    /// Modifiers and when to use them.
    pub modifiers: Vec<ModifierUse>,
}

impl From<&ClinicalNote> for Note {
    fn from(note: &ClinicalNote) -> Self {
        Self {
            title: note.title.clone(),
            rests_on: note.source.clone(),
            date: note.date,
            license: note.license.clone(),
            may_be_passed_on: note.may_be_passed_on(),
            sections: note.sections.clone(),
            modifiers: note.modifiers.clone(),
        }
    }
}

/// The annotations, by code.
pub(crate) type ByCode = HashMap<Code, About>;

/// Of each drug package, its codes and its place among the products of each.
pub(crate) type ByNdc = HashMap<Ndc, Vec<(Code, usize)>>;

/// The places of all drug packages.
pub(crate) fn by_ndc(by_code: &ByCode) -> ByNdc {
    let mut by_ndc = ByNdc::new();
    for (code, about) in by_code {
        for (at, product) in about.drug_products.iter().enumerate() {
            if let Some(ndc) = product.said.ndc {
                by_ndc.entry(ndc).or_default().push((*code, at));
            }
        }
    }
    for places in by_ndc.values_mut() {
        places.sort_unstable();
    }
    by_ndc
}

/// Reads the annotations from an index.
pub(crate) fn by_code(annotations: Vec<Annotations>, sources: &[IndexedSource]) -> ByCode {
    let mut by_code = ByCode::new();
    for (annotations, source) in annotations.into_iter().zip(sources) {
        let source = source.label();
        match annotations {
            Annotations::DrugProducts(_, products) => {
                for said in products {
                    let about = by_code.entry(said.code).or_default();
                    about.drug_products.push(Sourced {
                        said,
                        source: source.clone(),
                    });
                }
            }
            Annotations::Rbcs(_, assignments) => {
                for said in assignments {
                    let about = by_code.entry(said.code).or_default();
                    about.rbcs = Some(Sourced {
                        said,
                        source: source.clone(),
                    });
                }
            }
            Annotations::Notes(_, notes) => {
                for note in &notes {
                    for code in &note.codes {
                        by_code.entry(*code).or_default().notes.push(note.into());
                    }
                }
            }
            Annotations::RecordPage(_, page) => {
                by_code
                    .entry(page.record.code)
                    .or_default()
                    .definitions
                    .extend(page.fields);
            }
            Annotations::Synonyms(..) => {}
        }
    }
    by_code
}
