//! Times of something done many times.

use std::{future::Future, hint::black_box, time::Instant};

/// Times in nanoseconds.
#[derive(Default)]
pub struct Series(Vec<u128>);

impl Series {
    /// Times one run; those of the warm-up do not count.
    pub async fn time<T>(&mut self, counts: bool, work: impl Future<Output = T>) {
        let start = Instant::now();
        black_box(work.await);
        let took = start.elapsed().as_nanos();
        if counts {
            self.0.push(took);
        }
    }

    /// A quantile in microseconds.
    pub fn quantile(&mut self, quantile: f64) -> f64 {
        self.0.sort_unstable();
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_precision_loss,
            clippy::cast_sign_loss,
            reason = "a place in a list of thousands, and times far below 2^52 ns"
        )]
        {
            let place = ((self.0.len() - 1) as f64 * quantile).round() as usize;
            self.0[place] as f64 / 1_000.0
        }
    }
}

/// Two ways to the same answer, in turns.
pub struct Contest {
    name: String,
    pub ours: Series,
    pub theirs: Series,
}

impl Contest {
    pub fn new(name: &str) -> Self {
        Self { name: name.to_owned(), ours: Series::default(), theirs: Series::default() }
    }

    pub fn print_head(ours: &str, theirs: &str) {
        println!(
            "{:<28} {:>14} {:>9} {:>14} {:>9} {:>7} {:>7}",
            "",
            format!("{ours} p50"),
            "p99",
            format!("{theirs} p50"),
            "p99",
            "p50 x",
            "p99 x"
        );
    }

    pub fn print(mut self) {
        let (ours, ours_late) = (self.ours.quantile(0.5), self.ours.quantile(0.99));
        let (theirs, theirs_late) = (self.theirs.quantile(0.5), self.theirs.quantile(0.99));
        println!(
            "{:<28} {ours:>14.1} {ours_late:>9.1} {theirs:>14.1} {theirs_late:>9.1} {:>7.2} {:>7.2}",
            self.name,
            ours / theirs,
            ours_late / theirs_late
        );
    }
}
