//! The rows of a record's page: fields, cross references, RBCS, versions.

use super::timeline::held_in_words;
use crate::codeset::{Code, Date};
use crate::history::CrossReference;
use crate::search::{Details, VersionView};
use crate::server::page::changes::change_list::{FieldView, field_view};
use crate::server::page::shell::prose::{Linker, Piece};

/// The target of a cross reference.
pub(super) struct Reference {
    pub(super) target: String,
    pub(super) href: Option<String>,
    pub(super) standing: &'static str,
    pub(super) through: Vec<String>,
    pub(super) text: String,
}

/// A field of the record.
pub(super) struct Field {
    pub(super) name: &'static str,
    /// Whether it has the name of the previous field.
    pub(super) is_again: bool,
    pub(super) alias: &'static str,
    pub(super) value: Vec<Piece>,
    pub(super) meaning: Option<String>,
    /// The page that explains the values of its code table.
    pub(super) table: Option<String>,
}

/// The assignment in the taxonomy.
pub(super) struct Rbcs {
    pub(super) source: String,
    pub(super) levels: Vec<(&'static str, String, String)>,
}

/// A version of the code.
pub(super) struct Version {
    pub(super) days: String,
    pub(super) releases: String,
    pub(super) absent: String,
    pub(super) reissued: bool,
    /// The descriptor, if it is new.
    pub(super) text: String,
    pub(super) changes: Vec<FieldView>,
    pub(super) actions: Vec<String>,
}

/// The code tables that explain fields, by CMS's alias of the field.
const TABLES: [(&str, &str); 8] = [
    ("HCPCS_CVRG_CD", "coverage"),
    ("HCPCS_BETOS_CD", "betos"),
    ("HCPCS_PRCNG_IND_CD", "pricing"),
    ("HCPCS_MLTPL_PRCNG_IND_CD", "multiple_pricing"),
    ("HCPCS_LAB_CRTFCTN_CD", "laboratory_certification"),
    ("HCPCS_TYPE_SRVC_CD", "type_of_service"),
    ("HCPCS_ASC_PMT_GRP_CD", "asc_group"),
    ("HCPCS_ACTN_CD", "action"),
];

fn explained(field: &crate::search::FieldValue) -> Option<String> {
    let (_, table) = TABLES.iter().find(|(alias, _)| *alias == field.alias)?;
    Some(format!("/tables/{table}#{}", field.value))
}

pub(super) fn references(references: &[CrossReference], linker: &Linker<'_>) -> Vec<Reference> {
    let view = |own: &CrossReference| {
        let code: Option<Code> = own.target.parse().ok();
        let record = code.and_then(|code| linker.searcher.record(code, linker.day));
        Reference {
            target: own.target.clone(),
            href: code.and_then(|code| linker.of_code(code)),
            standing: own.standing.name(),
            through: own.through.iter().map(ToString::to_string).collect(),
            text: record.map_or_else(String::new, |record| record.long_descriptor),
        }
    };
    references.iter().map(view).collect()
}

pub(super) fn fields(details: &Details, linker: &Linker<'_>) -> Vec<Field> {
    let mut before = "";
    let view = |own: &crate::search::FieldValue| {
        let is_again = std::mem::replace(&mut before, own.name) == own.name;
        Field {
            name: own.name,
            is_again,
            alias: own.alias,
            value: linker.pieces(&own.value),
            meaning: own.meaning.clone(),
            table: explained(own),
        }
    };
    details.fields.iter().map(view).collect()
}

pub(super) fn rbcs(details: &Details) -> Option<Rbcs> {
    let own = details.about.rbcs.as_ref()?;
    let said = &own.said;
    let levels = [
        ("Category", &said.category),
        ("Subcategory", &said.subcategory),
        ("Family", &said.family),
    ];
    let mut levels: Vec<_> = levels
        .map(|(name, level)| (name, level.code.clone(), level.label.clone()))
        .into();
    if let Some(major) = said.major_meaning() {
        levels.push(("Procedure", said.major.clone(), major.to_owned()));
    }
    Some(Rbcs {
        source: own.source.clone(),
        levels,
    })
}

/// The versions, the newest first.
pub(super) fn versions(history: &[VersionView]) -> Vec<Version> {
    let joined = |ids: &[crate::release::ReleaseId]| {
        ids.iter()
            .map(ToString::to_string)
            .collect::<Vec<_>>()
            .join(", ")
    };
    let view = |(at, own): (usize, &VersionView)| {
        let (first, last) = (&own.holds.first_release, &own.holds.last_release);
        let is_new = at == 0 || own.reissued;
        Version {
            days: held_in_words(&own.holds),
            releases: if first == last {
                format!("release {first}")
            } else {
                format!("releases {first} to {last}")
            },
            absent: joined(&own.absent),
            reissued: own.reissued,
            text: if is_new {
                own.record.long_descriptor.clone()
            } else {
                String::new()
            },
            changes: own.changes.iter().map(field_view).collect(),
            actions: actions(own)
                .into_iter()
                .chain(own.unclear.clone())
                .collect(),
        }
    };
    let mut versions: Vec<Version> = history.iter().enumerate().map(view).collect();
    versions.reverse();
    versions
}

/// The actions of the releases on the code, if any.
fn actions(version: &VersionView) -> Vec<String> {
    let in_words = |own: &crate::search::ReleaseAction| {
        let action = own.action.filter(|action| action.as_str() != "N")?;
        let meaning = action.meaning().unwrap_or("not listed");
        let day = |day: Date| format!(", effective {day}");
        let effective = own.effective.map_or_else(String::new, day);
        Some(format!("{}: {action} {meaning}{effective}", own.release))
    };
    version.actions.iter().filter_map(in_words).collect()
}
