//! How long each question takes: the median and the slowest hundredth of a set, not only its mean.

use std::hint::black_box;
use std::time::{Duration, Instant};

use super::peers::{Engine, Fts5, Ours, PlainTantivy, Question};
use super::queries::Set;

/// How often each question is asked; the median of its times counts, because other processes
/// disturb single ones.
const ROUNDS: usize = 31;

/// Prints the 50th and 99th percentile of each set's questions, by engine.
pub(crate) fn print(sets: &[Set]) {
    println!(
        "The time of a question, at the 50th and 99th percentile of a set's questions, in µs."
    );
    println!("Ratios: ours to plain tantivy.\n");
    println!(
        "{:<18}{:>8}{:>8}{:>8}{:>8}{:>8}{:>8}{:>8}{:>8}",
        "", "hcpcs", "p99", "fts5", "p99", "tantivy", "p99", "p50", "p99"
    );
    for Set { name, questions } in sets {
        let all = [
            of::<Ours>(questions),
            of::<Fts5>(questions),
            of::<PlainTantivy>(questions),
        ];
        let times = all.as_flattened().iter();
        let times: Vec<String> = times.map(|time| format!("{time:>8.1}")).collect();
        let times = times.concat();
        let ratio = |at: usize| all[0][at] / all[2][at];
        println!("{name:<18}{times}{:>8.2}{:>8.2}", ratio(0), ratio(1));
    }
}

/// The percentiles of an engine.
fn of<E: Engine>(questions: &[Question]) -> [f64; 2] {
    let engine = E::open(&super::folder::<E>());
    let mut times = vec![Vec::with_capacity(ROUNDS); questions.len()];
    for round in 0..=ROUNDS {
        for (question, times) in questions.iter().zip(&mut times) {
            let begin = Instant::now();
            black_box(engine.ask(black_box(question)));
            if round > 0 {
                times.push(begin.elapsed());
            }
        }
    }
    let mut medians: Vec<Duration> = times.iter_mut().map(|times| median(times)).collect();
    medians.sort_unstable();
    let last = medians.len() - 1;
    [50, 99].map(|percent| medians[(last * percent).div_ceil(100)].as_secs_f64() * 1e6)
}

fn median(times: &mut [Duration]) -> Duration {
    times.sort_unstable();
    times[times.len() / 2]
}
