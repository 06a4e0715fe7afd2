//! `Found`: a hit as shown.

use super::address::of_code;
use super::reason::{Said, lacks, said};
use crate::codeset::Date;
use crate::history::CrossReference;
use crate::search::{AskedCode, Coded, Hit, Nearest, Status};
use crate::server::page::shell::prose::{Piece, marked};

/// A hit as shown.
pub(crate) struct Found {
    pub(crate) code: String,
    pub(crate) href: String,
    pub(crate) long: Vec<Piece>,
    pub(crate) short: Vec<Piece>,
    pub(crate) status: StatusWords,
    pub(crate) coverage: Option<Fact>,
    pub(crate) betos: Option<Fact>,
    /// What one billing unit is, if the descriptor says so.
    pub(crate) unit: String,
    /// The units of the dose that the question states.
    pub(crate) units: Option<u64>,
    pub(crate) warnings: Vec<Warning>,
    pub(crate) why: Vec<Said>,
    /// The hit as a table row.
    pub(crate) row: String,
    /// The parts of the score, if requested.
    pub(crate) parts: Vec<(String, String)>,
}

/// A warning for coders before billing: a word, and its meaning.
pub(crate) struct Warning {
    pub(crate) word: String,
    pub(crate) meaning: &'static str,
}

/// A status in words.
pub(crate) struct StatusWords {
    /// `valid`, `ending`, `terminated` or `later`.
    pub(crate) class: &'static str,
    pub(crate) text: String,
}

impl StatusWords {
    /// The status in a column of dates: for a valid code only its first day.
    pub(crate) fn brief(&self) -> &str {
        self.text.strip_prefix("valid since ").unwrap_or(&self.text)
    }
}

/// A coded value, its meaning, and the page that explains its table.
pub(crate) struct Fact {
    pub(crate) name: &'static str,
    pub(crate) code: String,
    pub(crate) meaning: String,
    pub(crate) href: String,
}

/// A row of the answer.
pub(crate) enum Row {
    Hit(Box<Found>),
    Without(Without),
}

/// An item of a list of codes without a hit.
pub(crate) struct Without {
    pub(crate) asked: String,
    pub(crate) verdict: &'static str,
    pub(crate) reason: String,
    pub(crate) nearest: Vec<Near>,
}

/// A code that was possibly meant.
pub(crate) struct Near {
    pub(crate) code: String,
    pub(crate) href: String,
    pub(crate) text: String,
}

impl Near {
    pub(crate) fn new(nearest: &Nearest, as_of: Option<&str>) -> Self {
        Self {
            code: nearest.code.to_string(),
            href: of_code(nearest.code.as_str(), as_of),
            text: nearest.long_descriptor.clone(),
        }
    }
}

impl Without {
    pub(crate) fn new(asked: &AskedCode, as_of: Option<&str>) -> Self {
        let near = |own| Near::new(own, as_of);
        Self {
            asked: asked.asked.clone(),
            verdict: asked.verdict.name(),
            reason: asked.reason.clone().unwrap_or_default(),
            nearest: asked.nearest.iter().map(near).collect(),
        }
    }
}

impl Found {
    /// A hit of an answer, as of a day that is not today. The question's dose, whose units a row
    /// has, is not among the words that the code lacks.
    pub(crate) fn new(hit: &Hit, as_of: Option<&str>, dose: &str) -> Self {
        let is_missing = |word: &&String| hit.units.is_none() || word.as_str() != dose;
        let missing: Vec<&str> = hit
            .lacks
            .iter()
            .filter(is_missing)
            .map(String::as_str)
            .collect();
        let is_unclear = hit.unclear.is_some();
        let status = status(hit.status, is_unclear, hit.added, hit.terminated);
        let fact = |name, coded: &Option<Coded>| Some(Fact::new(name, coded.as_ref()?));
        let (coverage, betos) = (fact("Coverage", &hit.coverage), fact("BETOS", &hit.betos));
        let meanings = [&coverage, &betos].into_iter().flatten();
        let meanings = meanings.map(|fact| format!("{} {}", fact.code, fact.meaning));
        let cells = [
            hit.code.to_string(),
            hit.long_descriptor.clone(),
            status.text.clone(),
        ];
        let row: Vec<String> = cells.into_iter().chain(meanings).collect();
        let successor = |own: &CrossReference| Warning {
            word: format!("successor {}", own.target),
            meaning: own.standing.name(),
        };
        let mut warnings: Vec<Warning> = hit.successors.iter().map(successor).collect();
        if hit.not_otherwise_classified == Some(true) {
            warnings.push(Warning {
                word: "NOC".to_owned(),
                meaning: "not otherwise classified: a claim needs a narrative",
            });
        }
        if is_unclear {
            warnings.push(Warning {
                word: "re-activated".to_owned(),
                meaning: "no indexed release says when it had ended before",
            });
        }
        if hit.reissued {
            warnings.push(Warning {
                word: "re-used code".to_owned(),
                meaning: "the code meant something else at another time",
            });
        }
        warnings.extend(hit.published.as_ref().map(|published| Warning {
            word: published.to_string(),
            meaning: "the release in force on the day does not list the code",
        }));
        if let Some(held) = &hit.holds {
            let (first, last) = (&held.first_release, &held.last_release);
            warnings.push(Warning {
                word: format!("releases {first} to {last}"),
                meaning: "the releases that describe the code like this",
            });
        }
        let day = hit.holds.as_ref().and_then(|held| held.to);
        let day = day.map(|day| day.to_string());
        Self {
            href: of_code(hit.code.as_str(), day.as_deref().or(as_of)),
            code: hit.code.to_string(),
            long: marked(&hit.long_descriptor, &hit.highlights.long_descriptor),
            short: marked(&hit.short_descriptor, &hit.highlights.short_descriptor),
            status,
            coverage,
            betos,
            unit: hit
                .unit
                .as_ref()
                .map_or_else(String::new, ToString::to_string),
            units: hit.units,
            warnings,
            why: said(&hit.why).into_iter().chain(lacks(&missing)).collect(),
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
            href: format!("/tables/{}#{}", name.to_ascii_lowercase(), coded.code()),
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

/// The status of the code on the day, with the relevant date.
pub(crate) fn status(
    status: Status,
    is_unclear: bool,
    added: Option<Date>,
    terminated: Option<Date>,
) -> StatusWords {
    let (class, text) = match (status, added, terminated) {
        (Status::Valid, ..) if is_unclear => ("ending", "not known to be valid".to_owned()),
        (Status::Valid, _, Some(end)) => ("ending", format!("valid until {end}")),
        (Status::Valid, Some(added), None) => ("valid", format!("valid since {added}")),
        (Status::Valid, None, None) => ("valid", "valid, no added date given".to_owned()),
        (Status::Terminated, _, Some(end)) => ("terminated", format!("terminated {end}")),
        (Status::Terminated, ..) => ("terminated", "terminated".to_owned()),
        (Status::NotYetValid, Some(added), _) => ("later", format!("valid from {added}")),
        (Status::NotYetValid, ..) => ("later", "not yet valid".to_owned()),
        (Status::NoLongerListed | Status::UnknownBetweenReleases, ..) => {
            ("terminated", status.name().to_owned())
        }
    };
    StatusWords { class, text }
}
