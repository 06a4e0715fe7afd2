//! Stretches of rows or columns, of which the first are named and the others counted or hinted at.

/// More are counted, and not named.
const MOST_NAMED: usize = 8;

/// Numbers from 1, in the order of the sheet.
#[derive(Clone, Debug, Default)]
pub(super) struct Stretches {
    /// The first and the last number of each of the first stretches.
    named: Vec<(u32, u32)>,
    count: u64,
}

impl Stretches {
    pub(super) fn add(&mut self, first: u32, last: u32) {
        self.count += u64::from(last.saturating_sub(first)) + 1;
        if let Some(own) = self.named.last_mut()
            && own.1.checked_add(1) == Some(first)
        {
            own.1 = last;
        } else if self.named.len() < MOST_NAMED {
            self.named.push((first, last));
        }
    }

    /// `row 3`, `rows 3 and 5 to 7`.
    pub(super) fn in_words(&self, noun: &str) -> Option<String> {
        let stretches = self.named.iter().map(|(first, last)| match last - first {
            0 => first.to_string(),
            1 => format!("{first}, {last}"),
            _ => format!("{first} to {last}"),
        });
        let named: u64 = self
            .named
            .iter()
            .map(|own| u64::from(own.1 - own.0) + 1)
            .sum();
        let more = self.count.saturating_sub(named);
        let more = (more > 0).then(|| format!("{more} more"));
        let all: Vec<String> = stretches.chain(more).collect();
        let plural = if self.count == 1 { "" } else { "s" };
        (self.count > 0).then(|| format!("{noun}{plural} {}", all.join(", ")))
    }
}

/// The first and the last row of each merged area of several rows.
#[derive(Clone, Debug, Default)]
pub(super) struct MergedRows {
    named: Vec<(u32, u32)>,
    has_more: bool,
}

impl MergedRows {
    pub(super) fn add(&mut self, first: u32, last: u32) {
        if first >= last || self.named.contains(&(first, last)) {
            return;
        }
        if self.named.len() < MOST_NAMED {
            self.named.push((first, last));
        } else {
            self.has_more = true;
        }
    }

    /// `rows 2 to 4, 5 to 7`.
    pub(super) fn in_words(&self) -> Option<String> {
        let rows = self.named.iter();
        let rows = rows.map(|(first, last)| format!("{first} to {last}"));
        let more = self.has_more.then(|| "others".to_owned());
        let all: Vec<String> = rows.chain(more).collect();
        (!all.is_empty()).then(|| format!("rows {}", all.join(", ")))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn many_rows_are_counted() {
        let mut rows = Stretches::default();
        (1..=20).for_each(|row| rows.add(row * 2, row * 2));
        let said = rows.in_words("row").unwrap();
        assert_eq!(said, "rows 2, 4, 6, 8, 10, 12, 14, 16, 12 more");
    }
}
