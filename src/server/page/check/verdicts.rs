//! Claim lines as shown: rows with the input's columns, and the number of lines for each verdict.

use super::verdict_row::class;
use super::verdict_row::title;
use std::collections::BTreeSet;

use super::asked::Asked;
use super::verdict_row::{NOT_READABLE, VerdictRow, row, verdict};
use crate::claims::{ChargeReview, Checked, ClaimReader, CodeFit, LineReport, VerdictColumns};
use crate::codeset::Date;
use crate::error::{Error, counted};
use crate::history::Age;
use crate::search::Searcher;
use crate::server::computation::Cancellation;
use crate::server::http::problem::Problem;

/// How many rows are shown; a file has all.
const SHOWN: usize = 500;

/// The maximum of lines in a request.
const MOST_LINES: u64 = 100_000;

/// A filter besides the verdicts.
struct LineFilter {
    name: &'static str,
    title: &'static str,
    class: &'static str,
    passes: fn(&LineReport) -> bool,
}

/// Lines that a claim may not carry, and two kinds of charge lines.
const FILTERS: [LineFilter; 3] = [
    LineFilter {
        name: "wrong",
        title: "to correct",
        class: "terminated",
        passes: is_wrong,
    },
    LineFilter {
        name: "unlike",
        title: "unlike the description",
        class: "ending",
        passes: is_unlike,
    },
    LineFilter {
        name: "proposed",
        title: "with a code proposed",
        class: "later",
        passes: is_proposed,
    },
];

/// Verdicts as shown.
#[derive(Default)]
pub(crate) struct Verdicts {
    pub(crate) heads: Vec<String>,
    pub(crate) rows: Vec<VerdictRow>,
    /// The groups: all lines, wrong lines, and each verdict.
    pub(crate) groups: Vec<VerdictGroup>,
    pub(crate) lines: u64,
    /// How many rows pass the filter but are not shown.
    pub(crate) left_out: usize,
    pub(crate) notices: Vec<String>,
}

/// A verdict by which the table can be filtered.
pub(crate) struct VerdictGroup {
    pub(crate) name: &'static str,
    pub(crate) title: &'static str,
    pub(crate) class: &'static str,
    pub(crate) count: u64,
    pub(crate) is_on: bool,
}

/// Checks the lines, and passes on each report with the columns of the whole input; returns the
/// facts about the input.
pub(crate) fn each_line(
    searcher: &Searcher,
    asked: &Asked,
    cancellation: &Cancellation,
    mut take: impl FnMut(&VerdictColumns, &LineReport) -> Result<(), Problem>,
) -> Result<Read, Problem> {
    let day = asked.day()?.unwrap_or_else(Date::today);
    let (input, note) = asked.input()?;
    let mut reader = ClaimReader::with_mapping(&*input, asked.mapping()?);
    reader.open().map_err(unreadable)?;
    let columns = VerdictColumns::of(&reader);
    while let Some(report) = searcher.check_next(&mut reader, day).map_err(unreadable)? {
        if reader.lines() > MOST_LINES {
            let detail = format!(
                "the page checks {MOST_LINES} lines at once, and there are more; send them in \
                 parts, or to /api/v1/check"
            );
            return Err(Problem::new(
                axum::http::StatusCode::PAYLOAD_TOO_LARGE,
                detail,
            ));
        }
        // The computation was cancelled; its result is dropped.
        if cancellation.is_due() {
            break;
        }
        take(&columns, &report)?;
    }
    let notices = reader.notices().iter().cloned();
    Ok(Read {
        heads: reader.names().to_vec(),
        columns,
        notices: note.map(str::to_owned).into_iter().chain(notices).collect(),
    })
}

/// Facts about an input that was read.
pub(crate) struct Read {
    pub(crate) heads: Vec<String>,
    pub(crate) columns: VerdictColumns,
    pub(crate) notices: Vec<String>,
}

/// The error of an input, in the words of the page.
fn unreadable(error: Error) -> Problem {
    if matches!(error, Error::Columns { .. }) {
        return Problem::bad(format!(
            "{error}; say below what the columns hold, such as code=NAME,dos=NAME, or pass one \
             over with pass=NAME"
        ));
    }
    Problem::of_input(error)
}

/// Whether there is such a filter, whatever lines it leaves.
pub(crate) fn is_filter(show: &str) -> bool {
    show.is_empty()
        || FILTERS.iter().any(|own| own.name == show)
        || show == NOT_READABLE
        || Checked::is_finding(show)
}

