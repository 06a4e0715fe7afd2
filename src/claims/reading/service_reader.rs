//! Reads the service lines of X12 one by one.

use super::x12_segment;
use std::io::BufRead;

use super::claim_input::ClaimInput;
use super::form::{Form, fail};
use super::read_line::ReadLine;
use super::reader::ClaimReader;
use super::x12_service_line::ServiceLine;
use crate::error::{Error, Result};
use crate::table::cells::Cells;
use crate::table::row_reader::Row;

impl<R: BufRead> ClaimReader<R> {
    pub(super) fn next_service(&mut self) -> Result<Option<ReadLine>> {
        loop {
            let Form::Segments(segments, assembler) = &mut self.form else {
                return Ok(None);
            };
            if let Some((number, fault)) = assembler.fault.take() {
                let input = || ClaimInput::row(&self.facts.names, Cells::default());
                return Ok(Some(ReadLine::new(
                    number,
                    Err(Error::query(fault)),
                    input,
                    || None,
                )));
            }
            let Some(number) = segments.next(&mut self.text).map_err(fail)? else {
                let last = assembler.finish();
                if last.is_none() {
                    let fault = assembler.envelope.finish();
                    assembler.fault = fault.map(|fault| (self.last_line, fault));
                    if assembler.fault.is_some() {
                        continue;
                    }
                }
                return Ok(last.map(|line| self.service(line)));
            };
            self.last_line = number;
            let known = segments.separators();
            let sign = known
                .map(|own| own.element)
                .or_else(|| Some(x12_segment::segment_of(&self.text)?.1))
                .or(assembler
                    .sign
                    .filter(|sign| x12_segment::is_like_a_segment(&self.text, *sign)));
            let Some(sign) = sign else {
                // A line of text among segments.
                self.cells.clear();
                self.cells.push(&self.text);
                let row = Row {
                    line: number,
                    lines: 1,
                    fault: None,
                };
                return Ok(Some(self.line_of(row)));
            };
            assembler.sign = Some(sign);
            let component = known.map(|own| own.component);
            let before = assembler.not_checked().map(|(count, _)| count);
            let line = assembler.take(&self.text, sign, component, number);
            for (before, (count, what)) in before.into_iter().zip(assembler.not_checked()) {
                // Said at once, so that a line after it has the notice; the end has the count.
                if before == 0 && count > 0 {
                    self.facts.notices.push(format!("{what} are not checked"));
                }
            }
            if let Some(line) = line {
                return Ok(Some(self.service(line)));
            }
        }
    }

    pub(super) fn service(&self, line: ServiceLine) -> ReadLine {
        let mut cells = Cells::default();
        for cell in [&line.claim, &line.line, &line.segment] {
            cells.push(cell);
        }
        let input = ClaimInput::row(&self.facts.names, cells);
        let (number, id) = (line.number, line.id());
        ReadLine::new(number, line.into_claim(), || input, || id)
    }
}
