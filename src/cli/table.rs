//! `hcpcs table`: a code table with the number of codes that have each value.

use std::path::PathBuf;

use hcpcs::search::Age;
use hcpcs::{Date, Table};

use super::args::TableArguments;
use super::print::{self, CODE, Failure, HEADING, Outcome, Printer, say_of_day};
use super::{Run, folders, output};

pub(crate) fn run(
    arguments: &TableArguments,
    index: Option<PathBuf>,
    printer: &mut Printer,
) -> Run {
    let Some(name) = &arguments.name else {
        for table in Table::all() {
            printer.line(format!("{CODE}{:<26}{CODE:#}{}", table.name, table.title))?;
        }
        return Ok(Outcome::Found);
    };
    let wanted = name.to_ascii_lowercase().replace(['-', ' '], "_");
    let names = || Table::all().map(|table| table.name).join(", ");
    let table = Table::all()
        .into_iter()
        .find(|table| table.name == wanted)
        .ok_or_else(|| {
            Failure::Usage(format!("there is no table `{name}`; there are {}", names()))
        })?;
    let searcher = folders::open(index)?;
    let rows = searcher.table(table, arguments.as_of);
    searcher.check_read()?;
    if arguments.json {
        printer.line(output::json(&rows)?)?;
        say_of_day(&searcher, arguments.as_of);
        return Ok(Outcome::Found);
    }
    printer.line(format!("{HEADING}{}{HEADING:#}", table.title))?;
    let mut group = String::new();
    for row in rows {
        let is_heading = !row.group.is_empty() && table.entry(&row.group).is_none();
        if is_heading && row.group != group {
            printer.line("")?;
            let heading = format!("{HEADING}{}{HEADING:#}", row.group);
            for line in textwrap::wrap(&heading, printer.width()) {
                printer.line(line)?;
            }
            group.clone_from(&row.group);
        }
        let meaning = row
            .meaning
            .as_deref()
            .unwrap_or("not listed by CMS's record layout");
        let count = if row.count == 0 {
            "–".to_owned()
        } else {
            row.count.to_string()
        };
        let line = format!("{CODE}{:<5}{CODE:#}{count:>6}  {meaning}", row.code);
        let options = textwrap::Options::new(printer.width()).subsequent_indent("             ");
        for line in textwrap::wrap(&line, options) {
            printer.line(line)?;
        }
    }
    let day = arguments.as_of.unwrap_or_else(Date::today);
    let scope = searcher.scope_on(day);
    let release = print::release(&searcher.release_on(day), scope.as_deref());
    print::note(&format!("{release} · as of {day}"));
    if let Some(age) = searcher.age(day).filter(Age::is_notable) {
        print::note(&age.text);
    }
    Ok(Outcome::Found)
}
