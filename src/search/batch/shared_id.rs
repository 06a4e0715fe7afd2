//! Finds an id that two answers of a batch have: a number that one question gives, and the line of
//! another, which gives none.

use std::collections::BTreeMap;

/// The ids of questions up to now.
#[derive(Debug, Default)]
pub struct NumbersInUse {
    given: Numbers,
    of_lines: Numbers,
}

impl NumbersInUse {
    /// Takes a number that a question gives as its id; whether it is the line of one without an id.
    pub fn give(&mut self, id: u64) -> bool {
        self.given.add(id);
        self.of_lines.has(id)
    }

    /// Takes the line of a question without an id; whether another one gives that number.
    pub fn take_line(&mut self, line: u64) -> bool {
        self.of_lines.add(line);
        self.given.has(line)
    }
}

/// Numbers as spans, so that those of consecutive lines take no memory.
#[derive(Debug, Default)]
struct Numbers(BTreeMap<u64, u64>);

impl Numbers {
    fn add(&mut self, number: u64) {
        if self.has(number) {
            return;
        }
        let before = self.0.range_mut(..number).next_back();
        match before.filter(|(_, last)| **last + 1 == number) {
            Some((_, last)) => *last = number,
            None => {
                self.0.insert(number, number);
            }
        }
    }

    fn has(&self, number: u64) -> bool {
        let before = self.0.range(..=number).next_back();
        before.is_some_and(|(_, last)| *last >= number)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_is_shared_whichever_comes_first() {
        let mut ids = NumbersInUse::default();
        assert!(![1, 2, 4].into_iter().any(|line| ids.take_line(line)));
        assert!(!ids.give(3) && !ids.give(7) && !ids.give(u64::MAX));
        assert!(ids.give(2) && ids.give(4));
        assert!(!ids.take_line(5) && !ids.take_line(6) && ids.take_line(7));
    }
}
