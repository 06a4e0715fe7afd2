//! An instance of the code system in a path: one of its versions, of which the answer is.

use std::borrow::Cow;

use crate::error::excerpt;
use crate::search::Searcher;

use super::input::Inputs;
use super::refusal::Refusal;
use super::system::{SYSTEM, split};
use super::{code_system, edition, value_set_resource};

/// The parameters with what the path says: an instance of the code system is one of its versions.
pub(super) fn of_path<'i>(
    searcher: &Searcher,
    operation: &str,
    inputs: &'i Inputs,
) -> Result<Cow<'i, Inputs>, Refusal> {
    let parts: Vec<&str> = operation.trim_end_matches('/').split('/').collect();
    match parts[..] {
        ["CodeSystem", id, "$lookup" | "$validate-code"] => {
            let release = code_system::instance(searcher, id)?;
            let version = (id != value_set_resource::ID).then(|| release.id.to_string());
            let other = asked_versions(inputs).into_iter();
            let mut other = other.filter(|own| !edition::is_version(&release.id, own));
            if let (Some(version), Some(other)) = (&version, other.next()) {
                let other = excerpt(&other);
                let text = format!(
                    "the path is of version {version}; leave out `{other}`, or ask without the path"
                );
                return Err(Refusal::invalid(text));
            }
            Ok(Cow::Owned(inputs.of_instance(SYSTEM, version)))
        }
        _ => Ok(Cow::Borrowed(inputs)),
    }
}

/// The versions that a request names, of its codes and of the code system.
fn asked_versions(inputs: &Inputs) -> Vec<String> {
    let pinned = |name: Option<&str>| name.and_then(|name| split(name).1).map(str::to_owned);
    let codes = inputs.codes().into_iter().map(|given| {
        let of_system = pinned(given.system.as_deref());
        given.version.or(of_system)
    });
    let names = ["version", "systemVersion"].map(|name| inputs.text(name));
    let url = pinned(inputs.text("url").as_deref());
    codes.chain(names).chain([url]).flatten().collect()
}
