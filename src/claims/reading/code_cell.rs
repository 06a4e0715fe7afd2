//! The cells of codes as people and programs write them: in brackets, behind the name of the code
//! set, without the zeros that a spreadsheet drops, and with their code set in another column.

use super::claim_line::{ClaimLine, is_code};
use super::composite::CodeSet;
use super::value::whole;
use crate::error::{Error, Result, excerpt};

/// The names of code sets that people write before a code.
const CODE_SETS: [&str; 3] = ["hcpcs", "hcpc", "cpt"];

/// The cells of a row's codes and of their code sets, by the numbers of their columns.
#[derive(Default)]
pub(super) struct CodeCells<'c> {
    pub(super) codes: Vec<(usize, u8, &'c str)>,
    pub(super) types: Vec<(u8, &'c str)>,
}

impl CodeCells<'_> {
    /// Gives the codes to a line. A code of another set than HCPCS and CPT is the line's only if it
    /// has no other; an NDC is its drug package.
    pub(super) fn put_into(self, line: &mut ClaimLine, names: &[String]) -> Result<()> {
        let (mut column, mut other, mut has_ndc) = (0, None, false);
        for (at, number, cell) in self.codes {
            let own_type = self.types.iter().find(|(own, _)| *own == number);
            let own_type = own_type.map_or(String::new(), |(_, name)| name.to_lowercase());
            if is_ndc(&own_type) {
                line.ndc.get_or_insert_with(|| cell.to_owned());
                has_ndc = true;
                continue;
            }
            if !is_judged(&own_type) {
                other.get_or_insert(cell);
                continue;
            }
            let before = std::mem::take(&mut line.code);
            let modifiers = std::mem::take(&mut line.modifiers);
            line.put_code_cell(cell)
                .map_err(|error| Error::query(format!("column `{}`: {error}", names[at])))?;
            line.modifiers.splice(0..0, modifiers);
            if !before.is_empty() && before != line.code {
                let (one, other) = (&names[column], &names[at]);
                let reason = format!(
                    "`{one}` and `{other}` hold two codes, {before} and {}; give one a line",
                    excerpt(&line.code)
                );
                return Err(Error::query(reason));
            }
            column = at;
        }
        let is_empty = line.code.is_empty() && line.description.is_none();
        if has_ndc && other.is_none() && is_empty {
            line.code = line.ndc.clone().unwrap_or_default();
            line.code_set = CodeSet::Ndc;
        }
        if let Some(other) = other.filter(|_| line.code.is_empty()) {
            line.code = other.to_uppercase();
            line.code_set = CodeSet::Other;
        }
        Ok(())
    }
}

/// Whether a type of codes, in lower case, is that of the numbers of drug packages.
pub(super) fn is_ndc(code_type: &str) -> bool {
    matches!(code_type, "ndc" | "n4")
}

/// Whether codes of a type, in lower case, are those of HCPCS or CPT, or of no named set.
pub(super) fn is_judged(code_type: &str) -> bool {
    // X12's and HL7's names, and the numbers of HCPCS and CPT as objects.
    const OTHER_NAMES: [&str; 4] = ["", "hc", "hpc", "c4"];
    const OBJECTS: [&str; 2] = [".113883.6.285", ".113883.6.12"];
    OTHER_NAMES.contains(&code_type)
        || OBJECTS.iter().any(|own| code_type.ends_with(own))
        || CODE_SETS.iter().any(|own| code_type.contains(own))
}

impl ClaimLine {
    /// Takes the code of a cell in a column of codes.
    fn put_code_cell(&mut self, cell: &str) -> Result<()> {
        let is_bracket = |letter: char| "()[]{}\"".contains(letter);
        let bare = cell.trim().trim_matches(is_bracket).trim();
        let bare = without_code_set(bare).unwrap_or(bare);
        let bare = bare.split_once('.').map_or(bare, |(code, zeros)| {
            let is_whole = is_code(&code.to_uppercase()) && zeros.bytes().all(|own| own == b'0');
            if is_whole { code } else { bare }
        });
        match restored(bare) {
            Some(code) => {
                self.put_code(&code)?;
                self.given_code = Some(bare.to_owned());
                Ok(())
            }
            None => self.put_code(bare),
        }
    }
}

/// The code behind the name of its code set: `HCPCS J1885`.
fn without_code_set(cell: &str) -> Option<&str> {
    let (name, code) = cell.split_once([' ', ':', '-'])?;
    let code = code.trim_start_matches([' ', ':', '-']);
    let is_name = CODE_SETS.iter().any(|own| name.eq_ignore_ascii_case(own));
    (is_name && !code.is_empty()).then_some(code)
}

/// A CPT code with the leading zeros that a spreadsheet dropped.
fn restored(cell: &str) -> Option<String> {
    let number = whole(cell);
    let is_short = (3..5).contains(&number.len())
        && number.bytes().all(|byte| byte.is_ascii_digit())
        && !number.starts_with('0');
    is_short.then(|| format!("{number:0>5}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_read_as_it_is_written() {
        for (cell, code, modifiers) in [
            ("J1885.0", "J1885", ""),
            ("(j1885)", "J1885", ""),
            ("HCPCS J1885", "J1885", ""),
            ("CPT: 99213-25", "99213", "25"),
            ("[E0601] ", "E0601", ""),
            ("E0601 RR", "E0601", "RR"),
            ("450", "00450", ""),
            ("0636", "0636", ""),
            ("100.0", "00100", ""),
            ("see pharmacy", "SEE PHARMACY", ""),
            ("HCPCS", "HCPCS", ""),
        ] {
            let mut line = ClaimLine::default();
            line.put_code_cell(cell).unwrap();
            let found = (line.code.as_str(), line.modifiers.join(" "));
            assert_eq!(found, (code, modifiers.to_owned()), "{cell}");
        }
    }
}
