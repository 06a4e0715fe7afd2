//! The fuzz targets of `fuzz/`, each with its corpus and with mutations of it.
//!
//! `HCPCS_FUZZ_INPUTS` says how many inputs a target gets; `fuzz/run` asks for many.

use std::env;
use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};

#[path = "../../fuzz/targets.rs"]
mod targets;

use targets::TARGETS;

/// The longest input, in bytes.
const LONGEST: usize = 20_000;
/// How long one input may take.
const MAX_TIME: Duration = Duration::from_secs(if cfg!(debug_assertions) { 20 } else { 5 });

/// Pieces that parsers look for.
const WORDS: [&[u8]; 24] = [
    b"J1640",
    b"\n",
    b"\r\n",
    b"\t",
    b",",
    b"\"",
    b"|",
    b"---\n",
    b"## ",
    b":",
    b"{",
    b"}",
    b"[",
    b"]",
    b"(",
    b")",
    b" AND ",
    b" TO ",
    b"*",
    b"\xc2\xa0",
    b"\xff",
    b"\0",
    b"\xe2\x80\x93",
    b"99999999",
];

/// Xorshift: the same inputs in every run.
struct Random(u64);

impl Random {
    fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % (end.max(1) as u64)).unwrap()
    }
}

/// Some changes of an input: flipped bits, pieces put in, taken out, doubled, or of another one.
fn mutate(input: &[u8], other: &[u8], random: &mut Random) -> Vec<u8> {
    let mut bytes = input.to_vec();
    for _ in 0..=random.below(6) {
        let at = random.below(bytes.len() + 1);
        let end = (at + random.below(40)).min(bytes.len());
        match random.below(6) {
            0 if at < bytes.len() => bytes[at] ^= 1 << random.below(8),
            1 => drop(bytes.splice(at..at, WORDS[random.below(WORDS.len())].iter().copied())),
            2 => drop(bytes.drain(at..end)),
            3 => {
                let piece = bytes[at..end].to_vec();
                drop(bytes.splice(at..at, piece));
            }
            4 => {
                let from = random.below(other.len() + 1);
                drop(bytes.splice(at.., other[from..].iter().copied()));
            }
            _ if at < bytes.len() => bytes[at] = u8::try_from(random.below(256)).unwrap(),
            _ => {}
        }
    }
    bytes.truncate(LONGEST);
    bytes
}

fn fuzz(name: &str, usual: usize) {
    let (_, run) = TARGETS.iter().find(|(other, _)| *other == name).unwrap();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("fuzz/corpus")
        .join(name);
    let mut paths: Vec<_> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    paths.sort();
    let corpus: Vec<Vec<u8>> = paths.iter().map(|path| fs::read(path).unwrap()).collect();
    assert!(!corpus.is_empty(), "{name}");
    let inputs = env::var("HCPCS_FUZZ_INPUTS").map_or(usual, |inputs| inputs.parse().unwrap());
    let mut random = Random(0x5eed_0000_0000_0001);
    let begun = Instant::now();
    let mut slowest = Duration::ZERO;
    for number in 0..inputs + corpus.len() {
        let input = if let Some(input) = corpus.get(number) {
            input.clone()
        } else {
            let (one, other) = (random.below(corpus.len()), random.below(corpus.len()));
            mutate(&corpus[one], &corpus[other], &mut random)
        };
        let clock = Instant::now();
        let ran = std::panic::catch_unwind(|| run(&input));
        let took = clock.elapsed();
        slowest = slowest.max(took);
        if ran.is_err() || took > MAX_TIME {
            let kept = env::temp_dir().join(format!("hcpcs-fuzz-{name}-{number}"));
            fs::write(&kept, &input).unwrap();
            panic!(
                "{name}: input {number} took {took:?}; kept as {}",
                kept.display()
            );
        }
    }
    println!(
        "{name}: {inputs} inputs in {:?}, slowest {slowest:?}",
        begun.elapsed()
    );
}

macro_rules! targets {
    ($($name:ident: $usual:literal),* $(,)?) => {
        $(#[test]
        fn $name() {
            fuzz(stringify!($name), $usual);
        })*

        #[test]
        fn every_target_is_run() {
            let run = [$(stringify!($name)),*];
            assert!(TARGETS.iter().map(|(name, _)| *name).eq(run));
        }
    };
}

targets! {
    release_text: 200,
    workbook: 30,
    crosswalk: 200,
    note: 200,
    query: 40,
    claim_line: 200,
    x12: 200,
    nlm_constraint: 30,
    fhir_body: 30,
    index_files: 20,
}
