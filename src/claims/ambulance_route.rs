//! The route of an ambulance as a modifier: a letter of the origin and one of the destination.
//!
//! CMS's releases do not list these pairs; the Medicare Claims Processing Manual (CMS Pub. 100-04),
//! chapter 15, defines their letters.

/// The codes of transports, ambulance mileage and what belongs to them.
const CODES: std::ops::RangeInclusive<&str> = "A0021"..="A0999";
/// The letters and their places.
const PLACES: &[(char, &str)] = &[
    ('D', "a diagnostic or therapeutic site"),
    ('E', "a residential or custodial facility"),
    ('G', "a dialysis facility of a hospital"),
    ('H', "a hospital"),
    ('I', "a place of transfer, such as an airport"),
    ('J', "a freestanding dialysis facility"),
    ('N', "a skilled nursing facility"),
    ('P', "a physician's office"),
    ('R', "a residence"),
    ('S', "the scene of an accident or acute event"),
    (
        STOP,
        "a stop at a physician's office on the way to a hospital",
    ),
];
/// The place that is no origin.
const STOP: char = 'X';

/// Whether a code has routes as modifiers.
pub(super) fn has_routes(code: &str) -> bool {
    code.len() == 5 && CODES.contains(&code)
}

/// The route of a modifier in words; `None` if it is none.
pub(super) fn route(modifier: &str) -> Option<String> {
    let mut letters = modifier.chars();
    let (origin, destination) = (letters.next()?, letters.next()?);
    let place = |letter| {
        let mut places = PLACES.iter().filter(|(own, _)| *own == letter);
        places.next().map(|(_, place)| *place)
    };
    let (from, to) = (place(origin)?, place(destination)?);
    let is_route = letters.next().is_none() && origin != STOP;
    is_route.then(|| format!("Ambulance from {from} to {to}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_route_is_two_places_of_which_a_stop_is_no_origin() {
        for (origin, _) in PLACES {
            for (destination, to) in PLACES {
                let route = route(&format!("{origin}{destination}"));
                assert_eq!(route.is_some(), *origin != STOP);
                assert!(route.is_none_or(|own| own.ends_with(to)));
            }
        }
        for other in ["RA", "QN", "R", "RHH", "", "rh", "é"] {
            assert_eq!(route(other), None, "{other}");
        }
        for (code, expected) in [
            ("A0428", true),
            ("A0021", true),
            ("A0999", true),
            ("A4295", false),
            ("A0", false),
            ("J1640", false),
        ] {
            assert_eq!(has_routes(code), expected, "{code}");
        }
    }
}