/// Whether a line passes a filter.
pub(crate) fn is_shown(show: &str, report: &LineReport) -> bool {
    match show {
        "" => true,
        name => match FILTERS.iter().find(|own| own.name == name) {
            Some(filter) => (filter.passes)(report),
            None => verdict(report) == name,
        },
    }
}

fn is_wrong(report: &LineReport) -> bool {
    report.outcome.as_ref().map_or(true, |own| own.is_wrong())
}

fn review(report: &LineReport) -> Option<&ChargeReview> {
    report.outcome.as_ref().ok()?.review.as_deref()
}

fn is_unlike(report: &LineReport) -> bool {
    review(report).is_some_and(|own| own.fit == CodeFit::Unlike)
}

fn is_proposed(report: &LineReport) -> bool {
    review(report).is_some_and(|own| own.proposal.is_some())
}

/// The totals of all lines, not only of those that are shown.
#[derive(Default)]
struct Gathered {
    /// The number of lines for each verdict, in order of appearance.
    verdicts: Vec<(&'static str, u64)>,
    /// The number of lines that pass each of the filters.
    filtered: [u64; FILTERS.len()],
    undated: u64,
    days: Option<(Date, Date)>,
    scopes: BTreeSet<String>,
}

impl Gathered {
    fn add(&mut self, report: &LineReport) {
        let name = verdict(report);
        match self.verdicts.iter_mut().find(|(own, _)| *own == name) {
            Some((_, count)) => *count += 1,
            None => self.verdicts.push((name, 1)),
        }
        for (count, filter) in self.filtered.iter_mut().zip(FILTERS) {
            *count += u64::from((filter.passes)(report));
        }
        let Ok(checked) = &report.outcome else { return };
        self.undated += u64::from(checked.dos.is_none());
        let day = checked.judged_as_of;
        let through = checked.dos_through.unwrap_or(day);
        let (first, last) = self.days.unwrap_or((day, through));
        self.days = Some((first.min(day), last.max(through)));
        if let Some(scope) = &checked.release_scope {
            let release = &checked.release;
            self.scopes.insert(format!("release {release}: {scope}"));
        }
    }

    /// Notices about the answer, besides its rows.
    fn notices(&self, searcher: &Searcher, day: Date) -> Vec<String> {
        let mut notices = Vec::new();
        match self.undated {
            0 => {}
            lines => notices.push(format!(
                "{} without a day of service, judged as of {day}",
                counted(lines, "line")
            )),
        }
        let days = self
            .days
            .map_or_else(Vec::new, |(first, last)| vec![first, last]);
        let ages = days.into_iter().filter_map(|day| searcher.age(day));
        let mut ages: Vec<String> = ages.filter(Age::is_notable).map(|age| age.text).collect();
        ages.dedup();
        notices.extend(ages);
        notices.extend(self.scopes.iter().cloned());
        notices
    }

    /// The filters, the most useful first.
    fn groups(&self, lines: u64, show: &str) -> Vec<VerdictGroup> {
        let group = |name, title, class, count| VerdictGroup {
            name,
            title,
            class,
            count,
            is_on: show == name,
        };
        let mut groups = vec![group("", "all lines", "other", lines)];
        let filters = self.filtered.iter().zip(FILTERS);
        let filters = filters.filter(|(count, _)| **count > 0);
        groups.extend(filters.map(|(count, own)| group(own.name, own.title, own.class, *count)));
        let each = self.verdicts.iter();
        groups.extend(each.map(|(name, count)| group(name, title(name), class(name), *count)));
        groups
    }
}

/// Checks lines for the table of the page.
pub(crate) fn verdicts(
    searcher: &Searcher,
    asked: &Asked,
    cancellation: &Cancellation,
) -> Result<Verdicts, Problem> {
    let today = Date::today();
    let day = asked.day()?.unwrap_or(today);
    let mut gathered = Gathered::default();
    let (mut rows, mut left_out, mut lines) = (Vec::new(), 0, 0);
    let read = each_line(searcher, asked, cancellation, |_, report| {
        lines += 1;
        gathered.add(report);
        if !is_shown(&asked.show, report) {
        } else if rows.len() < SHOWN {
            rows.push(row(searcher, report, today));
        } else {
            left_out += 1;
        }
        Ok(())
    })?;
    let mut notices = read.notices;
    notices.extend(gathered.notices(searcher, day));
    Ok(Verdicts {
        heads: read.heads,
        groups: gathered.groups(lines, &asked.show),
        rows,
        lines,
        left_out,
        notices,
    })
}
