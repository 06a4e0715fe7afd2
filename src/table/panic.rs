//! Catches panics of libraries that read damaged files or have no room to write, without a word on
//! standard error.

use std::cell::Cell;
use std::panic::{self, UnwindSafe};
use std::sync::Once;

thread_local! {
    /// Whether this thread runs work whose panic is caught.
    static IS_CAUGHT: Cell<bool> = const { Cell::new(false) };
}

/// Runs work; `None` if it panics. The panic prints nothing.
pub(crate) fn caught<T>(work: impl FnOnce() -> T + UnwindSafe) -> Option<T> {
    static HOOK: Once = Once::new();
    HOOK.call_once(|| {
        let others = panic::take_hook();
        panic::set_hook(Box::new(move |panic| {
            if !IS_CAUGHT.get() {
                others(panic);
            }
        }));
    });
    let was_caught = IS_CAUGHT.replace(true);
    let result = panic::catch_unwind(work);
    IS_CAUGHT.set(was_caught);
    result.ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_is_caught() {
        let words: Vec<&str> = Vec::new();
        assert_eq!(caught(move || words[0].len()), None);
        assert_eq!(caught(|| 1), Some(1));
        assert!(!IS_CAUGHT.get());
    }
}
