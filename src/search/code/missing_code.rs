//! What the indexed releases can say of a code that none of them has.

use std::fmt;

use crate::codeset::{Code, Date, ParseCodeError};
use crate::history::Age;
use crate::search::searcher::Searcher;

/// A code that no indexed release has, with what that means on a day.
///
/// As text it is the sentence in the place of an answer about the code: it says how old the releases
/// are, whether the one in force can say at all that there is no such code, and which are nearest.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MissingCode {
    code: Code,
    doubt: Option<String>,
    age: Option<String>,
    nearest: Vec<Code>,
}

impl Searcher {
    /// What can be said on a day of a code that no indexed release has.
    ///
    /// ```
    /// # use hcpcs::index::{Sources, build_index};
    /// # use hcpcs::{Release, Searcher};
    /// # let folder = tempfile::tempdir()?;
    /// # build_index(folder.path(), Sources { releases: vec![Release::starter()?], ..Sources::default() })?;
    /// let searcher = Searcher::open(folder.path())?;
    /// let missing = searcher.missing("J0000".parse()?, "2026-02-01".parse()?);
    /// assert!(missing.is_undetermined()); // the starter set has few codes
    /// assert!(missing.to_string().starts_with("no release that is indexed has J0000; it is not in"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn missing(&self, code: Code, day: Date) -> MissingCode {
        let nearest = self.nearest(code.as_str(), day).into_iter();
        MissingCode {
            nearest: nearest.map(|own| own.code).collect(),
            ..self.missing_alone(code, day)
        }
    }

    /// The same for an answer that has the nearest codes in their own place.
    pub(crate) fn missing_alone(&self, code: Code, day: Date) -> MissingCode {
        let release = self.indexed_release_on(day);
        let age = self.age(day).filter(Age::is_notable);
        MissingCode {
            code,
            doubt: release.and_then(|own| own.doubt(code)),
            age: age.map(|age| age.to_string()),
            nearest: Vec::new(),
        }
    }

    /// The codes nearest to a text that is no code, as the end of a sentence that says so; empty if
    /// none is near, or if it is a code of another code set, which is written as it should be.
    #[must_use]
    pub fn nearest_in_words(&self, text: &str, day: Date) -> String {
        if let Err(ParseCodeError::Cpt | ParseCodeError::Cdt) = text.parse::<Code>() {
            return String::new();
        }
        let nearest = self.nearest(text, day).into_iter();
        in_words(&nearest.map(|own| own.code).collect::<Vec<_>>())
    }
}

fn in_words(nearest: &[Code]) -> String {
    let nearest: Vec<&str> = nearest.iter().map(Code::as_str).collect();
    match &nearest[..] {
        [] => String::new(),
        nearest => format!("; nearest {}", nearest.join(", ")),
    }
}

impl MissingCode {
    /// Whether the release in force cannot say that there is no such code.
    #[must_use]
    pub fn is_undetermined(&self) -> bool {
        self.doubt.is_some()
    }

    /// Why the code is unknown or undetermined, as a clause about it.
    #[must_use]
    pub fn reason(self) -> String {
        self.doubt
            .unwrap_or_else(|| "in no release that is indexed".to_owned())
    }
}

impl fmt::Display for MissingCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "no release that is indexed has {}", self.code)?;
        if let Some(doubt) = &self.doubt {
            write!(f, "; it is {doubt}")?;
        }
        f.write_str(&in_words(&self.nearest))?;
        if let Some(age) = &self.age {
            write!(f, "; {age}")?;
        }
        Ok(())
    }
}
