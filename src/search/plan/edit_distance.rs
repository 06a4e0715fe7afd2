//! The edit distance of two words.

/// The edit distance of two words, up to `most`: insertions, deletions, substitutions and swaps.
pub(crate) fn distance(a: &[u8], b: &[u8], most: u8) -> Option<u8> {
    const LONGEST: usize = 50;
    if a.len() >= LONGEST || b.len() >= LONGEST || a.len().abs_diff(b.len()) > usize::from(most) {
        return None;
    }
    let start = a.iter().zip(b).take_while(|(a, b)| a == b).count();
    let (a, b) = (&a[start..], &b[start..]);
    let end = a
        .iter()
        .rev()
        .zip(b.iter().rev())
        .take_while(|(a, b)| a == b)
        .count();
    let (a, b) = (&a[..a.len() - end], &b[..b.len() - end]);
    // Three rows of the edit table, of which only the cells near the diagonal matter.
    let reach = usize::from(most);
    let mut rows = [[u8::MAX / 2; LONGEST + 1]; 3];
    for (slot, number) in rows[0].iter_mut().zip(0..=most) {
        *slot = number;
    }
    for i in 1..=a.len() {
        let (from, to) = (i.saturating_sub(reach).max(1), (i + reach).min(b.len()));
        let [row, above, before] = [i % 3, (i + 2) % 3, (i + 1) % 3];
        let start = if from == 1 {
            i
        } else {
            usize::from(u8::MAX / 2)
        };
        let mut left = u8::try_from(start).unwrap_or(u8::MAX / 2);
        rows[row][from - 1] = left;
        let mut least = left;
        for j in from..=to {
            let other = u8::from(a[i - 1] != b[j - 1]);
            let edited = (rows[above][j] + 1).min(left + 1);
            let mut cost = edited.min(rows[above][j - 1] + other);
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                cost = cost.min(rows[before][j - 2] + 1);
            }
            rows[row][j] = cost;
            left = cost;
            least = least.min(cost);
        }
        rows[row][to + 1] = u8::MAX / 2;
        if least > most {
            return None;
        }
    }
    Some(rows[a.len() % 3][b.len()]).filter(|distance| *distance <= most)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn edits_are_counted() {
        for (a, b, edits) in [
            ("hemn", "hemin", Some(1)),
            ("cefrtiaxone", "ceftriaxone", Some(1)),
            ("glycopirolate", "glycopyrrolate", Some(2)),
            ("whealchair", "wheelchair", Some(1)),
            ("same", "same", Some(0)),
            ("hemin", "insulin", None),
            ("ab", "ba", Some(1)),
            ("", "ab", Some(2)),
        ] {
            assert_eq!(distance(a.as_bytes(), b.as_bytes(), 2), edits, "{a} {b}");
        }
        assert_eq!(distance(b"glycopirolate", b"glycopyrrolate", 1), None);
    }

    /// The edit distance by the full table, for comparison.
    fn counted(a: &[u8], b: &[u8]) -> usize {
        let mut table = vec![vec![0; b.len() + 1]; a.len() + 1];
        for (i, j) in (0..=a.len()).flat_map(|i| (0..=b.len()).map(move |j| (i, j))) {
            if i == 0 || j == 0 {
                table[i][j] = i + j;
                continue;
            }
            let edited = table[i - 1][j].min(table[i][j - 1]) + 1;
            let mut cost = edited.min(table[i - 1][j - 1] + usize::from(a[i - 1] != b[j - 1]));
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                cost = cost.min(table[i - 2][j - 2] + 1);
            }
            table[i][j] = cost;
        }
        table[a.len()][b.len()]
    }

    proptest::proptest! {
        #[test]
        fn edits_are_those_of_the_whole_table(a in "[abc]{0,9}", b in "[abc]{0,9}", most in 0u8..4) {
            let edits = counted(a.as_bytes(), b.as_bytes());
            let expected = u8::try_from(edits).ok().filter(|edits| *edits <= most);
            proptest::prop_assert_eq!(distance(a.as_bytes(), b.as_bytes(), most), expected);
        }
    }
}
