//! `IndexStatus`: what is indexed, and how old it is today.

use serde::Serialize;

use super::manifest::Manifest;
use crate::codeset::Date;
use crate::history::{Age, Calendar};

/// What is indexed, from which files, and how old the releases are today.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct IndexStatus {
    /// What is indexed.
    #[serde(flatten)]
    pub manifest: Manifest,
    /// How old the releases are today; `None` where there are none.
    pub age: Option<Age>,
}

impl IndexStatus {
    /// The status of an index of which the manifest is given.
    #[must_use]
    pub fn new(manifest: Manifest) -> Self {
        let age = manifest.age();
        Self { manifest, age }
    }
}

impl Manifest {
    /// How old the releases are today; `None` where there are none.
    #[must_use]
    pub fn age(&self) -> Option<Age> {
        let ids = self.releases.iter().map(|own| own.id.clone());
        Age::on(&Calendar::new(ids), Date::today())
    }
}
