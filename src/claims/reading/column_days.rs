//! What the days of a table's columns say of each other: the order of day and month, and whether
//! five digits are a spreadsheet's serial number or `MMDDYY` without its leading zero.

use std::borrow::Cow;

use super::chosen_days::ChosenDays;
use super::day_order::{Order, digits, orders};
use super::value::{plain, whole};
use super::written_days::{day_of_digits, serial_day};
use crate::error::{Error, Result, excerpt};

/// The digits of `MMDDYY` without its leading zero, as of a spreadsheet's serial number.
const SHORT: usize = 5;

/// What was seen in the columns of days, each with the first cell that shows it.
#[derive(Clone, Debug, Default)]
pub(crate) struct ColumnDays {
    /// Six digits that are a day.
    six_digits: Option<String>,
    /// Five digits that can only be a serial number.
    serial: Option<String>,
    /// A day whose month is not the first number.
    day_first: Option<String>,
    /// Cells that were read with the month first, as nothing seen was against it.
    month_first: Option<ChosenDays>,
    /// Cells of five digits that were read in one of their two meanings.
    short: Option<ChosenDays>,
    /// Whether serial numbers count days from 1904.
    pub(super) counts_from_1904: bool,
}

impl ColumnDays {
    /// Takes note of a cell of a row that is still to be read.
    pub(super) fn see(&mut self, cell: &str) {
        let cell = whole(plain(cell));
        let keep = |place: &mut Option<String>| {
            place.get_or_insert_with(|| excerpt(cell));
        };
        match (digits(cell), day_of_short(cell)) {
            (Some(6), _) if day_of_digits(cell).is_some() => keep(&mut self.six_digits),
            (Some(SHORT), false) if serial_day(cell).is_some() => keep(&mut self.serial),
            _ => {}
        }
        let is_day_first = || orders(cell).any(|order| order == Order::DayFirst);
        if self.day_first.is_none() && is_day_first() {
            self.day_first = Some(excerpt(cell));
        }
    }

    /// Takes note of a cell that is read now; returns what to say of an earlier one that was read
    /// before this one put its meaning in doubt.
    pub(super) fn see_now(&mut self, cell: &str) -> Option<String> {
        let shown = |own: &Self| (own.six_digits.is_some(), own.serial.is_some());
        let (had_day_first, had) = (self.day_first.is_some(), shown(self));
        self.see(cell);
        if self.day_first.is_some() != had_day_first
            && let Some(chosen) = self.month_first.take()
        {
            return Some(chosen.in_doubt("in the order month, day, year", cell));
        }
        if shown(self) != had
            && let Some(chosen) = self.short.take()
        {
            let read_as = if had.0 {
                "as MMDDYY without its leading zero"
            } else {
                "as serial numbers of a spreadsheet"
            };
            return Some(chosen.in_doubt(read_as, cell));
        }
        let cell = whole(plain(cell));
        if self.of_cell(cell).is_err() {
            return None;
        }
        if orders(cell).any(|order| order == Order::Either) {
            ChosenDays::add(&mut self.month_first, cell);
        } else if day_of_short(cell) && serial_day(cell).is_some() {
            ChosenDays::add(&mut self.short, cell);
        }
        None
    }

    /// Refuses a day whose month may be its first number or its second, if another shows that the
    /// month need not be the first.
    pub(super) fn refuse_unclear_order(&self, cell: &str) -> Result<()> {
        let is_either = || orders(cell).any(|order| order == Order::Either);
        match self.day_first.as_ref().filter(|_| is_either()) {
            Some(other) => Err(Error::query(format!(
                "`{}` is ambiguous: month or day may come first, as in `{other}` the month does \
                 not; write YYYY-MM-DD",
                excerpt(cell)
            ))),
            None => Ok(()),
        }
    }

    /// Takes note of the days in a line without a header.
    #[cfg(feature = "mcp")]
    pub(crate) fn see_line(&mut self, text: &str) {
        parts(text).for_each(|part| self.see(part));
    }

    /// Refuses a line without a header whose day may be one of two.
    ///
    /// # Errors
    /// Another line shows that the month need not be the first number.
    #[cfg(feature = "mcp")]
    pub(crate) fn refuse_unclear_line(&self, text: &str) -> Result<()> {
        parts(text).try_for_each(|part| self.refuse_unclear_order(part))
    }

    /// A cell as it is read: five digits with their leading zero, if the column has `MMDDYY`.
    ///
    /// # Errors
    /// It may be one of two days.
    pub(super) fn of_cell<'c>(&self, cell: &'c str) -> Result<Cow<'c, str>> {
        let cell = whole(cell);
        let unclear = |why: String| {
            let reason = format!("`{}` {why}; write YYYY-MM-DD", excerpt(cell));
            Err(Error::query(reason))
        };
        self.refuse_unclear_order(cell)?;
        if digits(cell) != Some(SHORT) {
            return Ok(self.in_calendar(cell));
        }
        match (&self.six_digits, &self.serial, day_of_short(cell)) {
            (Some(_), None, true) => Ok(Cow::Owned(format!("0{cell}"))),
            (None, None, true) => unclear(
                "is ambiguous: MMDDYY without its leading zero, or the serial number of a \
                 spreadsheet"
                    .to_owned(),
            ),
            (Some(six), ..) => unclear(format!(
                "is ambiguous: this column also has `{six}`, and five digits may be MMDDYY without \
                 a zero or the serial number of a spreadsheet"
            )),
            (None, ..) => Ok(self.in_calendar(cell)),
        }
    }

    /// A serial number of a workbook that counts days from 1904 as the usual one, counted from
    /// 1900; anything else as it is.
    fn in_calendar<'c>(&self, cell: &'c str) -> Cow<'c, str> {
        const BETWEEN: u32 = 1_462;
        let number = cell.split_once('.').map_or(cell, |(day, _)| day);
        match number.parse::<u32>() {
            Ok(serial) if self.counts_from_1904 && number.len() == SHORT => {
                Cow::Owned((serial + BETWEEN).to_string())
            }
            _ => Cow::Borrowed(cell),
        }
    }
}

