//! Two ways to do the same, timed in turn, so that whatever else the machine does falls on both.

use std::hint::black_box;
use std::io::{self, Write as _};
use std::time::{Duration, Instant};

use criterion::BenchmarkGroup;
use criterion::measurement::WallTime;

/// Measures `ours`, which is called `name`, and prints how fast it is beside `reference`.
/// Either says how long it took.
pub(crate) fn compare(
    group: &mut BenchmarkGroup<'_, WallTime>,
    name: &str,
    mut ours: impl FnMut() -> Duration,
    mut reference: impl FnMut() -> Duration,
) {
    let mut times: [Vec<Duration>; 2] = Default::default();
    group.bench_function(name, |bencher| {
        bencher.iter_custom(|count| {
            let mut total = Duration::ZERO;
            for _ in 0..count {
                // Neither is always the first, which may find the caches cold.
                let is_first = times[0].len().is_multiple_of(2);
                let before = is_first.then(&mut ours);
                let other = reference();
                let own = before.unwrap_or_else(&mut ours);
                total += own;
                times[0].push(own);
                times[1].push(other);
            }
            total
        });
    });
    // Nothing was measured when the name was not asked for.
    if let [Some(own), Some(other)] = times.map(median) {
        let percent = 100.0 * other.as_secs_f64() / own.as_secs_f64();
        say(&format!("{name}: {percent:.1} % of its speed, {own:.1?} to {other:.1?} (medians)"));
    }
}

/// How long it takes to do it.
pub(crate) fn timed<T>(work: impl FnOnce() -> T) -> Duration {
    let start = Instant::now();
    black_box(work());
    start.elapsed()
}

/// Prints a line among those of criterion.
pub(crate) fn say(line: &str) {
    writeln!(io::stdout(), "{line}").expect("somebody is listening");
}

fn median(mut times: Vec<Duration>) -> Option<Duration> {
    times.sort_unstable();
    times.get(times.len() / 2).copied()
}
