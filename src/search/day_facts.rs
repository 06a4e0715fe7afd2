//! What every answer says of its day: the release that answers, that release's scope, its age.

use crate::history::Age;

/// What is said of a day in every answer, in words.
pub(crate) struct DayFacts {
    /// The release in force; for days before the first release, the first.
    pub(crate) release: String,
    /// How much of the code set that release holds; `None` if all of it.
    pub(crate) scope: Option<String>,
    /// How old the releases are; `None` if there are none.
    pub(crate) age: Option<Age>,
}
