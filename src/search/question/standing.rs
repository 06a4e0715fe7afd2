//! `Standing`: how a version stands on the day of a question, and `Standings`, which are kept for the
//! next question.

use std::sync::atomic::{AtomicU8, Ordering};

/// The standing of a row on the day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub(crate) enum Standing {
    /// It is an answer.
    Visible,
    /// It passes the filters, but the code has ended, or no release covers it on the day.
    Terminated,
    /// It passes the filters, but the code is not valid yet.
    NotYetValid,
    /// A filter leaves it out, or another version answers on the day.
    Out,
}

/// The standing of each version on one day; unset until a question asks for it.
pub(crate) struct Standings(Box<[AtomicU8]>);

const ALL: [Standing; 4] = [
    Standing::Visible,
    Standing::Terminated,
    Standing::NotYetValid,
    Standing::Out,
];

impl Standings {
    /// None of some number of versions is known.
    pub(crate) fn unknown(versions: u32) -> Self {
        Self((0..versions).map(|_| AtomicU8::new(0)).collect())
    }

    /// The standing of a version; `make` works it out if it is not known.
    #[inline]
    pub(crate) fn get(&self, doc: u32, make: impl FnOnce() -> Standing) -> Standing {
        let Some(known) = self.0.get(doc as usize) else {
            return make();
        };
        let number = known.load(Ordering::Relaxed);
        if let Some(standing) = ALL.get(usize::from(number).wrapping_sub(1)) {
            return *standing;
        }
        let standing = make();
        known.store(standing as u8 + 1, Ordering::Relaxed);
        standing
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_standing_is_kept() {
        let standings = Standings::unknown(4);
        for (doc, standing) in (0..).zip(ALL) {
            assert_eq!(standings.get(doc, || standing), standing);
            assert_eq!(standings.get(doc, || unreachable!()), standing);
        }
        assert_eq!(standings.get(4, || Standing::Out), Standing::Out);
    }
}
