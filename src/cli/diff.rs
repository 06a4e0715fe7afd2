//! `hcpcs diff`: the changes between two releases, indexed or in files.

use std::collections::HashSet;
use std::path::{Path, PathBuf};

use hcpcs::history::{Changes, Disagreement, Side, changes, check};
use hcpcs::index::fields_notice;
use hcpcs::release::{read, read_transaction_report};
use hcpcs::search::ChangesFilter;
use hcpcs::{Code, Error, ReadOptions, Record, ReleaseId, Searcher, counted};

use super::args::DiffArguments;
use super::diff_output::write;
use super::print::{self, Failure, Outcome, Printer};
use super::{Run, folders, watch_list};

/// A release and its records, with notices about its file.
type Given = (ReleaseId, Vec<Record>, Vec<String>);

pub(crate) fn run(arguments: &DiffArguments, index: Option<PathBuf>, printer: &mut Printer) -> Run {
    let is_indexed = |given: &Path| !given.exists();
    let needs_index = [&arguments.old, &arguments.new]
        .iter()
        .any(|own| is_indexed(own));
    let only = arguments
        .only
        .as_deref()
        .map(watch_list::read)
        .transpose()?;
    let (only, unread_rows) = only.unzip();
    let filters = arguments.filters.filters();
    let within = ChangesFilter { filters, only };
    let searcher = if needs_index || !within.filters.rbcs.is_empty() {
        Some(folders::load(index)?)
    } else {
        None
    };
    let keep = |record: &Record| within.passes(record, searcher.as_ref());
    let given = |path| given(path, searcher.as_ref());
    let (old, new) = rayon::join(|| given(&arguments.old), || given(&arguments.new));
    let (old, new) = (old?, new?);
    let side = |(id, records)| Side { id, records };
    let mut changes = changes(side((&old.0, &old.1)), side((&new.0, &new.1)), keep);
    let lacking = [&old, &new].map(|own| fields_notice(&own.0, &own.1));
    changes.notices.extend(lacking.into_iter().flatten());
    let unread = [old.2, new.2].concat();
    changes.notices.extend(unread);
    changes.notices.extend(within.filters.unlisted());
    let records = || old.1.iter().chain(&new.1);
    let had = records().map(|own| own.code).collect();
    changes.notices.extend(within.absent(&had));
    changes.notices.extend(unread_rows.into_iter().flatten());
    let disagreements = match &arguments.check {
        Some(path) => {
            let kept: HashSet<Code> = records()
                .filter(|own| keep(own))
                .map(|own| own.code)
                .collect();
            let is_asked =
                |code: Code| kept.contains(&code) || !had.contains(&code) && within.only.is_none();
            Some(disagreements(path, &mut changes, is_asked)?)
        }
        None => None,
    };
    for notice in &changes.notices {
        print::note(notice);
    }
    write(arguments, &changes, disagreements.as_deref(), printer)?;
    let is_none = changes.lists().iter().all(|(_, list)| list.is_empty());
    Ok(if is_none {
        Outcome::Nothing
    } else {
        Outcome::Found
    })
}

/// The records of a file or of an indexed release.
fn given(path: &Path, searcher: Option<&Searcher>) -> Result<Given, Failure> {
    if let Some(searcher) = searcher.filter(|_| !path.exists()) {
        let text = path.to_string_lossy();
        let id: ReleaseId = text.parse().map_err(|_| {
            Failure::Usage(format!(
                "`{text}` is neither a file nor a release such as 2026-01"
            ))
        })?;
        let (id, records) = searcher.release(&id)?;
        let unread = searcher.unread_notice(&id);
        return Ok((id, records, unread.into_iter().collect()));
    }
    let mut releases = read(path, &ReadOptions::default())?;
    match (releases.pop(), releases.is_empty()) {
        (Some(release), true) => {
            let name = path.display();
            if let Some(damage) = release.damage.first() {
                return Err(Failure::Library(Error::Source {
                    path: path.to_owned(),
                    reason: format!(
                        "{damage}, so that what it lacks would look like a change; download it again"
                    ),
                    remedy: None,
                }));
            }
            let notices = release.notices.iter();
            let notices = notices.map(|notice| format!("{name}: {notice}"));
            let unread = release.skipped.first().map(|first| {
                format!(
                    "{name}: lines that cannot be read: {}, the first is line {}: {}; their codes \
                     look removed",
                    release.skipped.len(),
                    first.line,
                    first.reason
                )
            });
            let said = notices.chain(unread).collect();
            Ok((release.id, release.records, said))
        }
        _ => Err(Failure::Usage(format!(
            "{} holds several releases; name one file",
            path.display()
        ))),
    }
}

/// The codes on which the changes and CMS's report disagree, of the requested ones.
fn disagreements(
    path: &Path,
    changes: &mut Changes,
    is_asked: impl Fn(Code) -> bool,
) -> Result<Vec<Disagreement>, Failure> {
    let mut report = read_transaction_report(path)?;
    let name = path.display();
    if let Some(id) = report
        .id
        .as_ref()
        .filter(|id| !id.is_same_quarter(&changes.to))
    {
        return Err(Failure::Usage(format!(
            "{name} is CMS's report of {id}, and the changes are those to {}; give the report of \
             its quarter",
            changes.to
        )));
    }
    let skipped = report.skipped.iter();
    let skipped = skipped.map(|own| format!("{name}: line {}: {}", own.line, own.reason));
    changes.notices.extend(skipped);
    let notices = report.notices.iter();
    let notices = notices.map(|notice| format!("{name}: {notice}"));
    changes.notices.extend(notices);
    let left_out = report.left_out.cpt + report.left_out.cdt;
    if left_out > 0 {
        let said = format!(
            "{name}: left out {} of CPT and CDT",
            counted(left_out, "row")
        );
        changes.notices.push(said);
    }
    report.rows.retain(|row| is_asked(row.code));
    Ok(check(changes, &report))
}
