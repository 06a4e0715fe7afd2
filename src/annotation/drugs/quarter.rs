//! The title of a crosswalk, and its quarter.

use crate::annotation::source::Source;
use crate::annotation::text::squeeze;
use crate::codeset::Date;
use crate::codeset::written_day::MONTHS;

/// Takes title and quarter from the lines above the headings, else from the file's name.
pub(crate) fn take(preamble: &[String], source: &mut Source) {
    if let Some(title) = preamble.first() {
        source.title = squeeze(title);
    }
    let effective = preamble.iter().find(|line| line.starts_with("Effective"));
    let name = source
        .path
        .file_stem()
        .unwrap_or_default()
        .to_string_lossy();
    let texts = [effective.map_or("", String::as_str), &source.title, &name];
    let days = texts.into_iter().filter_map(first_month);
    let mut days = days.filter_map(|(year, month)| Date::new(year, month, 1));
    source.issue = issue(&name);
    match days.next() {
        Some(day) => {
            let month = |day: Date| day.to_string()[..7].to_owned();
            let other = days.find(|other| *other != day).map(month);
            source.notices.extend(other.map(|other| {
                format!(
                    "taken as of {}, though its title or its name says {other}",
                    month(day)
                )
            }));
            source.label = Some(month(day));
            source.date = Some(day);
        }
        None => source
            .notices
            .push("neither the file nor its name says for which quarter it is".into()),
    }
}

/// The issue in a file's name: a day such as `121725` (month, day, year), else a version such as
/// `v2`.
fn issue(name: &str) -> Option<String> {
    let words = name.split(|letter: char| !letter.is_ascii_alphanumeric());
    let words: Vec<String> = words.map(str::to_ascii_lowercase).collect();
    let day = words.iter().rev().find_map(|word| day(word));
    let version = |word: &String| {
        let number = word.strip_prefix('v')?;
        let number: u32 = number.parse().ok()?;
        Some(format!("v{number}"))
    };
    let day = day.map(|day| day.to_string());
    day.or_else(|| words.iter().rev().find_map(version))
}

/// A day as CMS writes it in file names: `121725`, `12172025` or `20251217`.
fn day(word: &str) -> Option<Date> {
    let number: u32 = word.parse().ok()?;
    match word.len() {
        6 => Date::from_number((2000 + number % 100) * 10_000 + number / 100),
        8 => Date::from_number(number % 10_000 * 10_000 + number / 10_000)
            .or_else(|| Date::from_number(number)),
        _ => None,
    }
}

/// The order of the issues of one quarter: no issue, versions by number, days in time.
pub(crate) fn issue_order(issue: Option<&str>) -> u32 {
    let digits = |text: &str| text.replace('-', "").parse().ok();
    match issue {
        None => 0,
        Some(text) => text
            .strip_prefix('v')
            .map_or_else(|| digits(text), digits)
            .unwrap_or(0),
    }
}

/// The first month of a text with its year, as in `January 1, 2026` and `January 2026`.
fn first_month(text: &str) -> Option<(i16, i8)> {
    let words: Vec<String> = text
        .split(|letter: char| !letter.is_ascii_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_ascii_lowercase)
        .collect();
    let month = |word: &str| {
        let number = MONTHS
            .iter()
            .position(|month| word.len() > 2 && month.starts_with(word))?;
        i8::try_from(number + 1).ok()
    };
    let year = |word: &String| (word.len() == 4).then(|| word.parse().ok()).flatten();
    words.iter().enumerate().find_map(|(at, word)| {
        let year = words.iter().skip(at + 1).take(2).find_map(year)?;
        Some((year, month(word)?))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::annotation::source::SourceKind;

    #[test]
    fn issues() {
        let of = |name: &str| issue(name).unwrap_or_default();
        assert_eq!(of("ASP NDC-HCPCS Crosswalk 121725"), "2025-12-17");
        assert_eq!(of("crosswalk_jan_2026_01052026"), "2026-01-05");
        assert_eq!(of("crosswalk-2026-01-v2"), "v2");
        assert_eq!(of("crosswalk 2026 01"), "");
        let sorted = ["", "v2", "v10", "2025-12-17", "2026-01-05"];
        let orders = sorted.map(|own| issue_order(Some(own).filter(|own| !own.is_empty())));
        assert!(orders.is_sorted(), "{orders:?}");
    }

    #[test]
    fn a_name_of_another_quarter_is_said() {
        let notices = |name: &str| {
            let mut source = Source::new(name.as_ref(), SourceKind::DrugProducts);
            let effective = "Effective January 1, 2026 through March 31, 2026";
            let lines = ["January 2026 ASP NDC - HCPCS Crosswalk", effective].map(str::to_owned);
            take(&lines, &mut source);
            assert_eq!(source.label.as_deref(), Some("2026-01"));
            source.notices
        };
        for name in ["January 2026 Crosswalk 121725.csv", "crosswalk.csv"] {
            assert_eq!(notices(name), [""; 0], "{name}");
        }
        let said = "taken as of 2026-01, though its title or its name says 2026-04";
        assert_eq!(notices("April 2026 Crosswalk.csv"), [said]);
    }

    #[test]
    fn months() {
        assert_eq!(
            first_month("Effective January 1, 2026 through March 31, 2026"),
            Some((2026, 1))
        );
        assert_eq!(first_month("asp-crosswalk-OCT-2025"), Some((2025, 10)));
        assert_eq!(first_month("section 508 version of 122024"), None);
        assert_eq!(first_month("marketing 2026"), None);
    }
}
