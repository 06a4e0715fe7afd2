//! Modifiers that exclude each other on one claim line, as a table with the source of each pair.

use std::fmt;
use std::sync::LazyLock;

use serde::Serialize;

/// Two modifiers of a line that exclude each other.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "serve", derive(utoipa::ToSchema))]
pub struct ModifierConflict {
    /// The one that is first in the line.
    pub one: String,
    /// The other.
    pub other: String,
    /// Why both cannot apply, in a few words.
    pub why: String,
    /// The source of the rule.
    pub source: String,
}

impl fmt::Display for ModifierConflict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            one, other, why, ..
        } = self;
        write!(f, "modifiers {one} and {other} exclude each other ({why})")
    }
}

/// A row of the table: no two of its modifiers go together.
struct Group {
    modifiers: Vec<&'static str>,
    why: &'static str,
    source: &'static str,
}

static GROUPS: LazyLock<Vec<Group>> = LazyLock::new(|| {
    let rows = include_str!("modifier_pairs.tsv").lines().skip(1);
    rows.filter_map(|row| {
        let mut cells = row.split('\t');
        Some(Group {
            modifiers: cells.next()?.split(' ').collect(),
            why: cells.next()?,
            source: cells.next()?,
        })
    })
    .collect()
});

/// The pairs among the modifiers of a line that exclude each other.
pub(crate) fn conflicts(modifiers: &[String]) -> Vec<ModifierConflict> {
    let mut found: Vec<ModifierConflict> = Vec::new();
    if modifiers.len() < 2 {
        return found;
    }
    for (at, one) in modifiers.iter().enumerate() {
        for other in &modifiers[at + 1..] {
            let excludes = |group: &&Group| {
                one != other
                    && group.modifiers.contains(&one.as_str())
                    && group.modifiers.contains(&other.as_str())
            };
            let is_known = found
                .iter()
                .any(|own| own.one == *one && own.other == *other);
            if let Some(group) = GROUPS.iter().find(excludes).filter(|_| !is_known) {
                found.push(ModifierConflict {
                    one: one.clone(),
                    other: other.clone(),
                    why: group.why.to_owned(),
                    source: group.source.to_owned(),
                });
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(line: &str) -> String {
        let modifiers: Vec<String> = line.split(' ').map(str::to_owned).collect();
        let found = conflicts(&modifiers);
        let found: Vec<String> = found
            .iter()
            .map(|own| format!("{} {}", own.one, own.other))
            .collect();
        found.join(", ")
    }

    #[test]
    fn pairs_that_exclude_each_other() {
        for (line, pairs) in [
            ("JW JZ", "JW JZ"),
            ("GZ KX GA", "GZ GA"),
            ("RR NU UE", "RR NU, RR UE, NU UE"),
            ("RR KH KX", ""),
            ("JW JW", ""),
            ("GA GX", "GA GX"),
            ("GY GX", ""),
            ("QK QX", ""),
            ("QZ QX", "QZ QX"),
            ("JB KX JA", "JB JA"),
            ("EC EA", "EC EA"),
        ] {
            assert_eq!(found(line), pairs, "{line}");
        }
        for group in GROUPS.iter() {
            assert!(group.modifiers.len() > 1 && !group.source.is_empty());
        }
    }
}
