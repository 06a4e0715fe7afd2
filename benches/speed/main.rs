//! Measures speed: ours, SQLite FTS5 and plain tantivy on the January 2026 release, in one run;
//! prints a table of medians and ratios at the end.
//!
//! Run with `cargo bench --bench speed`; a part of it with `-- search_1_word`. With
//! `-- --only-ask ENGINE SET ROUNDS` it asks the index that the run before left, and does
//! nothing else: to be counted by callgrind or perf. `-- --only-spread` asks the same indexes
//! question by question and prints percentiles, as a whole run does at its end.
#![allow(clippy::print_stdout, clippy::unwrap_used, missing_docs)]

#[allow(dead_code, reason = "the other benchmark uses the rest")]
#[path = "../peers/mod.rs"]
mod peers;
mod queries;
mod spread;
mod table;

use std::fs;
use std::hint::black_box;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use criterion::{BatchSize, BenchmarkGroup, Criterion, Throughput, measurement::WallTime};
use hcpcs::Release;

use self::peers::{Engine, Fts5, Manner, Ours, PlainTantivy, Question, release, shared};
use self::queries::{Set, sets};

const RELEASE: &str = "cms/january-2026-alpha-numeric-hcpcs-file.zip";
/// The folder of the build's own files, in which the indexes lie too: as much a disk as any.
const FOLDER: &str = env!("CARGO_TARGET_TMPDIR");

type Group<'c> = BenchmarkGroup<'c, WallTime>;

fn main() {
    let args: Vec<String> = std::env::args().collect();
    if let Some(at) = args.iter().position(|arg| arg == "--only-ask") {
        return only_ask(&args[at + 1..]);
    }
    if args.iter().any(|arg| arg == "--only-spread") {
        return spread::print(&sets());
    }
    let Some(shared) = shared() else {
        println!("speed: skipped, because there is no ../shared with CMS's files");
        return;
    };
    let begin = SystemTime::now();
    let results = Path::new(FOLDER).with_file_name("criterion");
    let mut criterion = Criterion::default()
        .output_directory(&results)
        .configure_from_args();
    let path = shared.join(RELEASE);
    let release = read(&mut criterion, &path);
    build(&mut criterion, &release);
    prepare(release);
    open(&mut criterion);
    let sets = sets();
    search(&mut criterion, &sets);
    criterion.final_summary();
    table::print(&results, begin, &sets);
    if !args.iter().skip(1).any(|arg| !arg.starts_with('-')) {
        spread::print(&sets);
    }
}

/// A zip → records.
fn read(criterion: &mut Criterion, path: &Path) -> Release {
    let mut group = criterion.benchmark_group("read");
    slow(&mut group);
    group.bench_function(Ours::NAME, |b| b.iter(|| release(path)));
    group.finish();
    release(path)
}

/// Records → an index on the disk.
fn build(criterion: &mut Criterion, release: &Release) {
    fn one<E: Engine>(group: &mut Group<'_>, release: &Release) {
        group.bench_function(E::NAME, |b| {
            let setup = || (empty::<E>(), release.clone());
            let routine =
                |(folder, release): (PathBuf, Release)| E::build(&folder, release, Vec::new());
            b.iter_batched(setup, routine, BatchSize::PerIteration);
        });
    }
    let mut group = criterion.benchmark_group("build");
    slow(&mut group);
    one::<Ours>(&mut group, release);
    one::<Fts5>(&mut group, release);
    one::<PlainTantivy>(&mut group, release);
    group.finish();
}

/// Leaves one index of each engine, for what follows and for `process.sh`.
fn prepare(release: Release) {
    Ours::build(
        &empty::<Ours>(),
        release.clone(),
        hcpcs::annotation::shipped().unwrap(),
    );
    Fts5::build(&empty::<Fts5>(), release.clone(), Vec::new());
    PlainTantivy::build(&empty::<PlainTantivy>(), release, Vec::new());
}

/// An index on the disk → ready to answer, and closed again.
fn open(criterion: &mut Criterion) {
    fn one<E: Engine>(group: &mut Group<'_>) {
        let folder = folder::<E>();
        group.bench_function(E::NAME, |b| b.iter(|| drop(E::open(&folder))));
    }
    let mut group = criterion.benchmark_group("open");
    slow(&mut group);
    // Tantivy's reader leaves a thread that ends half a second later; so not too many of them.
    group.measurement_time(Duration::from_millis(300));
    group.warm_up_time(Duration::from_millis(100));
    one::<Ours>(&mut group);
    one::<Fts5>(&mut group);
    one::<PlainTantivy>(&mut group);
    group.finish();
}

/// Questions → ten codes with their descriptors. An iteration asks all questions of a set.
fn search(criterion: &mut Criterion, sets: &[Set]) {
    fn one<E: Engine>(group: &mut Group<'_>, questions: &[Question]) {
        let engine = E::open(&folder::<E>());
        group.bench_function(E::NAME, |b| {
            b.iter(|| {
                for question in questions {
                    black_box(engine.ask(black_box(question)));
                }
            });
        });
    }
    for Set { name, questions } in sets {
        let mut group = criterion.benchmark_group(*name);
        group.throughput(Throughput::Elements(questions.len() as u64));
        group.warm_up_time(Duration::from_secs(1));
        group.measurement_time(Duration::from_secs(4));
        one::<Ours>(&mut group, questions);
        // FTS5 finds no misspelt word, so there is nothing to measure.
        if questions[0].manner != Manner::Misspelt {
            one::<Fts5>(&mut group, questions);
        }
        one::<PlainTantivy>(&mut group, questions);
        group.finish();
    }
}

/// Asks an engine all questions of a set, some times over.
fn only_ask(args: &[String]) {
    fn rounds<E: Engine>(questions: &[Question], rounds: usize) {
        let engine = E::open(&folder::<E>());
        for question in std::iter::repeat_n(questions, rounds).flatten() {
            black_box(engine.ask(question));
        }
    }
    let [engine, name, count, ..] = args else {
        println!("give an engine, a set and a number of rounds: hcpcs search_1_word 10");
        return;
    };
    let count: usize = count.parse().unwrap();
    let sets = sets();
    let set = sets.iter().find(|set| set.name == name).unwrap();
    match engine.as_str() {
        Ours::NAME => rounds::<Ours>(&set.questions, count),
        Fts5::NAME => rounds::<Fts5>(&set.questions, count),
        PlainTantivy::NAME => rounds::<PlainTantivy>(&set.questions, count),
        _ => println!("there is no engine {engine}; give hcpcs, fts5 or tantivy"),
    }
}

/// Few samples, because each takes milliseconds.
fn slow(group: &mut Group<'_>) {
    group.sample_size(20);
    group.warm_up_time(Duration::from_millis(500));
    group.measurement_time(Duration::from_secs(5));
}

fn folder<E: Engine>() -> PathBuf {
    Path::new(FOLDER).join("speed").join(E::NAME)
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
