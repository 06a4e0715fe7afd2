//! The engines that are measured side by side, over the same records and questions.

mod fts5;
mod ours;
mod plain_tantivy;

use std::path::{Path, PathBuf};

use hcpcs::annotation::Annotations;
use hcpcs::{Date, ReadOptions, Release};

pub(crate) use self::fts5::Fts5;
pub(crate) use self::ours::Ours;
pub(crate) use self::plain_tantivy::PlainTantivy;

/// How many answers are asked for.
const LIMIT: usize = 10;

/// What an engine is asked.
#[derive(Clone, Debug, Default)]
pub(crate) struct Question {
    pub(crate) words: String,
    /// A coverage code that answers must have.
    pub(crate) coverage: Option<String>,
    /// A BETOS code that answers must have.
    pub(crate) betos: Option<String>,
    /// The day for which codes are asked. Peers know no days.
    pub(crate) day: Option<Date>,
    pub(crate) manner: Manner,
}

/// How words are written. Ours detects that itself; peers get it as an argument, so that they do no
/// more work than needed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Manner {
    /// Nobody knows: the peer's best guess.
    #[default]
    Unknown,
    /// Each word is whole.
    Whole,
    /// The last word is the beginning of one.
    Prefix,
    /// A word is misspelt.
    Misspelt,
}

/// An engine: ours or a peer.
pub(crate) trait Engine: Sized {
    /// Its name in tables and in the folders of measurements.
    const NAME: &'static str;
    /// Code and both descriptors of the first answers, owned.
    type Answer;

    /// Builds its index in an empty folder; on the disk when it returns. Peers take the release
    /// and leave the annotations.
    fn build(folder: &Path, release: Release, annotations: Vec<Annotations>);
    /// Opens what was built, ready to answer.
    fn open(folder: &Path) -> Self;
    /// Answers a question.
    fn ask(&self, question: &Question) -> Self::Answer;
    /// The codes of an answer, the best first.
    fn codes(answer: &Self::Answer) -> Vec<String>;
}

/// The folder with CMS's files and the judged queries: `$HCPCS_SHARED`, else `../shared`.
pub(crate) fn shared() -> Option<PathBuf> {
    let given = std::env::var_os("HCPCS_SHARED").map(PathBuf::from);
    let path = given.unwrap_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared"));
    path.is_dir().then_some(path)
}

/// Reads the one release of a file.
pub(crate) fn release(path: &Path) -> Release {
    let releases = hcpcs::release::read(path, &ReadOptions::default()).unwrap();
    let [release] = <[Release; 1]>::try_from(releases).unwrap();
    release
}

/// The codes of answers that are rows of code and descriptors.
fn first_of(rows: &[[String; 3]]) -> Vec<String> {
    rows.iter().map(|[code, ..]| code.clone()).collect()
}
