//! `Shell`: the common parts of every page: the question, the day, the release, the navigation.

use super::asset::{ASSETS, Assets};
use crate::codeset::Date;
use crate::search::{Age, Searcher};
use crate::server::page::search::address::Address;

/// The common parts of every page.
pub(crate) struct Shell {
    pub(crate) title: String,
    /// The content of the search field.
    pub(crate) text: String,
    pub(crate) day: Date,
    pub(crate) today: Date,
    /// The release in force on the day.
    pub(crate) release: String,
    /// How much of the code set it holds, if not all.
    pub(crate) scope: Option<String>,
    /// How old the releases are, in a few words and in a sentence, if no release of the day's
    /// quarter answers.
    pub(crate) age: Option<(String, String)>,
    /// The first day of that release, if it is indexed.
    pub(crate) in_force: Option<Date>,
    /// The earliest and the newest release, if there are several.
    pub(crate) span: Option<(String, String)>,
    pub(crate) home: Address,
    pub(crate) browse: Address,
    pub(crate) changes: Address,
    pub(crate) check: Address,
    /// The current page.
    pub(crate) place: Place,
    pub(crate) assets: &'static Assets,
}

/// The pages in the navigation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Place {
    Search,
    Browse,
    Check,
    Changes,
}

impl Shell {
    pub(crate) fn new(searcher: &Searcher, title: &str, text: &str, as_of: Option<Date>) -> Self {
        let today = Date::today();
        let day = as_of.unwrap_or(today);
        let releases = &searcher.manifest().releases;
        let release = searcher.release_on(day);
        let in_force = releases
            .iter()
            .map(|own| &own.id)
            .find(|id| id.to_string() == release)
            .map(crate::release::ReleaseId::first_day);
        let span = match releases.as_slice() {
            [first, .., last] => Some((first.id.to_string(), last.id.to_string())),
            _ => None,
        };
        let as_of = as_of.filter(|day| *day != today).map(|day| day.to_string());
        let to = |path| Address::new(path).with("as_of", as_of.as_deref());
        Self {
            title: title.to_owned(),
            text: text.to_owned(),
            day,
            today,
            release,
            scope: searcher.scope_on(day),
            age: searcher
                .age(day)
                .filter(Age::is_notable)
                .map(|age| (age.brief().to_owned(), age.text)),
            in_force,
            span,
            home: to("/"),
            browse: to("/browse"),
            changes: to("/changes"),
            check: to("/check"),
            place: Place::Search,
            assets: &ASSETS,
        }
    }

    /// The day, if it is not today.
    pub(crate) fn other_day(&self) -> Option<String> {
        (self.day != self.today).then(|| self.day.to_string())
    }

    /// The navigation: name, URL, and whether it is the current page.
    pub(crate) fn pages(&self) -> [(&'static str, &Address, bool); 4] {
        [
            ("Search", &self.home, Place::Search),
            ("Browse", &self.browse, Place::Browse),
            ("Check", &self.check, Place::Check),
            ("Changes", &self.changes, Place::Changes),
        ]
        .map(|(name, address, place)| (name, address, place == self.place))
    }
}
