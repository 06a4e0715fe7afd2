//! Reads the service lines of X12 one by one.

use super::x12_segment;
use std::io::BufRead;

use super::claim_input::ClaimInput;
use super::form::{Form, fail};
use super::read_line::ReadLine;
use super::reader::ClaimReader;
use super::x12::ServiceLine;
use crate::error::Result;
use crate::table::cells::Cells;
use crate::table::row_reader::Row;

impl<R: BufRead> ClaimReader<R> {
    pub(super) fn next_service(&mut self) -> Result<Option<ReadLine>> {
        loop {
            let Form::Segments(segments, assembler) = &mut self.form else {
                return Ok(None);
            };
            let Some(number) = segments.next(&mut self.text).map_err(fail)? else {
                return Ok(assembler.finish().map(|line| self.service(line)));
            };
            let known = segments.separators();
            let sign = known
                .map(|own| own.element)
                .or_else(|| Some(x12_segment::segment_of(&self.text)?.1));
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
            let component = known.map(|own| own.component);
            if let Some(line) = assembler.take(&self.text, sign, component, number) {
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
        ReadLine::new(line.number, line.read, || input)
    }
}
