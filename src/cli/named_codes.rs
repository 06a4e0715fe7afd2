//! The codes that a command line names: what is none is named, and does not hide the others.

use hcpcs::{Code, Date, Searcher};

use super::print::{self, Failure};

/// The codes among some texts, and whether each text is one. Without any it is an error of usage.
pub(crate) fn read(
    texts: &[String],
    searcher: &Searcher,
    day: Date,
) -> Result<(Vec<Code>, bool), Failure> {
    let mut codes: Vec<Code> = Vec::new();
    let mut wrong = Vec::new();
    for text in texts {
        match text.parse::<Code>() {
            Ok(code) => codes.push(code),
            Err(why) => {
                let nearest = searcher.nearest_in_words(text, day);
                wrong.push(format!("`{text}`: {}{nearest}", why.of(text)));
            }
        }
    }
    if codes.is_empty() {
        return Err(Failure::Usage(wrong.join("; ")));
    }
    for why in &wrong {
        print::note(why);
    }
    Ok((codes, wrong.is_empty()))
}
