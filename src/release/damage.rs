//! Signs in the records of a release that its file is cut or damaged.

use super::identity::LEAST_CODES;
use crate::codeset::Record;

/// If more than one line in this many cannot be read, or has impossible values, the file is damaged;
/// CMS's files have none.
pub(super) const ONE_IN: usize = 10;

/// What the widest of a thousand long descriptors exceeds: in CMS's files it has 1,251 characters.
const LEAST_WIDEST: usize = 100;

/// If more than one long descriptor in this many is as wide as the widest, they are cut there; in
/// CMS's files one or two are.
const CUT_ONE_IN: usize = 100;

/// If more than one code in this many has a termination date, the dates are those of another column;
/// in CMS's files one in seven has one.
const MOST_ENDED_ONE_IN: usize = 2;

/// The width of a short descriptor: where none is longer, a list has no others.
const WIDTH_OF_SHORT: usize = 28;

/// The signs in some records: what every release of CMS has, and these lack. A text has the action
/// code in its last column. Codes that end before they begin are a notice where they are few.
pub(super) fn of_records(
    records: &[Record],
    is_text: bool,
    notices: &mut Vec<String>,
) -> Vec<String> {
    let ends_first = |own: &&Record| {
        let dates = own.added.zip(own.terminated);
        dates.is_some_and(|(added, terminated)| terminated < added)
    };
    let mut damage = Vec::new();
    let impossible: Vec<&Record> = records.iter().filter(ends_first).collect();
    if let [first, ..] = impossible[..] {
        let count = impossible.len();
        let said = format!(
            "codes that end before they begin: {count}, the first is {}",
            first.code
        );
        if count * ONE_IN > records.len() {
            damage.push(said);
        } else {
            notices.push(said);
        }
    }
    damage.extend(exchanged(records));
    if records.len() < LEAST_CODES {
        return damage;
    }
    damage.extend(cut(records));
    let ended = records.iter().filter(|own| own.terminated.is_some());
    match ended.count() {
        0 => damage.push("none of its codes has a termination date".to_owned()),
        ended if ended * MOST_ENDED_ONE_IN > records.len() => damage.push(format!(
            "{ended} of its {} codes have a termination date: the columns may be exchanged",
            records.len()
        )),
        _ => {}
    }
    let undated = records.iter().filter(|own| own.added.is_none()).count();
    if undated * ONE_IN > records.len() {
        damage.push(format!(
            "{undated} of its {} codes have no added date",
            records.len()
        ));
    }
    if is_text && records.iter().all(|own| own.action.is_none()) {
        damage.push("none of its codes has an action code".to_owned());
    }
    damage
}

/// Says that the long descriptors are shorter than the short ones.
fn exchanged(records: &[Record]) -> Option<String> {
    let is_shorter = |own: &&Record| {
        let long = own.long_descriptor.chars().count();
        long > 0 && long < own.short_descriptor.chars().count()
    };
    let shorter: Vec<&Record> = records.iter().filter(is_shorter).collect();
    let first = shorter.first()?;
    (shorter.len() * ONE_IN > records.len()).then(|| {
        format!(
            "{} of its {} codes have a long description that is shorter than the short one, the \
             first is {}: the columns may be exchanged",
            shorter.len(),
            records.len(),
            first.code
        )
    })
}

/// Says that the long descriptors are cut: none is long, or many end at one width.
fn cut(records: &[Record]) -> Option<String> {
    let width = |own: &Record| own.long_descriptor.chars().count();
    let widest = records.iter().map(width).max()?;
    let at_widest: Vec<&Record> = records.iter().filter(|own| width(own) == widest).collect();
    let first = at_widest.first()?.code;
    let is_none_long = (WIDTH_OF_SHORT + 1..=LEAST_WIDEST).contains(&widest);
    let is_one_width = widest > LEAST_WIDEST && at_widest.len() * CUT_ONE_IN > records.len();
    (is_none_long || is_one_width).then(|| {
        format!(
            "its long descriptions are cut at {widest} characters, which {} of them have and none \
             exceeds; the first is that of {first}",
            at_widest.len()
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A release of 1,000 codes with all dates and actions, but for what a test takes away.
    fn signs(take: impl Fn(&mut Record)) -> String {
        let records: Vec<Record> = (0..LEAST_CODES)
            .map(|number| {
                let mut record = Record::new(format!("A{number:04}").parse().unwrap());
                record.added = "2000-01-01".parse().ok();
                record.terminated = (number % 7 == 0).then(|| "2020-12-31".parse().unwrap());
                record.action = "N".parse().ok();
                take(&mut record);
                record
            })
            .collect();
        of_records(&records, true, &mut Vec::new()).join("; ")
    }

    #[test]
    fn descriptors_that_are_cut_or_exchanged() {
        let text = |own: &Record, width: usize| {
            let number: usize = own.code.as_str()[1..].parse().unwrap();
            "x".repeat((30 + number % 300).min(width))
        };
        assert_eq!(signs(|own| own.long_descriptor = text(own, 400)), "");
        for width in [80, 100, 255] {
            let said = signs(|own| own.long_descriptor = text(own, width));
            assert!(
                said.contains(&format!("cut at {width} characters")),
                "{said}"
            );
        }
        let exchanged = signs(|own| {
            own.short_descriptor = text(own, 400);
            own.long_descriptor = "Wheelchair".into();
        });
        assert!(exchanged.contains("may be exchanged"), "{exchanged}");
    }

    #[test]
    fn what_every_release_has() {
        assert_eq!(signs(|_| {}), "");
        let without_end = signs(|own| own.terminated = None);
        assert_eq!(without_end, "none of its codes has a termination date");
        let undated = signs(|own| own.added = None);
        assert_eq!(undated, "1000 of its 1000 codes have no added date");
        let without_action = signs(|own| own.action = None);
        assert_eq!(without_action, "none of its codes has an action code");
        let backwards = signs(|own| own.terminated = "1999-12-31".parse().ok());
        assert!(backwards.starts_with("codes that end before they begin: 1000"));
        let exchanged = signs(|own| own.terminated = "2020-12-31".parse().ok());
        let expected =
            "1000 of its 1000 codes have a termination date: the columns may be exchanged";
        assert_eq!(exchanged, expected);
    }
}
