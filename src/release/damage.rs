//! Signs in the records of a release that its file is cut or damaged.

use super::identity::LEAST_CODES;
use crate::codeset::Record;

/// If more than one line in this many cannot be read, or has impossible values, the file is damaged;
/// CMS's files have none.
pub(super) const ONE_IN: usize = 10;

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
    if records.len() < LEAST_CODES {
        return damage;
    }
    if records.iter().all(|own| own.terminated.is_none()) {
        damage.push("none of its codes has a termination date".to_owned());
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

#[cfg(test)]
mod tests {
    use super::*;

    /// A release of 1,000 codes with all dates and actions, but for what a test takes away.
    fn signs(take: impl Fn(&mut Record)) -> String {
        let records: Vec<Record> = (0..LEAST_CODES)
            .map(|number| {
                let mut record = Record::new(format!("A{number:04}").parse().unwrap());
                record.added = "2000-01-01".parse().ok();
                record.terminated = "2020-12-31".parse().ok();
                record.action = "N".parse().ok();
                take(&mut record);
                record
            })
            .collect();
        of_records(&records, true, &mut Vec::new()).join("; ")
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
    }
}
