//! Refuses a crosswalk or a taxonomy that is damaged, or lacks too much of the one before it.

use std::collections::BTreeSet;

use super::guard::{ONE_IN, check_damage, is_more_than};
use super::latest_issue::is_same;
use crate::annotation::{Annotations, SourceKind};
use crate::codeset::Code;
use crate::error::{Error, Result};

/// At most so many days lie between the first days of two quarters.
const DAYS_OF_A_QUARTER: i32 = 92;

/// Refuses a damaged crosswalk or taxonomy.
pub(crate) fn check_whole_annotations(given: &Annotations) -> Result<()> {
    check_damage(&given.source().path, &given.source().damage)
}

/// Refuses a crosswalk or a taxonomy that lacks more than a tenth of the codes or rows of the one
/// that it replaces or follows; of one that follows after more than a quarter, a half. Only codes
/// that a release has are compared: without the others no answer is lost.
pub(crate) fn check_annotations(
    before: &Annotations,
    given: &Annotations,
    is_in_a_release: impl Fn(Code) -> bool,
) -> Result<()> {
    let source = given.source();
    if !matches!(source.kind, SourceKind::DrugProducts | SourceKind::Rbcs) {
        return Ok(());
    }
    let place = if is_same(before, given) {
        "would replace"
    } else {
        "follows"
    };
    let (one_in, share) = if is_next(before, given) {
        (ONE_IN, "a tenth")
    } else {
        (2, "a half")
    };
    let refuse = |missing: usize, all: usize, what: &str| {
        let reason = format!(
            "lacks {missing} of the {all} {what} of {}, which it {place}, more than {share}, \
             and nothing was changed",
            before.source().name()
        );
        Err(Error::refused(&source.path, reason))
    };
    let codes = |own: &Annotations| -> BTreeSet<Code> {
        let codes = own.codes().into_iter();
        codes.filter(|code| is_in_a_release(*code)).collect()
    };
    let (old, new) = (codes(before), codes(given));
    let missing = old.difference(&new).count();
    if is_more_than(missing, old.len(), one_in) {
        return refuse(missing, old.len(), "codes");
    }
    let (old, new) = (before.rows_of(&old), given.rows_of(&new));
    let missing = old.saturating_sub(new);
    if is_more_than(missing, old, one_in) {
        return refuse(missing, old, "rows");
    }
    Ok(())
}

/// Whether an annotation is of the same quarter as another one, or of the next.
fn is_next(before: &Annotations, given: &Annotations) -> bool {
    let days = before.source().date.zip(given.source().date);
    is_same(before, given)
        || days.is_some_and(|(own, next)| {
            own.later(DAYS_OF_A_QUARTER)
                .is_some_and(|latest| next <= latest)
        })
}
