//! No two files import each other, directly or in a circle.

use std::collections::{BTreeMap, BTreeSet};

use super::{Source, sources};

/// A path of modules from the crate's root, the last of which may be an item.
type Segments = Vec<String>;

#[test]
fn no_file_imports_itself_through_others() {
    let circles = circles(&imports(&sources()));
    assert!(
        circles.is_empty(),
        "these files import each other in a circle; move what they share into a file of its own: \
         {circles:#?}"
    );
}

#[test]
fn a_circle_is_found_through_a_re_export() {
    let source = |path: &str, text: &str| Source {
        path: path.to_owned(),
        text: text.to_owned(),
        code: text.lines().map(str::to_owned).collect(),
    };
    let sources = [
        source("lib.rs", "pub mod a;\npub mod b;"),
        source(
            "a/mod.rs",
            "mod one;\npub use one::{One, other::Other as Another};",
        ),
        source("a/one.rs", "use crate::b::{\n    Two,\n};"),
        source("b.rs", "use super::a::One;"),
        source("c.rs", "use crate::a::One;"),
    ];
    assert_eq!(circles(&imports(&sources)), [["a/one.rs", "b.rs"]]);
}

/// The modules of a file, from the crate's root.
fn module(path: &str) -> Segments {
    let stem = path.trim_end_matches(".rs").trim_end_matches("/mod");
    let segments = stem.split('/').filter(|name| *name != "lib");
    segments.map(str::to_owned).collect()
}

/// The statements that import, each as its visibility and its tree.
fn statements(code: &str) -> Vec<(bool, &str)> {
    let mut found = Vec::new();
    for statement in code.split(';') {
        let lines = statement
            .trim_start()
            .rsplit("\n\n")
            .next()
            .unwrap_or_default();
        let begin = lines.find("use ").filter(|at| {
            let before = lines[..*at].trim_end();
            let before = before.rsplit(['\n', '}', '{']).next().unwrap_or_default();
            before.trim().is_empty() || before.trim().starts_with("pub")
        });
        if let Some(at) = begin {
            let is_public = lines[..at].trim_end().ends_with([')', 'b']);
            found.push((is_public, lines[at + "use ".len()..].trim()));
        }
    }
    found
}

/// The paths of a tree of imports, each with the name that it gets.
fn paths(prefix: &[String], tree: &str, into: &mut Vec<(Segments, String)>) {
    let split = |text: &str| -> Segments {
        let names = text.split("::").map(str::trim);
        names
            .filter(|name| !name.is_empty())
            .map(str::to_owned)
            .collect()
    };
    let tree = tree.trim();
    let Some(open) = tree.find('{') else {
        let (path, name) = tree.split_once(" as ").unwrap_or((tree, ""));
        let whole = [prefix, &split(path)].concat();
        let name = Some(name.trim().to_owned()).filter(|name| !name.is_empty());
        let name = name.or_else(|| whole.last().cloned()).unwrap_or_default();
        into.push((whole, name));
        return;
    };
    let prefix = [prefix, &split(&tree[..open])].concat();
    let inner = &tree[open + 1..tree.rfind('}').unwrap_or(tree.len())];
    let (mut depth, mut from) = (0, 0);
    for (at, letter) in inner.char_indices().chain([(inner.len(), ',')]) {
        match letter {
            '{' => depth += 1,
            '}' => depth -= 1,
            ',' if depth == 0 => {
                if !inner[from..at].trim().is_empty() {
                    paths(&prefix, &inner[from..at], into);
                }
                from = at + 1;
            }
            _ => {}
        }
    }
}

/// A path as it is seen from the crate's root, if it is one of the crate.
fn absolute(own: &[String], path: &[String]) -> Option<Segments> {
    match path.first()?.as_str() {
        "crate" => Some(path[1..].to_vec()),
        "self" => Some([own, &path[1..]].concat()),
        "super" => {
            let up = path.iter().take_while(|name| *name == "super").count();
            let above = &own[..own.len().saturating_sub(up)];
            Some([above, &path[up..]].concat())
        }
        _ => None,
    }
}

