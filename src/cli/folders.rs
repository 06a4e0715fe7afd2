//! The folders of index and data, and the index that is built if there is none.

use std::env;
use std::path::{Path, PathBuf};

use hcpcs::index::{Sources, build_index};
use hcpcs::{Manifest, Release, Searcher};

use super::print::{self, Failure};

/// The folder of the index: as given, else `$HCPCS_INDEX`, else that of a checkout, else the
/// platform's.
pub(crate) fn index_folder(given: Option<PathBuf>) -> Result<PathBuf, Failure> {
    match named_folder(given) {
        Some((folder, _)) => Ok(folder),
        None if is_checkout() => Ok(PathBuf::from("index")),
        None => platform().map(|folder| folder.join("index")),
    }
}

/// The folder that the user names, and the option or variable that names it.
fn named_folder(given: Option<PathBuf>) -> Option<(PathBuf, &'static str)> {
    let variable = env::var_os("HCPCS_INDEX").filter(|value| !value.is_empty());
    let variable = variable.map(|folder| (PathBuf::from(folder), "$HCPCS_INDEX"));
    given.map(|folder| (folder, "--index")).or(variable)
}

/// The folder in which users put releases: that of a checkout, else the platform's.
pub(crate) fn data_folder() -> Result<PathBuf, Failure> {
    if is_checkout() {
        return Ok(PathBuf::from("data"));
    }
    platform().map(|folder| folder.join("data"))
}

/// Whether a checkout has a file or folder in its data folder by itself.
pub(crate) fn is_shipped(path: &Path) -> bool {
    let shipped = ["data/notes", "data/starter", "data/synonyms.tsv"];
    is_checkout() && shipped.iter().any(|own| path == Path::new(own))
}

/// Opens the index; see [`ready`].
pub(crate) fn open(given: Option<PathBuf>) -> Result<Searcher, Failure> {
    Ok(Searcher::open(&ready(given)?)?)
}

/// Reads the whole index and compares its checksum; see [`ready`].
pub(crate) fn load(given: Option<PathBuf>) -> Result<Searcher, Failure> {
    Ok(Searcher::load(&ready(given)?)?)
}

/// The folder of an existing index. In the default place, one is built from the starter set if
/// there is none, with a notice. A folder that the user names must have one, as a mistyped name
/// would otherwise be answered from 809 codes.
pub(crate) fn ready(given: Option<PathBuf>) -> Result<PathBuf, Failure> {
    let folder = named_with_index(given)?;
    if !has_index(&folder) {
        let manifest = build_starter(&folder)?;
        print::note(&format!(
            "no index in {}: built one from the starter set, {} codes in the program's own words.\n\
             For all of HCPCS in CMS's words, fetch the quarterly zip from cms.gov and run:\n    \
             hcpcs index january-2026-alpha-numeric-hcpcs-file.zip",
            folder.display(),
            manifest.codes
        ));
    }
    Ok(folder)
}

/// The folder of the index; if the user names it, it must have one.
pub(crate) fn named_with_index(given: Option<PathBuf>) -> Result<PathBuf, Failure> {
    match named_folder(given.clone()).filter(|(folder, _)| !has_index(folder)) {
        Some((folder, named_by)) => Err(Failure::NoIndex { folder, named_by }),
        None => index_folder(given),
    }
}

/// Whether there is an index, in whatever state.
pub(crate) fn has_index(folder: &Path) -> bool {
    folder.join(Manifest::FILE).exists()
}

/// Builds an index of what the program ships.
pub(crate) fn build_starter(folder: &Path) -> Result<Manifest, Failure> {
    let sources = Sources {
        releases: vec![Release::starter()?],
        annotations: hcpcs::annotation::shipped()?,
    };
    Ok(build_index(folder, sources)?)
}

/// Whether the program runs in a checkout of its own project.
fn is_checkout() -> bool {
    Path::new("data/starter/release.tsv").is_file() && Path::new("index/README.md").is_file()
}

/// Where the platform keeps the data of a user's programs.
fn platform() -> Result<PathBuf, Failure> {
    let absolute = |path: PathBuf| Some(path).filter(|path| path.is_absolute());
    let variable = |name| env::var_os(name).map(PathBuf::from).and_then(absolute);
    let home = || env::home_dir().and_then(absolute);
    let folder = if cfg!(windows) {
        variable("APPDATA").map(|folder| folder.join("hcpcs").join("data"))
    } else if cfg!(target_vendor = "apple") {
        home().map(|home| home.join("Library/Application Support/hcpcs"))
    } else {
        let folder = variable("XDG_DATA_HOME").or_else(|| Some(home()?.join(".local/share")));
        folder.map(|folder| folder.join("hcpcs"))
    };
    folder.ok_or_else(|| {
        Failure::Usage("there is no home folder to keep the index in; give --index DIR".to_owned())
    })
}
