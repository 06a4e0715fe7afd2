//! Texts that are neither lines nor a table: markup, and JSON that is not an object a line.

use serde_json::Value;

/// The beginnings of HTML and XML; spreadsheets open both, also under the ending `.xls`.
const MARKUP: &[&str] = &[
    "<!doctype",
    "<html",
    "<head",
    "<body",
    "<meta",
    "<style",
    "<table",
    "<?xml",
    "<workbook",
];
/// Fields of CMS's JSON of the standard charges of a hospital.
const STANDARD_CHARGES: &[&str] = &["\"standard_charge_information\"", "\"hospital_name\""];

/// Why a text cannot be read, by its first line that is not blank; `None` if it may be.
pub(super) fn refusal(first_line: &str) -> Option<&'static str> {
    let text = first_line.trim_start_matches('\u{FEFF}').trim();
    let has_start = |own: &&str| {
        let start = text.get(..own.len());
        start.is_some_and(|start| start.eq_ignore_ascii_case(own))
    };
    let is_object = text.starts_with('{');
    if MARKUP.iter().any(has_start) {
        Some(
            "is HTML or XML and no workbook, whatever its name; open it in a spreadsheet and save it \
             as .xlsx or CSV",
        )
    } else if is_object && STANDARD_CHARGES.iter().any(|own| text.contains(own)) {
        Some("is a hospital's standard charges in JSON; give their CSV")
    } else if is_array(text) {
        Some("is a JSON array; give an object a line, without the brackets around them")
    } else if is_object && is_cut(text) {
        Some("is JSON over several lines; give an object a line")
    } else {
        None
    }
}

/// Whether a text begins an array of objects, texts or arrays. `[E0601]` is a code in brackets.
fn is_array(text: &str) -> bool {
    let rest = text.strip_prefix('[').map(str::trim_start);
    rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(['{', '"', '[']))
}

/// Whether a line breaks off where JSON may be continued on the next.
fn is_cut(line: &str) -> bool {
    let is_unfinished = serde_json::from_str::<Value>(line).is_err_and(|cause| cause.is_eof());
    is_unfinished && line.ends_with(['{', '[', ','])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markup_and_json_of_several_lines_are_refused() {
        for (text, said) in [
            ("<html><body>", "HTML or XML"),
            ("<!DOCTYPE html>", "HTML or XML"),
            ("<?xml version=\"1.0\"?>", "HTML or XML"),
            ("[", "array"),
            ("[{\"code\":\"J1885\"},", "array"),
            ("[\"hemin\"]", "array"),
            ("{", "several lines"),
            ("{\"code\": \"J1885\",", "several lines"),
            (
                "{\"hospital_name\":\"A\",\"standard_charge_information\":[]}",
                "standard charges",
            ),
        ] {
            assert!(
                refusal(text).is_some_and(|own| own.contains(said)),
                "{text}"
            );
        }
        for text in [
            "",
            "J1885",
            "code,mod",
            "{\"code\":\"J1885\"}",
            "{\"code\":\"J1885\"",
            "[E0601]",
            "[99213]",
            "<5 mg",
            "hospital_name,code",
        ] {
            assert_eq!(refusal(text), None, "{text}");
        }
    }
}
