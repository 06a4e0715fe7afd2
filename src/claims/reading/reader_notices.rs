//! What a reader says of an input as a whole: rows that are not read, and an input without lines.

use std::io::BufRead;
use std::path::Path;

use super::claim_line::ClaimLine;
use super::column_days::parts;
use super::form::{Form, INPUT};
use super::reader::ClaimReader;
use crate::error::{Error, Result, excerpt};

impl<R: BufRead> ClaimReader<R> {
    /// Whether the row repeats the header, as in joined tables; that is reported once.
    pub(super) fn is_header_again(&mut self) -> bool {
        let (Form::Table(_, columns, _) | Form::Sheet(_, Some(columns))) = &self.form else {
            return false;
        };
        let is_again = columns.is_same_header(self.cells.iter());
        let notice = "rows that repeat the header are not read";
        if is_again && !self.facts.notices.iter().any(|own| own == notice) {
            self.facts.notices.push(notice.to_owned());
        }
        is_again
    }

    /// Says once of each column without a name that it holds something and is not read.
    pub(super) fn name_unnamed(&mut self) {
        let unnamed = match &mut self.form {
            Form::Table(_, columns, _) | Form::Sheet(_, Some(columns)) => columns.unnamed(),
            _ => return,
        };
        unnamed.retain(|at| {
            let is_filled = !self.cells.get(*at).trim().is_empty();
            if is_filled {
                let notice = format!("column {} has no name and is not read", at + 1);
                self.facts.notices.push(notice);
            }
            !is_filled
        });
    }

    /// Says once of a column that seems to hold codes and is not read, where no column is known to
    /// hold them, and the same of days of service and of codes of other sets.
    pub(super) fn name_lookalikes(&mut self) {
        let (Form::Table(_, columns, _) | Form::Sheet(_, Some(columns))) = &mut self.form else {
            return;
        };
        if let Some((name, code)) = columns.take_column_of_codes(&self.cells) {
            self.facts.notices.push(format!(
                "no column is known to hold the code; `{name}` seems to (`{code}`), and is not read"
            ));
        }
        while let Some((kind, name)) = columns.take_other_type(&self.cells) {
            self.facts.notices.push(format!(
                "codes of the type {} are not judged here, as in `{name}`",
                excerpt(&kind)
            ));
        }
        if let Some((name, day)) = columns.take_column_of_days(&self.cells) {
            self.facts.notices.push(format!(
                "no column is known to hold the day of service; `{name}` seems to hold days \
                 (`{day}`), and is not read"
            ));
        }
    }

    /// Compares how the row writes its days with the rows before it.
    pub(super) fn see_days(&mut self) {
        if let Form::Table(_, columns, _) | Form::Sheet(_, Some(columns)) = &mut self.form {
            let said = columns.see_days_now(self.cells.iter());
            self.facts.notices.extend(said);
        }
    }

    /// A line without a header, if none before it puts its days in doubt.
    pub(super) fn with_clear_days(&mut self, read: Result<ClaimLine>) -> Result<ClaimLine> {
        for part in self.cells.iter().flat_map(parts) {
            self.facts.notices.extend(self.days.see_now(part));
            self.days.refuse_unclear_order(part)?;
        }
        read
    }

    /// Handles the end of the input.
    pub(super) fn end(&mut self) -> Result<()> {
        let form = std::mem::replace(&mut self.form, Form::Ended);
        if let Form::Segments(_, assembler) = &form {
            for (count, what) in assembler.not_checked() {
                if count > 0 {
                    let notice = format!("{what}, not checked: {count}");
                    self.facts.notices.push(notice);
                }
            }
        }
        // Of one line of text, the line says it.
        let is_file = self.lines > 1 || matches!(form, Form::Segments(..));
        if self.lines > 0 && is_file && self.of_other_sets == self.lines {
            let notice = "no line has a code of HCPCS Level II, and none is judged";
            self.facts.notices.push(notice.to_owned());
        }
        if self.lines > 0 {
            return Ok(());
        }
        match form {
            Form::Ended => {}
            _ if self.facts.is_empty => self
                .facts
                .notices
                .push("no claim lines: the input is empty".to_owned()),
            Form::Table(..) | Form::Sheet(_, Some(_)) => {
                self.facts
                    .notices
                    .push("no claim lines below the header".to_owned());
            }
            Form::Segments(_, assembler) => {
                let unread = assembler.not_checked().into_iter();
                let unread = unread.filter(|(count, _)| *count > 0);
                let unread = unread.map(|(count, what)| format!("; {what}: {count}"));
                let reason = format!(
                    "hold no line that can be read: no segment SV1, SV2, SV3, SV5, SVC or SVD \
                     has a procedure code{}",
                    unread.collect::<String>()
                );
                return Err(Error::source(Path::new(INPUT), reason));
            }
            _ => {
                let reason = "hold no line that can be read; give a code with its modifiers a line, or a table";
                return Err(Error::source(Path::new(INPUT), reason));
            }
        }
        Ok(())
    }
}
