//! The body of a clinical note: its title, sections and tables, in Markdown or plain text.
//!
//! A section begins with a Markdown heading or with a known title on a line of its own. A known
//! title with its text after a colon, such as `Service Type: Injection`, is a section of one line;
//! the lines after it belong to the section around it. A title with nothing under it only groups
//! others and is no section.

use super::modifier_table;
use super::modifier_table::{ModifierUse, cells, is_separator};
use super::named_codes::named_codes;
use super::note_line::{heading, is_cpt, labelled, paragraphs, without_cpt};
use super::section::{NoteSection, SectionKind};
use crate::annotation::source::Skipped;

/// The content of a note's body.
#[derive(Debug, Default)]
pub(crate) struct Body {
    /// The first heading that is no section's, or a line such as `HCPCS Level II J1597: Name`.
    pub title: Option<String>,
    pub sections: Vec<NoteSection>,
    pub modifiers: Vec<ModifierUse>,
    pub skipped: Vec<Skipped>,
    pub left_out_cpt: usize,
    /// The section that receives text.
    current: Option<usize>,
    /// Sections that are kept without text because they have a table of modifiers.
    with_table: Vec<usize>,
}

/// Reads the lines of a note's body; `first` is the number of the first.
pub(crate) fn read(lines: &[&str], first: usize) -> Body {
    let mut body = Body::default();
    let mut table: Vec<(usize, &str)> = Vec::new();
    for (at, line) in lines.iter().enumerate() {
        let is_header =
            line.contains('|') && lines.get(at + 1).is_some_and(|next| is_separator(next));
        if line.trim_start().starts_with('|')
            || is_header
            || (!table.is_empty() && line.contains('|'))
        {
            table.push((first + at, line));
            continue;
        }
        body.end_table(&std::mem::take(&mut table), false);
        body.take(line);
    }
    body.end_table(&table, true);
    let mut at = 0;
    let with_table = std::mem::take(&mut body.with_table);
    body.sections.retain_mut(|section| {
        section.text = paragraphs(&section.text);
        at += 1;
        !section.text.is_empty() || with_table.contains(&(at - 1))
    });
    body
}

impl Body {
    fn take(&mut self, line: &str) {
        let text = line.trim();
        if let Some((level, title)) = heading(text) {
            if level == 1 && self.title.is_none() && SectionKind::of(title) == SectionKind::Other {
                self.title = Some(title.to_owned());
            } else {
                self.open(title);
            }
        } else if SectionKind::of(text.trim_matches('*')) != SectionKind::Other {
            self.open(text.trim_matches(['*', ':']));
        } else if let Some((title, rest)) = labelled(text) {
            self.push(title, rest);
        } else if self.may_be_titled() && named_codes(text).is_some() {
            self.title = Some(text.to_owned());
        } else {
            self.add(text);
        }
    }

    /// Whether a title may still follow: there is no text yet, and no section but a summary.
    fn may_be_titled(&self) -> bool {
        let is_empty = |section: &NoteSection| {
            section.kind == SectionKind::Summary && section.text.trim().is_empty()
        };
        self.title.is_none() && self.sections.iter().all(is_empty)
    }

    fn push(&mut self, title: &str, text: &str) {
        self.sections.push(NoteSection {
            kind: SectionKind::of(title),
            title: title.trim().to_owned(),
            text: text.trim().to_owned(),
        });
    }

    fn open(&mut self, title: &str) {
        self.push(title, "");
        self.current = Some(self.sections.len() - 1);
    }

    /// Adds a line to the current section, or to a summary if the text has no title yet.
    fn add(&mut self, line: &str) {
        if self.current.is_none() && line.is_empty() {
            return;
        }
        if self.current.is_none() {
            self.open("Summary");
        }
        let section = self.current.and_then(|at| self.sections.get_mut(at));
        if let Some(section) = section {
            let (line, is_cut) = without_cpt(line, &section.title);
            self.left_out_cpt += usize::from(is_cut);
            section.text.push_str(line);
            section.text.push('\n');
        }
    }

    fn end_table(&mut self, table: &[(usize, &str)], is_end: bool) {
        if let Some(read) = modifier_table::read(table, is_end) {
            self.with_table.extend(self.current);
            self.modifiers.extend(read.uses);
            self.skipped.extend(read.skipped);
            self.left_out_cpt += read.left_out_cpt;
            return;
        }
        for (_, row) in table {
            let cells = cells(row);
            match cells.first() {
                Some(number) if cells.len() > 1 && is_cpt(number) => {
                    self.left_out_cpt += 1;
                    self.add(number);
                }
                _ => self.add(row.trim()),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn body(text: &str) -> Body {
        read(&text.lines().collect::<Vec<_>>(), 1)
    }

    fn shown(body: &Body) -> Vec<String> {
        let shown = |section: &NoteSection| {
            format!("{:?}/{}/{}", section.kind, section.title, section.text)
        };
        body.sections.iter().map(shown).collect()
    }

    #[test]
    fn plain_text_with_known_titles() {
        let text = "Summary & Overview\nHCPCS Level II J0000: Some Drug, 1 mg\nFirst.\nSecond.\nBilling Code Overview\nIt is billed.\nService Type: Injection\nTypical Site of Service: Clinic\nMore on billing.\nClinical & Coding Specifications\nClinical Context\nA patient.\n";
        let body = body(text);
        assert_eq!(
            body.title.as_deref(),
            Some("HCPCS Level II J0000: Some Drug, 1 mg")
        );
        assert_eq!(
            shown(&body),
            [
                "Summary/Summary & Overview/First.\nSecond.",
                "BillingOverview/Billing Code Overview/It is billed.\nMore on billing.",
                "ServiceType/Service Type/Injection",
                "SiteOfService/Typical Site of Service/Clinic",
                "ClinicalContext/Clinical Context/A patient.",
            ]
        );
    }

    #[test]
    fn markdown() {
        let text = "# J0000 Some drug\nLead.\n\n## History ##\n\n\nOld.\n\n\nOlder.\n- **Service Type:** Injection\n\n### Coding specifications\n\n| Modifier | When |\n|---|---|\n| JW | discarded |\n\n## Payers\n\n| Payer | Rule |\n|---|---|\n| One | none |\n";
        let body = body(text);
        assert_eq!(body.title.as_deref(), Some("J0000 Some drug"));
        assert_eq!(
            shown(&body),
            [
                "Summary/Summary/Lead.",
                "Other/History/Old.\n\nOlder.",
                "ServiceType/Service Type/Injection",
                "CodingSpecifications/Coding specifications/",
                "Payers/Payers/| Payer | Rule |\n|---|---|\n| One | none |",
            ]
        );
        assert_eq!(body.modifiers[0].when_to_use, "discarded");
    }

    #[test]
    fn words_of_cpt_are_cut_to_the_number() {
        let text = "## Related codes\n- CPT 96372: words of the AMA\n- **96365** – words of the AMA\n- J1596: ours\n- 99213\n| Code | Description |\n|---|---|\n| 96366 | words of the AMA |\n| CPT 96367 | words of the AMA |\n## Dosage\n10000 – 20000 units\n";
        let body = body(text);
        assert_eq!(body.left_out_cpt, 4);
        assert_eq!(
            shown(&body),
            [
                "RelatedCodes/Related codes/- CPT 96372\n- **96365**\n- J1596: ours\n- 99213\n| Code | Description |\n|---|---|\n96366\nCPT 96367",
                "Dosage/Dosage/10000 – 20000 units",
            ]
        );
    }
}
