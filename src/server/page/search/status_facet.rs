//! The facet of the status: the codes that the day shows, and those that it hides.

use super::address::Address;
use super::facets::{Asked, Group, Row, everything_if_blank};
use crate::codeset::Date;
use crate::error::Result;
use crate::search::Query;

impl Asked<'_> {
    /// The codes that the day shows, and those that it hides.
    pub(super) fn status(&self) -> Result<Group> {
        let is_open = self.query.terminated || self.query.any_time;
        let narrow = if is_open {
            let mut query = Query {
                limit: Some(0),
                offset: 0,
                terminated: false,
                any_time: false,
                ..self.query.clone()
            };
            everything_if_blank(&mut query);
            Some(self.searcher.search(&query)?)
        } else {
            None
        };
        let valid = narrow.as_ref().unwrap_or(self.answer);
        let address = self.address.toggled("terminated", "true");
        let row = |label: &str, count: usize, href: Option<&Address>| Row {
            label: label.to_owned(),
            count: Some(count),
            href: href.cloned(),
            is_on: href.is_some() && self.query.terminated,
            ..Row::default()
        };
        // A list of codes shows each of them, whatever its status.
        let shown = if valid.asked.is_empty() {
            "Valid"
        } else {
            "In the list"
        };
        let mut rows = vec![row(shown, valid.total, None)];
        let ended = valid.hidden - valid.not_yet_valid;
        if ended > 0 || self.query.terminated {
            rows.push(row("Terminated", ended, Some(&address)));
        }
        if valid.not_yet_valid > 0 {
            rows.push(row("Not yet valid", valid.not_yet_valid, Some(&address)));
        }
        if self.searcher.manifest().releases.len() > 1 {
            rows.push(Row {
                label: "Versions of all days".to_owned(),
                count: self.query.any_time.then_some(self.answer.total),
                href: Some(self.address.toggled("any_time", "true")),
                is_on: self.query.any_time,
                ..Row::default()
            });
        }
        Ok(Group {
            title: "Status",
            name: "status",
            rows,
            more: Vec::new(),
        })
    }
}

/// The title of the status facet.
pub(crate) fn on_day(day: Date, today: Date) -> String {
    if day == today {
        "today".to_owned()
    } else {
        format!("on {day}")
    }
}