/// Which file imports which.
fn imports(sources: &[Source]) -> BTreeMap<String, BTreeSet<String>> {
    let library = || {
        let is_library = |source: &&Source| source.path != "main.rs" && !source.is_in(&["cli"]);
        sources.iter().filter(is_library)
    };
    let files: BTreeMap<Segments, &str> = library()
        .map(|source| (module(&source.path), source.path.as_str()))
        .collect();
    // The exported names of a module, and the files of their items.
    let mut exports: BTreeMap<Segments, BTreeMap<String, Segments>> = BTreeMap::new();
    for source in library() {
        let own = module(&source.path);
        let code = source.code.join("\n");
        for (_, tree) in statements(&code).iter().filter(|(is_public, _)| *is_public) {
            let mut all = Vec::new();
            paths(&[], tree, &mut all);
            for (path, name) in all {
                let target = absolute(&own, &path).unwrap_or([&own[..], &path].concat());
                exports.entry(own.clone()).or_default().insert(name, target);
            }
        }
    }
    let mut edges = BTreeMap::new();
    for source in library() {
        let own = module(&source.path);
        let code = source.code.join("\n");
        let is_list = source.path.ends_with("mod.rs") || source.path == "lib.rs";
        let mut used: Vec<Segments> = Vec::new();
        for (is_public, tree) in statements(&code) {
            if is_public && is_list {
                continue;
            }
            let mut all = Vec::new();
            paths(&[], tree, &mut all);
            for (path, _) in all {
                let child = [&own[..], &path[..1.min(path.len())]].concat();
                let is_child = is_list && files.contains_key(&child);
                let inner = is_child.then(|| [&own[..], &path].concat());
                used.extend(absolute(&own, &path).or(inner));
            }
        }
        let words = code.split(|letter: char| !letter.is_alphanumeric() && !":_".contains(letter));
        let is_path = |word: &&str| {
            ["crate::", "super::", "self::"]
                .iter()
                .any(|start| word.starts_with(start))
        };
        for word in words.filter(is_path) {
            let path: Segments = word.split("::").map(str::to_owned).collect();
            // The head of a tree of imports is no path of its own.
            if !word.ends_with(':') {
                used.extend(absolute(&own, &path));
            }
        }
        let targets = used
            .iter()
            .filter_map(|path| file_of(path, &files, &exports, 6));
        let others = targets.filter(|file| *file != source.path && *file != "lib.rs");
        let others: BTreeSet<String> = others.map(str::to_owned).collect();
        edges.insert(source.path.clone(), others);
    }
    edges
}

/// The file of an item.
fn file_of<'f>(
    path: &[String],
    files: &BTreeMap<Segments, &'f str>,
    exports: &BTreeMap<Segments, BTreeMap<String, Segments>>,
    depth: usize,
) -> Option<&'f str> {
    let length = (0..=path.len())
        .rev()
        .find(|length| files.contains_key(&path[..*length]))?;
    let (module, rest) = path.split_at(length);
    let exported = rest.first().and_then(|name| exports.get(module)?.get(name));
    match exported.filter(|_| depth > 0) {
        Some(target) => {
            let target = [&target[..], &rest[1..]].concat();
            file_of(&target, files, exports, depth - 1)
        }
        None => files.get(module).copied(),
    }
}

/// The sets of files that reach each other.
fn circles(imports: &BTreeMap<String, BTreeSet<String>>) -> Vec<Vec<String>> {
    let reach = |from: &String| {
        let mut seen = BTreeSet::new();
        let mut waiting: Vec<&String> = imports[from].iter().collect();
        while let Some(file) = waiting.pop() {
            if seen.insert(file) {
                waiting.extend(imports.get(file).into_iter().flatten());
            }
        }
        seen
    };
    let reached: BTreeMap<&String, _> = imports.keys().map(|file| (file, reach(file))).collect();
    let mut found = BTreeSet::new();
    for (file, others) in &reached {
        let is_back = |other: &&&String| {
            reached
                .get(**other)
                .is_some_and(|back| back.contains(*file))
        };
        let circle: Vec<String> = others
            .iter()
            .filter(is_back)
            .map(|file| (*file).clone())
            .collect();
        if circle.len() > 1 {
            found.insert(circle);
        }
    }
    found.into_iter().collect()
}
