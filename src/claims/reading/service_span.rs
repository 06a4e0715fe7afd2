//! The days of service of a row: of several columns that have a first or a last day, which count.

use super::claim_columns::ClaimColumns;
use super::claim_line::ClaimLine;
use super::column_content::{Column, Rank};
use super::column_name::{Name, words};
use super::written_days::{Days, Place, days};
use crate::error::{Error, Result};

/// The days of the columns of a kind: of the filled ones, that with the highest rank.
#[derive(Default)]
pub(super) struct Day {
    pub(super) found: Option<Days>,
    rank: Option<Rank>,
    at: usize,
    /// Two columns of one rank that differ.
    two: Option<(usize, usize)>,
}

impl Day {
    pub(super) fn take(&mut self, cell: &str, rank: Rank, at: usize) -> Result<()> {
        let found = days(cell, Place::Column)?;
        if found.is_none() || self.rank > Some(rank) {
            return Ok(());
        }
        let is_other = self.rank == Some(rank) && self.found != found;
        self.two = is_other.then_some((self.at, at));
        (self.found, self.rank, self.at) = (found, Some(rank), at);
        Ok(())
    }
}

impl ClaimColumns {
    /// The span from the first day of service to the last.
    pub(super) fn put_span(&self, line: &mut ClaimLine, start: &Day, end: &Day) -> Result<()> {
        if let Some((one, other)) = start.two.or(end.two) {
            let two = vec![self.names[one].clone(), self.names[other].clone()];
            let reason = format!("`{}` and `{}` name two days of service", two[0], two[1]);
            return Err(Error::columns(&reason, two));
        }
        if let Some(Days { first, last, .. }) = start.found {
            (line.dos, line.dos_through) = (Some(first), last);
            let nearer =
                |own: &Column| matches!(own, Column::Start(own) if Some(*own) > start.rank);
            if let Some(at) = self.columns.iter().position(nearer) {
                let (blank, taken) = (&self.names[at], &self.names[start.at]);
                let reading = format!("`{blank}` is blank, and the day is that of `{taken}`");
                line.readings.push(reading);
            }
        }
        let Some(Days { first, last, .. }) = end.found else {
            return Ok(());
        };
        let last = last.unwrap_or(first);
        if line.dos.is_none() {
            let end = &self.names[end.at];
            line.readings.push(format!(
                "no first day of service, and the day is that of `{end}`"
            ));
        }
        // A claim's span does not apply to a line with a day of its own, and that day may be alone.
        if start.rank > end.rank {
            let name = |day: &Day| &self.names[day.at];
            if end.rank == Some(Rank::Claim) {
                return Ok(());
            }
            if !Name(words(name(start))).has("start") {
                let is_said = line.dos.is_some_and(|dos| dos != last);
                line.readings.extend(is_said.then(|| {
                    let (day, end) = (name(start), name(end));
                    format!("its day is `{day}` alone; `{end}`, {last}, is not read")
                }));
                return Ok(());
            }
        }
        let dos = *line.dos.get_or_insert(first);
        if last < dos {
            let reason = format!("the last day of service, {last}, comes before the first, {dos}");
            return Err(Error::query(reason));
        }
        line.dos_through = Some(last).filter(|last| *last > dos).or(line.dos_through);
        Ok(())
    }
}
