//! Measures batches: 100,000 mixed questions in a run, ours and SQLite FTS5 on all cores, each
//! engine in its own process; prints answers a second and peak memory.
//!
//! Run with `cargo bench --bench batch`; with other numbers by `-- --questions 20000 --runs 1`.
#![allow(clippy::print_stdout, clippy::unwrap_used, missing_docs)]

mod mixture;
#[allow(
    dead_code,
    unused_imports,
    reason = "the other benchmarks use the rest"
)]
#[path = "../peers/mod.rs"]
mod peers;
#[path = "../speed/queries.rs"]
mod queries;

use std::fs;
use std::hint::black_box;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::thread;
use std::time::Instant;

use hcpcs::Searcher;
use hcpcs::search::BatchOptions;

use self::mixture::{line, mixture};
use self::peers::{Engine, Fts5, Ours, Question, release, shared};

const RELEASE: &str = "cms/january-2026-alpha-numeric-hcpcs-file.zip";
const FOLDER: &str = env!("CARGO_TARGET_TMPDIR");
const QUESTIONS: usize = 100_000;
const RUNS: usize = 3;

fn main() {
    let args: Vec<String> = std::env::args().collect();
    let number = |name: &str, usual: usize| {
        let at = args.iter().position(|arg| arg == name);
        at.map_or(usual, |at| args[at + 1].parse().unwrap())
    };
    let questions = number("--questions", QUESTIONS);
    if args.iter().any(|arg| arg == Ours::NAME) {
        return ours(&mixture(questions));
    }
    if args.iter().any(|arg| arg == Fts5::NAME) {
        return fts5(&mixture(questions));
    }
    let Some(shared) = shared() else {
        println!("batch: skipped, because there is no ../shared with CMS's files");
        return;
    };
    let release = release(&shared.join(RELEASE));
    Ours::build(&empty::<Ours>(), release.clone(), Vec::new());
    Fts5::build(&empty::<Fts5>(), release, Vec::new());
    println!("| engine | questions | seconds | a second | output MB | peak memory MB |");
    println!("|---|---|---|---|---|---|");
    for _ in 0..number("--runs", RUNS) {
        for engine in [Ours::NAME, Fts5::NAME] {
            let program = std::env::current_exe().unwrap();
            let asked = questions.to_string();
            let done = Command::new(program)
                .args([engine, "--questions", &asked])
                .status();
            assert!(done.unwrap().success(), "{engine}");
        }
    }
}

/// Counts what is written and keeps nothing.
struct Counted(usize);

impl Write for Counted {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0 += black_box(bytes).len();
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

/// Lines → whole answers in JSON, in the order of the lines.
fn ours(questions: &[Question]) {
    let lines: String = questions.iter().map(line).collect();
    let begin = Instant::now();
    let searcher = Searcher::open(&folder::<Ours>()).unwrap();
    let mut out = Counted(0);
    let summary = searcher.batch(lines.as_bytes(), &mut out, &BatchOptions::default());
    assert_eq!(summary.unwrap().bad, 0);
    tell(Ours::NAME, questions.len(), begin, out.0);
}

/// Questions → ten codes with both descriptors; nothing is written as JSON or put in order.
fn fts5(questions: &[Question]) {
    let begin = Instant::now();
    let cores = thread::available_parallelism().unwrap().get();
    thread::scope(|scope| {
        for part in questions.chunks(questions.len().div_ceil(cores)) {
            scope.spawn(move || {
                let engine = Fts5::open(&folder::<Fts5>());
                for question in part {
                    black_box(engine.ask(black_box(question)));
                }
            });
        }
    });
    tell(Fts5::NAME, questions.len(), begin, 0);
}

fn tell(engine: &str, questions: usize, begin: Instant, bytes: usize) {
    let seconds = begin.elapsed().as_secs_f64();
    #[expect(clippy::cast_precision_loss, reason = "shown with few digits")]
    let (a_second, output) = (questions as f64 / seconds, bytes as f64 / 1e6);
    let memory = peak_memory().map_or("–".to_owned(), |memory| format!("{memory:.0}"));
    println!("| {engine} | {questions} | {seconds:.2} | {a_second:.0} | {output:.0} | {memory} |");
}

/// The peak memory of this process, in MB, if the system reports it.
fn peak_memory() -> Option<f64> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|line| line.starts_with("VmHWM:"))?;
    let kilobytes: f64 = line.split_whitespace().nth(1)?.parse().ok()?;
    Some(kilobytes / 1e3)
}

fn folder<E: Engine>() -> PathBuf {
    Path::new(FOLDER).join("batch").join(E::NAME)
}

/// The folder of an engine, emptied.
fn empty<E: Engine>() -> PathBuf {
    let folder = folder::<E>();
    if folder.exists() {
        fs::remove_dir_all(&folder).unwrap();
    }
    fs::create_dir_all(&folder).unwrap();
    folder
}
