//! How the qualifiers of a word agree: with or without it, a bound, a plus after it.

use crate::index::analyzer::qualifier::Qualifiers;
use crate::search::plan::plan::Group;

/// Marks a word without qualifiers in the descriptor; no qualifier uses this bit.
pub(super) const PLAIN: u8 = 0x80;

/// Malus for a code that has the word that the question denies: it outweighs the score of the word
/// itself, so that a code that does not speak of it is better.
const DENIED: f32 = -1.4;
/// Bonus for a code that denies it too.
const DENIES: f32 = 0.5;

/// How the descriptor's qualifiers of a word agree with the question's, as a share of the word
/// score.
pub(super) fn agreement(group: &Group<'_>, own: u8) -> f32 {
    let asked = group.said;
    if asked == Qualifiers::default() && own == PLAIN {
        return 0.0;
    }
    let presence = match presence(asked, own) {
        malus if malus < 0.0 && group.is_denied => DENIED,
        bonus if bonus > 0.0 && group.is_denied => DENIES,
        other => other,
    };
    presence + bound(asked, own) + plus(asked, own)
}

/// Agreement on with and without.
#[expect(
    clippy::match_same_arms,
    reason = "a row a case: the order is the rule"
)]
fn presence(asked: Qualifiers, own: u8) -> f32 {
    let with = own & (PLAIN | Qualifiers::WITH.0) != 0;
    let without = Qualifiers(own).has(Qualifiers::WITHOUT);
    // The code does not cover what is asked.
    if !with && Qualifiers(own).has(Qualifiers::EXCLUDED) && !asked.has(Qualifiers::WITHOUT) {
        return -0.5;
    }
    match (
        asked.has(Qualifiers::WITH),
        asked.has(Qualifiers::WITHOUT),
        with,
        without,
    ) {
        (true, true, ..) if Qualifiers(own).has(Qualifiers::WITH) && without => 0.3,
        (true, true, ..) => -0.2,
        (false, true, false, true) => 0.3,
        (false, true, true, true) => 0.0,
        (false, true, ..) => -0.3,
        (true, false, false, true) => -0.3,
        (true, false, _, true) => -0.1,
        (true, false, ..) => 0.1,
        (false, false, false, true) => -0.1,
        (false, false, _, true) => -0.02,
        (false, false, ..) => 0.0,
    }
}

/// Agreement on less and more.
fn bound(asked: Qualifiers, own: u8) -> f32 {
    const BOUNDS: u8 = Qualifiers::LESS.0 | Qualifiers::MORE.0;
    match (asked.0 & BOUNDS, own & BOUNDS) {
        (0, _) => 0.0,
        (asked, own) if asked == own => 0.2,
        (_, 0) => -0.1,
        (asked, own) if asked & own != 0 => 0.0,
        _ => -0.3,
    }
}

/// Agreement on a plus after a name.
fn plus(asked: Qualifiers, own: u8) -> f32 {
    let has = Qualifiers(own).has(Qualifiers::PLUS);
    match (asked.has(Qualifiers::PLUS), has) {
        (true, true) => 0.1,
        (false, false) => 0.0,
        _ => -0.1,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bound_that_agrees_is_better_than_none_and_the_opposite_is_worst() {
        let (less, more) = (Qualifiers::LESS, Qualifiers::MORE);
        let falling = [less.0, less.0 | more.0, 0, more.0].map(|own| bound(less, own));
        assert!(falling.is_sorted_by(|a, b| a > b), "{falling:?}");
        assert!(falling[0] > 0.0 && falling[2] < 0.0, "{falling:?}");
        assert!(
            [0, less.0, more.0]
                .iter()
                .all(|own| bound(Qualifiers(0), *own) >= 0.0)
        );
    }

    #[test]
    fn a_plus_is_part_of_a_name() {
        let named = Qualifiers::PLUS;
        assert!(plus(named, named.0) > plus(Qualifiers(0), 0));
        assert!(plus(Qualifiers(0), 0) > plus(named, 0));
        assert!(plus(Qualifiers(0), 0) > plus(Qualifiers(0), named.0));
    }
}
