//! What an answer says beside its rows, where it is given as a table.

use crate::search::{Answer, Replacement};

/// What an answer says beside its rows.
pub(crate) fn beside_rows(answer: &Answer) -> Vec<String> {
    let scope = answer.release_scope.iter();
    let scope = scope.map(|scope| format!("release {}: {scope}", answer.release));
    let mut notices: Vec<String> = scope.chain(answer.notices.iter().cloned()).collect();
    let shown = answer.hits.len();
    if shown < answer.total {
        let total = answer.total;
        notices.push(format!(
            "{shown} of {total} codes are shown; give `limit` and `offset`"
        ));
    }
    for Replacement { asked, instead, .. } in &answer.searched_instead {
        let instead = instead.join(", ");
        notices.push(format!("searched for {instead} instead of {asked}"));
    }
    if !answer.not_found.is_empty() {
        notices.push(format!("no code has: {}", answer.not_found.join(", ")));
    }
    let ended = answer.hidden - answer.not_yet_valid;
    for (count, what) in [(ended, "ended"), (answer.not_yet_valid, "not valid yet")] {
        if count > 0 {
            notices.push(format!(
                "codes that also match and are {what}: {count}; give `terminated=true`"
            ));
        }
    }
    notices
}
