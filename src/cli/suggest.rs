//! `hcpcs suggest`: completions of a partly typed text.

use std::path::PathBuf;

use hcpcs::counted;
use hcpcs::search::SuggestionKind;

use super::args::SuggestArguments;
use super::print::{CODE, DIM, Outcome, Printer, say_of_day};
use super::{Run, folders, output};

pub(crate) fn run(
    arguments: &SuggestArguments,
    index: Option<PathBuf>,
    printer: &mut Printer,
) -> Run {
    let searcher = folders::open(index)?;
    let typed = arguments.typed.join(" ");
    let suggestions = searcher.suggest(&typed, arguments.limit, arguments.as_of);
    searcher.check_read()?;
    if arguments.json {
        printer.line(output::json(&suggestions)?)?;
    } else {
        for suggestion in &suggestions {
            let text = &suggestion.text;
            let unclear = suggestion.unclear.iter().map(|why| format!("; {why}"));
            let about = match suggestion.kind {
                SuggestionKind::Code => suggestion.descriptor.clone(),
                SuggestionKind::Word => counted(suggestion.codes, "code"),
                SuggestionKind::Name if suggestion.codes == 1 => {
                    "1 code, by its name or a note".to_owned()
                }
                SuggestionKind::Name => {
                    format!("{} codes, by their names or notes", suggestion.codes)
                }
            };
            let about: String = std::iter::once(about).chain(unclear).collect();
            let options = textwrap::Options::new(printer.width()).subsequent_indent("        ");
            let line = format!("{CODE}{text}{CODE:#}  {DIM}{about}{DIM:#}");
            for line in textwrap::wrap(&line, options) {
                printer.line(line)?;
            }
        }
    }
    say_of_day(&searcher, arguments.as_of);
    Ok(if suggestions.is_empty() {
        Outcome::Nothing
    } else {
        Outcome::Found
    })
}
