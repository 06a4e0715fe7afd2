//! The notices above the results.

use super::address::Address;
use crate::search::{Answer, Query, Searcher};
use crate::server::page::shell::prose::{Linker, Piece};

/// A notice about the answer, with a link for the next step.
#[derive(Default)]
pub(super) struct Notice {
    pub(super) pieces: Vec<Piece>,
    pub(super) action: Option<(&'static str, Address)>,
}

pub(super) fn notices(
    searcher: &Searcher,
    query: &Query,
    answer: &Answer,
    address: &Address,
    as_of: Option<String>,
) -> Vec<Notice> {
    let day = answer.as_of;
    let linker = Linker {
        searcher,
        day,
        as_of,
        own: None,
    };
    let plain = |text: String| {
        vec![Piece {
            text,
            ..Piece::default()
        }]
    };
    let mut notices = Vec::new();
    for own in &answer.searched_instead {
        let instead = own.instead.join(", ");
        notices.push(Notice {
            pieces: plain(format!("No code has “{}”. Showing {instead}.", own.asked)),
            action: Some((
                "Search for exactly what was typed",
                address.with("exact", Some("true")),
            )),
        });
    }
    // A dose that was parsed is converted to units, and not searched for.
    let dose = answer.dose.as_ref().map(ToString::to_string);
    let is_missing = |word: &&String| Some(*word) != dose.as_ref();
    let not_found: Vec<&str> = answer
        .not_found
        .iter()
        .filter(is_missing)
        .map(String::as_str)
        .collect();
    if !not_found.is_empty() && answer.asked.is_empty() {
        let text = format!("Not found: {}", not_found.join(", "));
        notices.push(Notice {
            pieces: plain(text),
            action: None,
        });
    }
    // The page header already shows the age of the releases.
    let age = answer.age.as_ref().map(|age| &age.text);
    for text in answer.notices.iter().filter(|text| Some(*text) != age) {
        let is_filters = text.ends_with("without the filters");
        let action = is_filters.then(|| ("Drop the filters", dropped(query, address)));
        notices.push(Notice {
            pieces: linker.pieces(text),
            action,
        });
    }
    if answer.hidden > 0 && answer.total == 0 {
        let text = match answer.hidden {
            1 => format!("1 code matches but is not valid on {day}."),
            hidden => format!("{hidden} codes match but are not valid on {day}."),
        };
        let action = Some(("Show them too", address.with("terminated", Some("true"))));
        notices.push(Notice {
            pieces: plain(text),
            action,
        });
    }
    notices
}

/// The question without its filters.
fn dropped(query: &Query, address: &Address) -> Address {
    let text = Some(query.text.trim()).filter(|text| !text.is_empty());
    let day = query.as_of.map(|day| day.to_string());
    let open = Address::new("/")
        .with("q", text)
        .with("as_of", day.as_deref());
    debug_assert_ne!(open, *address);
    open
}
