//! `Found`: a hit as it is shown.

use super::address::of_code;
use super::reason::{Said, said};
use crate::codeset::Date;
use crate::search::{Coded, Hit, Status};
use crate::server::page::shell::prose::{Piece, marked};

/// A hit as it is shown.
pub(crate) struct Found {
    pub(crate) code: String,
    pub(crate) href: String,
    pub(crate) long: Vec<Piece>,
    pub(crate) short: Vec<Piece>,
    pub(crate) status: StatusWords,
    /// Coverage, BETOS and what else is to be known, each with its kind.
    pub(crate) facts: Vec<Fact>,
    pub(crate) warnings: Vec<String>,
    pub(crate) why: Vec<Said>,
    /// The hit in one line, for a table.
    pub(crate) row: String,
    /// What counted how much, where it was asked for.
    pub(crate) parts: Vec<(String, String)>,
}

/// A status in words.
pub(crate) struct StatusWords {
    /// `valid`, `ending`, `terminated` or `later`.
    pub(crate) class: &'static str,
    pub(crate) text: String,
}

/// A coded value.
pub(crate) struct Fact {
    pub(crate) name: &'static str,
    pub(crate) code: String,
    pub(crate) meaning: String,
}

impl Found {
    pub(crate) fn new(hit: &Hit, as_of: Option<&str>) -> Self {
        let status = status(hit.status, hit.added, hit.terminated);
        let facts: Vec<Fact> = [("Coverage", &hit.coverage), ("BETOS", &hit.betos)]
            .into_iter()
            .filter_map(|(name, coded)| Some(Fact::new(name, coded.as_ref()?)))
            .collect();
        let meanings = facts
            .iter()
            .map(|fact| format!("{} {}", fact.code, fact.meaning));
        let cells = [
            hit.code.to_string(),
            hit.long_descriptor.clone(),
            status.text.clone(),
        ];
        let row: Vec<String> = cells.into_iter().chain(meanings).collect();
        let mut warnings = Vec::new();
        if hit.not_otherwise_classified {
            warnings.push("not otherwise classified: needs a narrative".to_owned());
        }
        if hit.reissued {
            warnings.push("meant something else at another time".to_owned());
        }
        if let Some(held) = &hit.holds {
            let (first, last) = (&held.first_release, &held.last_release);
            warnings.push(format!("as in releases {first} to {last}"));
        }
        let day = hit.holds.as_ref().and_then(|held| held.to);
        let day = day.map(|day| day.to_string());
        Self {
            href: of_code(hit.code.as_str(), day.as_deref().or(as_of)),
            code: hit.code.to_string(),
            long: marked(&hit.long_descriptor, &hit.highlights.long_descriptor),
            short: marked(&hit.short_descriptor, &hit.highlights.short_descriptor),
            status,
            facts,
            warnings,
            why: said(&hit.why),
            row: row.join("\t"),
            parts: parts(hit),
        }
    }
}

impl Fact {
    pub(crate) fn new(name: &'static str, coded: &Coded) -> Self {
        Self {
            name,
            code: coded.code().to_owned(),
            meaning: coded.meaning().unwrap_or("not listed").to_owned(),
        }
    }
}

fn parts(hit: &Hit) -> Vec<(String, String)> {
    let Some(explanation) = &hit.explanation else {
        return Vec::new();
    };
    let part = |what: &str, counts: f32| (format!("{counts:.3}"), what.to_owned());
    let parts = explanation
        .parts
        .iter()
        .map(|own| part(&own.what, own.counts));
    parts.chain([part("score", explanation.score)]).collect()
}

/// What a code is on the day, with the date that matters.
pub(crate) fn status(status: Status, added: Option<Date>, terminated: Option<Date>) -> StatusWords {
    let (class, text) = match (status, added, terminated) {
        (Status::Valid, _, Some(end)) => ("ending", format!("valid until {end}")),
        (Status::Valid, Some(added), None) => ("valid", format!("valid since {added}")),
        (Status::Valid, None, None) => ("valid", "valid".to_owned()),
        (Status::Terminated, _, Some(end)) => ("terminated", format!("terminated {end}")),
        (Status::Terminated, ..) => ("terminated", "terminated".to_owned()),
        (Status::NotYetValid, Some(added), _) => ("later", format!("valid from {added}")),
        (Status::NotYetValid, ..) => ("later", "not yet valid".to_owned()),
    };
    StatusWords { class, text }
}
