//! How long each question takes: the median and the slowest hundredth of a set, not only its mean.

use std::hint::black_box;
use std::time::{Duration, Instant};

use super::peers::{Engine, Fts5, Ours, PlainTantivy, Question};
use super::queries::Set;

/// How often each question is asked; the median of its times counts, because other processes
/// disturb single ones.
const ROUNDS: usize = 31;

/// The times of each question of a set.
type Times = Vec<Vec<Duration>>;

/// Prints the 50th and 99th percentile of each set's questions, by engine. The engines take turns,
/// because the clock of the machine changes within a second; each asks a set once more before it is
/// timed, because the others have used the caches meanwhile.
pub(crate) fn print(sets: &[Set]) {
    println!(
        "The time of a question, at the 50th and 99th percentile of a set's questions, in µs."
    );
    println!("Ratios: ours to plain tantivy.\n");
    println!(
        "{:<18}{:>8}{:>8}{:>8}{:>8}{:>8}{:>8}{:>8}{:>8}",
        "", "hcpcs", "p99", "fts5", "p99", "tantivy", "p99", "p50", "p99"
    );
    let ours = Ours::open(&super::folder::<Ours>());
    let fts5 = Fts5::open(&super::folder::<Fts5>());
    let tantivy = PlainTantivy::open(&super::folder::<PlainTantivy>());
    for Set { name, questions } in sets {
        let mut times: [Times; 3] = [(); 3].map(|()| vec![Vec::new(); questions.len()]);
        for _ in 0..ROUNDS {
            ask(&ours, questions, &mut times[0]);
            ask(&fts5, questions, &mut times[1]);
            ask(&tantivy, questions, &mut times[2]);
        }
        let all = times.map(percentiles);
        let times = all.as_flattened().iter();
        let times: Vec<String> = times.map(|time| format!("{time:>8.1}")).collect();
        let times = times.concat();
        let ratio = |at: usize| all[0][at] / all[2][at];
        println!("{name:<18}{times}{:>8.2}{:>8.2}", ratio(0), ratio(1));
    }
}

/// Asks an engine all questions of a set in turn, and again with the time taken.
fn ask<E: Engine>(engine: &E, questions: &[Question], times: &mut Times) {
    for question in questions {
        black_box(engine.ask(black_box(question)));
    }
    for (question, times) in questions.iter().zip(times) {
        let begin = Instant::now();
        black_box(engine.ask(black_box(question)));
        times.push(begin.elapsed());
    }
}

/// The 50th and 99th percentile of the questions' medians, in µs.
fn percentiles(mut times: Times) -> [f64; 2] {
    let mut medians: Vec<Duration> = times.iter_mut().map(|times| median(times)).collect();
    medians.sort_unstable();
    let last = medians.len() - 1;
    [50, 99].map(|percent| medians[(last * percent).div_ceil(100)].as_secs_f64() * 1e6)
}

fn median(times: &mut [Duration]) -> Duration {
    times.sort_unstable();
    times[times.len() / 2]
}
