//! `RowWidth`: finds rows of a text table with a cell too many, which a comma without quotes makes.

/// How many cells the rows of a table have.
#[derive(Default)]
pub(crate) struct RowWidth {
    /// The cells of the headings.
    header: usize,
    /// The first row below them, if it has more cells than they, and its line.
    first: Option<(usize, usize)>,
    usual: Option<usize>,
}

impl RowWidth {
    pub(crate) fn of_header(cells: usize) -> Self {
        Self {
            header: cells,
            ..Self::default()
        }
    }

    /// Takes a row; gives the line that has cells in the wrong columns, and why: the row itself, or
    /// the first one, which had more than the headings and now turns out to be alone.
    pub(crate) fn shifted(&mut self, line: usize, cells: usize) -> Option<(usize, String)> {
        let Some(usual) = self.usual else {
            self.usual = Some(cells.max(self.header));
            self.first = (cells > self.header).then_some((line, cells));
            return None;
        };
        if cells > usual {
            return Some((line, reason(cells, usual)));
        }
        let (first, own) = self.first.take_if(|_| cells < usual)?;
        self.usual = Some(self.header);
        Some((first, reason(own, self.header)))
    }
}

fn reason(cells: usize, usual: usize) -> String {
    format!("{cells} cells where other rows have {usual}; put in quotes what has a comma in it")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_with_a_cell_too_many_and_the_first_one() {
        let shifted = |rows: &[usize]| {
            let mut width = RowWidth::of_header(3);
            let rows = (2..).zip(rows);
            let found = rows.filter_map(|(line, cells)| width.shifted(line, *cells));
            found.map(|(line, _)| line).collect::<Vec<_>>()
        };
        assert!(shifted(&[3, 3, 2]).is_empty());
        assert!(shifted(&[4, 4, 4]).is_empty(), "rows may end in a comma");
        assert_eq!(shifted(&[3, 4, 3]), [3]);
        assert_eq!(shifted(&[4, 3, 3]), [2]);
        assert_eq!(shifted(&[4, 3, 4]), [2, 4]);
    }
}
