//! `State`: the generation that answers; switches to each new one while requests run.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, PoisonError, RwLock};
use std::time::{Duration, SystemTime};

use axum::http::Uri;
use axum::http::uri::PathAndQuery;
use axum::response::Response;
use serde::Serialize;

use crate::codeset::Date;
use crate::error::{Result, counted};
use crate::index::Manifest;
use crate::search::Searcher;

use super::answer_cache::AnswerCache;
use super::computation::{Cancellation, Computations};
use super::metrics::Metrics;
use super::options::LogSink;
use crate::server::http::base_path::BasePath;
use crate::server::http::problem::Problem;
use crate::server::http::reply;
use crate::server::http::stream_slots::StreamSlots;

/// The pause between two checks of the manifest.
const PAUSE: Duration = Duration::from_millis(300);
/// How many line streams run in parallel; others wait for a slot.
const MAX_STREAMS: usize = 8;

/// A query string up to this length, in bytes, is answered within a few milliseconds.
const SHORT_QUERY: usize = 512;

/// An opened index and its cached answers.
#[derive(Clone)]
struct Generation {
    searcher: Arc<Searcher>,
    cache: Arc<AnswerCache>,
}

impl Generation {
    fn open(folder: &Path) -> Result<Self> {
        Ok(Self {
            searcher: Arc::new(Searcher::load(folder)?),
            cache: Arc::new(AnswerCache::new()),
        })
    }
}

/// The state that all requests share. A request keeps the searcher with which it began.
pub(super) struct State {
    folder: PathBuf,
    current: RwLock<Generation>,
    caps: bool,
    base: BasePath,
    streams: Arc<StreamSlots>,
    computations: Computations,
    metrics: Metrics,
    reloads: AtomicU64,
    failures: AtomicU64,
}

/// Distinguishes one manifest file from the next without reading it.
type Mark = Option<(SystemTime, u64)>;

impl State {
    /// Opens the index of a folder.
    pub(super) fn open(folder: &Path, caps: bool) -> Result<Self> {
        let current = RwLock::new(Generation::open(folder)?);
        Ok(Self {
            folder: folder.to_owned(),
            current,
            caps,
            base: BasePath::default(),
            streams: Arc::new(StreamSlots::new(MAX_STREAMS)),
            computations: Computations::new(),
            metrics: Metrics::default(),
            reloads: AtomicU64::new(0),
            failures: AtomicU64::new(0),
        })
    }

    /// The same, under a base path.
    pub(super) fn under(self, base: BasePath) -> Self {
        Self { base, ..self }
    }

    /// The common prefix of all paths.
    pub(super) fn base(&self) -> &BasePath {
        &self.base
    }

    /// Slots for line streams, each of which takes its own thread.
    pub(super) fn streams(&self) -> &Arc<StreamSlots> {
        &self.streams
    }

