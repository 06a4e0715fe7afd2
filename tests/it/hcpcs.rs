//! Runs the program: `Hcpcs::new().release(&[line("J1640", "Hemin")]).run(["search", "hemin"])`.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::OnceLock;

use ::hcpcs::index::{Sources, build_index};
use ::hcpcs::{Date, ReadOptions, Record, Release, Searcher, release};
use serde_json::Value;
use tempfile::TempDir;

use crate::made::{self, Line};
use crate::shared::shared;

/// The day that tests ask for, as codes come and go.
pub(crate) const DAY: &str = "2026-02-01";

/// The program on a folder of its own: nothing of the user's is read or written.
pub(crate) struct Hcpcs {
    folder: TempDir,
    index: Option<PathBuf>,
    variables: Vec<(String, PathBuf)>,
}

/// What a run gave.
#[derive(Debug)]
pub(crate) struct Ran {
    pub(crate) stdout: String,
    pub(crate) stderr: String,
    pub(crate) code: i32,
}

impl Hcpcs {
    /// An empty folder, in which the index will lie too.
    pub(crate) fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let index = Some(folder.path().join("index"));
        Self {
            folder,
            index,
            variables: Vec::new(),
        }
    }

    /// With the index of the starter set, built once for all tests.
    pub(crate) fn starter() -> Self {
        Self::new().with_index(starter_index())
    }

    /// With an index in another folder.
    pub(crate) fn with_index(mut self, folder: &Path) -> Self {
        self.index = Some(folder.to_owned());
        self
    }

    /// Without `--index`.
    pub(crate) fn without_index(mut self) -> Self {
        self.index = None;
        self
    }

    /// With a variable of the environment that names a path.
    pub(crate) fn with_variable(mut self, name: &str, value: impl Into<PathBuf>) -> Self {
        self.variables.push((name.to_owned(), value.into()));
        self
    }

    /// Indexes some records as the release of January 2026.
    pub(crate) fn release(self, records: &[Line]) -> Self {
        let path = self.file("HCPC2026_JAN_ANWEB.txt", made::text(records));
        self.run([OsStr::new("index"), path.as_os_str()]).code(0);
        self
    }

    /// Writes a file into the folder.
    pub(crate) fn file(&self, name: &str, bytes: impl AsRef<[u8]>) -> PathBuf {
        let path = self.folder.path().join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, bytes).unwrap();
        path
    }

    pub(crate) fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// The folder of the index.
    pub(crate) fn index(&self) -> &Path {
        self.index.as_deref().unwrap()
    }

    /// The program with its arguments, run nowhere yet.
    pub(crate) fn command<A: AsRef<OsStr>>(&self, args: impl IntoIterator<Item = A>) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_hcpcs"));
        for name in ["HCPCS_INDEX", "XDG_DATA_HOME", "NO_COLOR", "CLICOLOR_FORCE"] {
            command.env_remove(name);
        }
        command.env("COLUMNS", "80").env("HOME", self.folder.path());
        command.envs(self.variables.iter().map(|(name, value)| (name, value)));
        command.current_dir(self.folder.path());
        if let Some(index) = &self.index {
            command.arg("--index").arg(index);
        }
        command.args(args);
        command
    }

    pub(crate) fn run<A: AsRef<OsStr>>(&self, args: impl IntoIterator<Item = A>) -> Ran {
        self.command(args).output().unwrap().into()
    }

    /// Runs it where a file may grow to one block of 512 bytes: as on a disk that is full.
    #[cfg(unix)]
    pub(crate) fn run_on_a_full_disk<A: AsRef<OsStr>>(
        &self,
        args: impl IntoIterator<Item = A>,
    ) -> Ran {
        let command = self.command(args);
        let limited = "trap '' XFSZ; ulimit -f 1; exec \"$0\" \"$@\"";
        let mut limited_command = Command::new("sh");
        limited_command
            .args(["-c", limited])
            .arg(command.get_program())
            .args(command.get_args())
            .current_dir(self.folder());
        limited_command.output().unwrap().into()
    }

    /// Searches as of [`DAY`], and gives the codes in their order.
    pub(crate) fn codes(&self, args: &[&str]) -> Vec<String> {
        let format = ["search", "--csv", "--fields", "code", "--as-of", DAY];
        let ran = self.run([&format, args].concat());
        let codes = ran.stdout.lines().skip(1).map(str::to_owned);
        codes.collect()
    }

    /// Runs a command that gives JSON.
    pub(crate) fn json(&self, args: &[&str]) -> Value {
        let ran = self.run([args, &["--json"]].concat());
        serde_json::from_str(&ran.stdout).unwrap_or_else(|error| panic!("{error}: {ran:?}"))
    }
}

