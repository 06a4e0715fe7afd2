//! Counts by the values of a tree, such as BETOS: a value includes the counts below it.

use std::collections::BTreeMap;

use crate::search::FacetCount;

/// How many values are shown at once; of more, only the branches are shown until one is chosen.
const SHOWN_AT_ONCE: usize = 8;

/// A value of a tree and how many codes are at it or below it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Node {
    pub(crate) code: String,
    pub(crate) count: usize,
    /// The depth below the top, without branches that do not fork.
    pub(crate) depth: usize,
}

/// The visible part of a tree: all of a small one, else the branches and the values below the
/// chosen ones. A value is below its prefixes.
pub(crate) fn nodes(counts: &[FacetCount], chosen: &[&str]) -> Vec<Node> {
    let counts: BTreeMap<&str, usize> = counts
        .iter()
        .filter(|own| !own.code.is_empty() && own.code.is_ascii())
        .map(|own| (own.code.as_str(), own.count))
        .collect();
    let mut tree = Tree {
        is_small: counts.len() <= SHOWN_AT_ONCE,
        counts,
        chosen,
        nodes: Vec::new(),
    };
    tree.add_below("", 0);
    tree.nodes
}

struct Tree<'t> {
    counts: BTreeMap<&'t str, usize>,
    chosen: &'t [&'t str],
    is_small: bool,
    nodes: Vec<Node>,
}

impl<'t> Tree<'t> {
    fn add_below(&mut self, above: &str, depth: usize) {
        let mut children = self.below(above);
        children.sort_by(|(a, left), (b, right)| right.cmp(left).then(a.cmp(b)));
        for (mut code, count) in children {
            while let [(only, all)] = self.below(code).as_slice()
                && *all == count
                && !self.chosen.contains(&code)
            {
                code = only;
            }
            self.nodes.push(Node {
                code: code.to_owned(),
                count,
                depth,
            });
            if self.is_small || self.chosen.iter().any(|own| own.starts_with(code)) {
                self.add_below(code, depth + 1);
            }
        }
    }

    /// The values one character longer than another, with their numbers of codes.
    fn below(&self, above: &str) -> Vec<(&'t str, usize)> {
        let mut below: BTreeMap<&'t str, usize> = BTreeMap::new();
        for (code, count) in &self.counts {
            if code.starts_with(above)
                && let Some(child) = code.get(..=above.len())
            {
                *below.entry(child).or_default() += count;
            }
        }
        below.into_iter().collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(counts: &[(&str, usize)], chosen: &[&str]) -> Vec<String> {
        let counts = counts.iter().map(|(code, count)| FacetCount {
            code: (*code).to_owned(),
            meaning: None,
            count: *count,
        });
        let counts: Vec<FacetCount> = counts.collect();
        let line = |node: Node| format!("{}{} {}", "  ".repeat(node.depth), node.code, node.count);
        nodes(&counts, chosen).into_iter().map(line).collect()
    }

    #[test]
    fn branches_without_a_fork_are_left_out() {
        assert_eq!(shown(&[("O1E", 5), ("", 2)], &[]), ["O1E 5"]);
        assert_eq!(
            shown(&[("O1E", 5), ("O1A", 1), ("P0", 2)], &[]),
            ["O1 6", "  O1E 5", "  O1A 1", "P0 2"]
        );
        assert_eq!(shown(&[], &[]), [""; 0]);
    }

    #[test]
    fn of_a_large_tree_the_branches_are_shown() {
        let leaves: Vec<String> = (b'A'..b'K')
            .map(|last| format!("O1{}", last as char))
            .collect();
        let mut counts: Vec<(&str, usize)> = leaves.iter().map(|leaf| (leaf.as_str(), 1)).collect();
        counts.push(("T1A", 3));
        assert_eq!(shown(&counts, &[]), ["O1 10", "T1A 3"]);
        assert_eq!(shown(&counts, &["O1"]).len(), 12);
    }
}