    /// Runs long work on its own thread; see [`Computations::run`].
    pub(super) async fn compute<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Searcher, &Cancellation) -> T + Send + 'static,
    ) -> Result<T, Problem> {
        let searcher = self.searcher();
        let run = self
            .computations
            .run(move |cancellation| work(&searcher, cancellation));
        run.await
    }

    /// Whether NLM's page limits apply.
    pub(super) fn caps(&self) -> bool {
        self.caps
    }

    /// The counters since the start.
    pub(super) fn metrics(&self) -> &Metrics {
        &self.metrics
    }

    /// How many new generations were opened, and how many could not be.
    pub(super) fn reloads(&self) -> (u64, u64) {
        let count = |number: &AtomicU64| number.load(Ordering::Relaxed);
        (count(&self.reloads), count(&self.failures))
    }

    /// Everything besides the request on which answers depend: generation, program, day, and
    /// limits.
    pub(super) fn edition(&self) -> String {
        let searcher = self.searcher();
        let generation = &searcher.manifest().generation;
        let version = env!("CARGO_PKG_VERSION");
        format!("{generation} {version} {} {}", Date::today(), self.caps)
    }

    /// The searcher of the current generation.
    pub(super) fn searcher(&self) -> Arc<Searcher> {
        self.generation().searcher
    }

    fn generation(&self) -> Generation {
        let current = self.current.read().unwrap_or_else(PoisonError::into_inner);
        current.clone()
    }

    /// The answer to a request that depends only on its URL: from the cache, else from the current
    /// generation. A potentially long one is computed on its own thread.
    pub(super) async fn answer<T: Serialize>(
        &self,
        uri: &Uri,
        ask: impl FnOnce(&Searcher, &Uri) -> Result<T, Problem> + Send + 'static,
    ) -> Result<Response, Problem> {
        let Generation { searcher, cache } = self.generation();
        let target = uri.path_and_query().map_or("", PathAndQuery::as_str);
        let today = Date::today();
        if let Some(answer) = cache.get(target, today) {
            return Ok(reply::ready(answer));
        }
        let ask = |searcher: &Searcher, uri: &Uri| reply::bytes(&ask(searcher, uri)?);
        let answer = if is_long(uri) {
            let uri = uri.clone();
            let run = self.computations.run(move |_| ask(&searcher, &uri));
            run.await??
        } else {
            ask(&searcher, uri)?
        };
        // An answer computed across midnight may be for either day.
        if Date::today() == today {
            cache.insert(target, today, &answer);
        }
        Ok(reply::ready(answer))
    }

    /// Opens the generation that the manifest names, if it is new; returns its manifest then.
    fn renew(&self) -> Result<Option<Manifest>> {
        if self.searcher().is_current(&self.folder) {
            return Ok(None);
        }
        let generation = Generation::open(&self.folder)?;
        let manifest = generation.searcher.manifest().clone();
        *self.current.write().unwrap_or_else(PoisonError::into_inner) = generation;
        Ok(Some(manifest))
    }

    fn mark(&self) -> Mark {
        let data = fs::metadata(self.folder.join(Manifest::FILE)).ok()?;
        Some((data.modified().ok()?, data.len()))
    }

    /// Polls the manifest and switches to each new generation. If one cannot be opened, reports
    /// the error once and keeps serving the old one.
    pub(super) async fn watch(self: Arc<Self>, log: LogSink) {
        let mut seen = None;
        let mut reported = String::new();
        loop {
            tokio::time::sleep(PAUSE).await;
            let mark = self.mark();
            if mark.is_some() && mark == seen {
                continue;
            }
            let state = Arc::clone(&self);
            let renewed = tokio::task::spawn_blocking(move || state.renew()).await;
            let trouble = match renewed {
                Ok(Ok(renewed)) => {
                    seen = mark;
                    reported.clear();
                    if let Some(manifest) = renewed {
                        self.reloads.fetch_add(1, Ordering::Relaxed);
                        let Manifest {
                            generation, codes, ..
                        } = manifest;
                        log(&format!(
                            "answering from {generation}, {}",
                            counted(codes, "code")
                        ));
                    }
                    continue;
                }
                Ok(Err(error)) => error.to_string(),
                Err(panicked) => panicked.to_string(),
            };
            if trouble != reported {
                self.failures.fetch_add(1, Ordering::Relaxed);
                log(&format!("the new index is not taken: {trouble}"));
                reported = trouble;
            }
        }
    }
}

/// Whether the answer to a request may take long.
pub(super) fn is_long(uri: &Uri) -> bool {
    uri.query().map_or(0, str::len) > SHORT_QUERY
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::index::{Sources, build_index};
    use crate::release::Release;

    fn publish(folder: &Path) {
        let sources = Sources {
            releases: vec![Release::starter().unwrap()],
            annotations: Vec::new(),
        };
        build_index(folder, sources).unwrap();
    }

    #[test]
    fn a_new_generation_is_taken_and_a_broken_one_is_not() {
        let folder = tempfile::tempdir().unwrap();
        publish(folder.path());
        let state = State::open(folder.path(), true).unwrap();
        let held = state.searcher();
        assert_eq!(state.renew().unwrap(), None);
        publish(folder.path());
        let taken = state.renew().unwrap().unwrap();
        assert_ne!(taken.generation, held.manifest().generation);
        assert_eq!(state.searcher().manifest(), &taken);
        fs::write(folder.path().join(Manifest::FILE), "{").unwrap();
        assert!(state.renew().is_err());
        assert_eq!(state.searcher().manifest(), &taken);
    }
}
