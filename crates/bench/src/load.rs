//! So many at a time, until there were enough of them or it took long enough.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

/// At a time.
pub const AT_ONCE: [usize; 3] = [1, 8, 64];
/// So many in one cell, unless told otherwise.
pub const MOST: usize = 4000;
/// A cell ends after this long, however few there were.
const LONGEST: Duration = Duration::from_secs(8);
/// So many first ones don't count: connections are made and caches filled.
pub const WARM: usize = 16;

/// What was measured.
#[derive(Debug, Clone, Copy)]
pub struct Cell {
    pub at_once: usize,
    pub per_second: f64,
    /// Milliseconds that half of them took at most.
    pub median: f64,
    /// Milliseconds that 95 of 100 took at most.
    pub most: f64,
    /// Milliseconds that 99 of 100 took at most.
    pub p99: f64,
}

impl Cell {
    /// From the times of each, and the time of all.
    pub fn of(at_once: usize, mut times: Vec<Duration>, all: Duration) -> Cell {
        times.sort_unstable();
        let at = |share: usize| {
            let time = times.get(times.len() * share / 100).or(times.last()).copied().unwrap_or_default();
            time.as_secs_f64() * 1000.0
        };
        let per_second = times.len() as f64 / all.as_secs_f64();
        Cell { at_once, per_second, median: at(50), most: at(95), p99: at(99) }
    }
}

/// Does something again and again, `at_once` at a time. It is told how many were begun before it.
///
/// # Errors
/// The first failure: a wrong answer is no measurement.
pub async fn measure<F>(
    at_once: usize,
    most: usize,
    again: impl Fn(usize) -> F + Send + Sync + 'static,
) -> anyhow::Result<Cell>
where
    F: Future<Output = anyhow::Result<()>> + Send,
{
    for turn in 0..WARM {
        again(turn).await?;
    }
    let again = Arc::new(again);
    let turns = Arc::new(AtomicUsize::new(0));
    let start = Instant::now();
    let mut workers = Vec::new();
    for _ in 0..at_once {
        let (again, turns) = (again.clone(), turns.clone());
        workers.push(tokio::spawn(async move {
            let mut times = Vec::new();
            loop {
                let turn = turns.fetch_add(1, Ordering::Relaxed);
                if turn >= most || start.elapsed() > LONGEST {
                    return anyhow::Ok(times);
                }
                let begun = Instant::now();
                again(turn).await?;
                times.push(begun.elapsed());
            }
        }));
    }
    let mut times = Vec::new();
    for worker in workers {
        times.extend(worker.await??);
    }
    Ok(Cell::of(at_once, times, start.elapsed()))
}
