//! The verdicts on the modifiers of a claim line.

use crate::codeset::{Code, Date, Kind};
use crate::search::searcher::Searcher;

use super::ambulance_route::{has_routes, route};
use super::checked::CheckedModifier;
use super::reading::claim_line::ClaimLine;
use super::verdict::Verdict;

impl Searcher {
    /// The verdicts on all modifiers of a line, in its order.
    ///
    /// The first pair of places of an ambulance code is its route, whatever else it means on other
    /// codes; a later one is a route only if it is no modifier of HCPCS.
    pub(super) fn check_modifiers(
        &self,
        line: &ClaimLine,
        day: Date,
        through: Option<Date>,
    ) -> Vec<CheckedModifier> {
        let mut has_route = false;
        let has_routes = has_routes(&line.code);
        let check = |text: &String| {
            let own = self.check_modifier(text, day, through);
            let is_free = !has_route || !own.leaves_its_line_valid();
            let route = if has_routes && is_free {
                route(text)
            } else {
                None
            };
            let Some(route) = route else { return own };
            has_route = true;
            CheckedModifier {
                verdict: Verdict::Valid,
                long_descriptor: Some(route),
                added: None,
                terminated: None,
                ..own
            }
        };
        line.modifiers.iter().map(check).collect()
    }

    fn check_modifier(&self, text: &str, day: Date, through: Option<Date>) -> CheckedModifier {
        let (verdict, doc) = match text.parse::<Code>() {
            Ok(code) if code.kind() == Kind::Modifier => {
                match self.verdict_through(code, day, through) {
                    (Verdict::Unknown | Verdict::Undetermined, _) if is_of_cpt(text) => {
                        (Verdict::OutOfScope, None)
                    }
                    known => known,
                }
            }
            Err(_) if is_of_cpt(text) => (Verdict::OutOfScope, None),
            _ => (Verdict::Unknown, None),
        };
        let validity = doc.and_then(|doc| self.validity_of(doc, day));
        let verdict = match validity {
            Some(own) if own.unclear.is_some() && verdict.is_valid() => Verdict::Undetermined,
            _ => verdict,
        };
        let said = self.said(doc);
        CheckedModifier {
            modifier: text.to_owned(),
            verdict,
            long_descriptor: said.long_descriptor,
            added: said.life.from,
            terminated: said.life.until,
        }
    }
}

/// Whether a modifier is one of CPT: two digits, a digit and a letter, or `P1` to `P6`, unless a
/// release has it.
fn is_of_cpt(text: &str) -> bool {
    match text.as_bytes() {
        [b'P', second] => (b'1'..=b'6').contains(second),
        [b'1'..=b'8', b'P'] => true,
        // The first is 22.
        [first @ b'2'..=b'9', second] => {
            second.is_ascii_digit() && (*first, *second) >= (b'2', b'2')
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn modifiers_of_cpt() {
        for modifier in ["22", "25", "30", "59", "99", "1P", "8P", "P3"] {
            assert!(is_of_cpt(modifier), "{modifier}");
        }
        for modifier in [
            "JW", "E1", "P7", "PT", "5", "259", "1é", "00", "10", "21", "0A", "9P", "1J",
        ] {
            assert!(!is_of_cpt(modifier), "{modifier}");
        }
    }
}