/// The parts of a line without a header that may be days; five digits are a code.
pub(super) fn parts(text: &str) -> impl Iterator<Item = &str> {
    let is_gap = |letter: char| letter.is_whitespace() || matches!(letter, ',' | ';' | '|');
    text.split(is_gap).filter(|part| part.len() > SHORT)
}

/// Whether five digits are a day as `MMDDYY` without its leading zero.
fn day_of_short(cell: &str) -> bool {
    digits(cell) == Some(SHORT) && day_of_digits(&format!("0{cell}")).is_some()
}

#[cfg(test)]
mod tests {
    use super::super::reader::ClaimReader;

    /// The day of each line, or its error; then the notices on days.
    fn read(cells: &str) -> Vec<String> {
        let table = format!("code,dos\nJ1640,{}\n", cells.replace(' ', "\nJ1640,"));
        let mut reader = ClaimReader::new(table.as_bytes());
        let mut found = Vec::new();
        while let Some(line) = reader.next_line().unwrap() {
            found.push(match line.claim {
                Ok(line) => line.dos.map_or(String::new(), |day| day.to_string()),
                Err(error) => error.to_string(),
            });
        }
        found
    }

    #[test]
    fn five_digits_are_what_their_column_has() {
        let days = read("10226 10126.0 111526 40126");
        assert_eq!(
            days,
            ["2026-01-02", "2026-01-01", "2026-11-15", "2026-04-01"]
        );
        assert_eq!(read("40126 46037"), ["2009-11-09", "2026-01-15"]);
        for cells in ["10226", "40126", "40126 2026-01-15"] {
            assert!(read(cells)[0].contains("is ambiguous"), "{cells}");
        }
        let both = read("111526 46037 40126");
        assert!(both[1].contains("ambiguous") && both[2].contains("ambiguous"));
    }

    #[test]
    fn a_column_with_both_orders_of_day_and_month_is_not_guessed() {
        for cells in [
            "13/01/2026 01/13/2026 02/03/2026 02/02/2026",
            "02/03/2026 01/13/2026 02/02/2026 13-01-26",
            "02/03/2026-03/03/2026 01/13/2026 02/02/2026 13/01/2026-14/01/2026",
            "02032026 01132026 02022026 13012026",
        ] {
            for (cell, day) in cells.split(' ').zip(read(cells)) {
                let is_unclear = cell.contains("03");
                assert_eq!(day.contains("is ambiguous"), is_unclear, "{cell}: {day}");
                let expected = if cell.contains("13/2026") || cell.contains("132026") {
                    "2026-01-13"
                } else if cell.contains("02/02") || cell.contains("0202") && !is_unclear {
                    "2026-02-02"
                } else {
                    ""
                };
                assert!(day.contains(expected), "{cell}: {day}");
            }
        }
        assert_eq!(read("02/03/2026 01/13/2026")[0], "2026-02-03");
        assert_eq!(read("02032011 20101201"), ["2011-02-03", "2010-12-01"]);
        let mut lines =
            ClaimReader::new("J1640 02/03/2026\nJ1640 13/01/2026\nJ1640 3/4/26".as_bytes());
        let mut is_unclear = || lines.next_line().unwrap().unwrap().claim.is_err();
        assert!(!is_unclear() && is_unclear() && is_unclear());
        assert!(lines.notices()[0].contains("such as `02/03/2026`"));
    }

    #[test]
    fn a_day_that_comes_into_doubt_later_is_said() {
        let order = "in the order month, day, year";
        for (cells, said) in [
            (
                "02/03/2026 01/13/2026 13/01/2026 14/01/2026",
                &[("1 day before `13/01/2026` was", order, "`02/03/2026`")][..],
            ),
            // six digits say nothing of the order of other days
            (
                "02/03/2026 03/04/2026 111526 13/01/2026",
                &[("2 days before `13/01/2026` were", order, "`02/03/2026`")],
            ),
            (
                "111526 40126 40226 46037 46038",
                &[("2 days before `46037` were", "as MMDDYY", "`40126`")],
            ),
            (
                "46037 40126 111526",
                &[("1 day before `111526` was", "as serial numbers", "`40126`")],
            ),
            (
                "111526 40126 02/03/2026 46037 13/01/2026",
                &[
                    ("1 day before `46037` was", "as MMDDYY", "`40126`"),
                    ("1 day before `13/01/2026` was", order, "`02/03/2026`"),
                ],
            ),
            ("02/03/2026 01/13/2026 2026-01-15", &[]),
            ("13/01/2026 02/03/2026", &[]),
        ] {
            let mut seen = super::ColumnDays::default();
            let found: Vec<String> = cells
                .split(' ')
                .filter_map(|own| seen.see_now(own))
                .collect();
            assert_eq!(found.len(), said.len(), "{cells}: {found:?}");
            for (found, (count, read_as, first)) in found.iter().zip(said) {
                let parts = [count, read_as, first];
                assert!(
                    parts.iter().all(|own| found.contains(**own)),
                    "{cells}: {found}"
                );
            }
        }
    }
}