/// The JSON lines that a command printed.
pub(crate) fn json_lines(ran: &Ran) -> Vec<Value> {
    let lines = ran.stdout.lines();
    lines
        .map(|line| serde_json::from_str(line).unwrap())
        .collect()
}

impl Ran {
    /// Holds the exit code.
    #[track_caller]
    pub(crate) fn code(self, code: i32) -> Self {
        assert_eq!(self.code, code, "{self:?}");
        self
    }

    /// Asserts the whole of stderr.
    #[track_caller]
    pub(crate) fn told(self, text: &str) -> Self {
        assert_eq!(self.stderr.trim_end(), text);
        self
    }

    /// Asserts a part of stderr.
    #[track_caller]
    pub(crate) fn tells(self, part: &str) -> Self {
        assert!(self.stderr.contains(part), "no {part:?} in {self:#?}");
        self
    }

    /// Holds a part of what was printed on stdout.
    #[track_caller]
    pub(crate) fn prints(self, part: &str) -> Self {
        assert!(self.stdout.contains(part), "no {part:?} in {self:#?}");
        self
    }
}

impl From<Output> for Ran {
    fn from(output: Output) -> Self {
        Self {
            stdout: String::from_utf8(output.stdout).unwrap(),
            stderr: String::from_utf8(output.stderr).unwrap(),
            code: output.status.code().unwrap_or(-1),
        }
    }
}

/// Whether a record alone says that its code is valid on a day.
pub(crate) fn is_valid(record: &Record, day: Date) -> bool {
    record.added.is_none_or(|added| added <= day)
        && record.terminated.is_none_or(|last| day <= last)
}

/// Builds an index once, for all tests that read it.
pub(crate) fn built(
    name: &str,
    once: &'static OnceLock<PathBuf>,
    sources: impl FnOnce() -> Sources,
) -> &'static Path {
    once.get_or_init(|| {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
        build_index(&folder, sources()).unwrap();
        folder
    })
}

/// The folder of an index of the starter set, and of what else the program ships.
pub(crate) fn starter_index() -> &'static Path {
    static FOLDER: OnceLock<PathBuf> = OnceLock::new();
    built("starter-index", &FOLDER, || Sources {
        releases: vec![Release::starter().unwrap()],
        annotations: ::hcpcs::annotation::shipped().unwrap(),
    })
}

/// The folder of an index of CMS's release of January 2026, where that is at hand.
pub(crate) fn january_index() -> Option<&'static Path> {
    static FOLDER: OnceLock<PathBuf> = OnceLock::new();
    let zip = shared("cms/january-2026-alpha-numeric-hcpcs-file.zip")?;
    Some(built("january-index", &FOLDER, || Sources {
        releases: release::read(&zip, &ReadOptions::default()).unwrap(),
        annotations: ::hcpcs::annotation::shipped().unwrap(),
    }))
}

/// The opened index of the starter set.
pub(crate) fn starter() -> &'static Searcher {
    static SEARCHER: OnceLock<Searcher> = OnceLock::new();
    SEARCHER.get_or_init(|| Searcher::open(starter_index()).unwrap())
}
