//! `IndexStatus`: the content of an index, and its age today.

use serde::Serialize;

use super::manifest::Manifest;
use crate::codeset::Date;
use crate::history::{Age, Calendar};

/// The content of an index, its sources, and how old the releases are today.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "serve", derive(utoipa::ToSchema))]
pub struct IndexStatus {
    /// The manifest.
    #[serde(flatten)]
    pub manifest: Manifest,
    /// How old the releases are today; `None` if there are none.
    pub age: Option<Age>,
}

impl IndexStatus {
    /// The status of an index, from its manifest.
    #[must_use]
    pub fn new(manifest: Manifest) -> Self {
        let age = manifest.age();
        Self { manifest, age }
    }
}

impl Manifest {
    /// How old the releases are today; `None` if there are none.
    #[must_use]
    pub fn age(&self) -> Option<Age> {
        let ids = self.releases.iter().map(|own| own.id.clone());
        Age::on(&Calendar::new(ids), Date::today())
    }
}
