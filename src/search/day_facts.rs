//! What every answer says of its day: the release that answers, that release's scope, its age.

use crate::codeset::Date;
use crate::history::Age;

/// What is said of a day in every answer, in words.
pub(crate) struct DayFacts {
    /// The release in force; for days before the first release, the first.
    pub(crate) release: String,
    /// What that release lacks; `None` if nothing.
    pub(crate) scope: Option<String>,
    /// How old the releases are; `None` if there are none.
    pub(crate) age: Option<Age>,
}

impl DayFacts {
    /// What is said where an answer has no fields for it, one sentence each.
    pub(crate) fn notices(&self) -> Vec<String> {
        let scope = self.scope.iter();
        let scope = scope.map(|scope| format!("release {}: {scope}", self.release));
        let age = self.age.iter().filter(|age| age.is_notable());
        scope.chain(age.map(ToString::to_string)).collect()
    }
}

/// Says of the codes of a list which of them may not have been valid on the day; `None` if none.
pub(crate) fn unclear_notice<'c>(
    codes: impl Iterator<Item = &'c str>,
    day: Date,
) -> Option<String> {
    let codes: Vec<&str> = codes.collect();
    (!codes.is_empty()).then(|| unclear(&codes.join(", "), day))
}

/// Says how many of the codes that match may not have been valid on the day; `None` if none.
pub(crate) fn unclear_count(count: usize, day: Date) -> Option<String> {
    (count > 0).then(|| unclear(&format!("{count} of the codes that match"), day))
}

fn unclear(which: &str, day: Date) -> String {
    format!(
        "not known to be valid on {day} (re-activated by CMS; no indexed release gives the end \
         before): {which}"
    )
}
