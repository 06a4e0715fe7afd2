//! The drug package of a service line of X12: its number (LIN) and its quantity (CTP).

use super::claim_line::ClaimLine;
use super::x12::Assembler;
use crate::error::excerpt;

impl Assembler {
    /// Takes the number of a package; a line has one that is read.
    pub(super) fn take_package(&mut self, elements: &[&str]) {
        let pairs = elements.iter().skip(2).zip(elements.iter().skip(3));
        let mut pairs = pairs.step_by(2);
        let ndc = pairs.find(|(kind, _)| **kind == "N4").map(|(_, ndc)| *ndc);
        let has_one = |line: &mut ClaimLine| line.ndc.is_some();
        let is_second = self.line_of_segments().is_some_and(has_one);
        self.is_second_package = is_second;
        match (self.line_of_segments(), ndc) {
            (Some(line), Some(ndc)) if is_second => line.readings.push(format!(
                "its second drug package, `{}`, is not read",
                excerpt(ndc)
            )),
            (Some(line), Some(ndc)) => {
                line.ndc = Some(ndc.to_owned());
                // A quantity belongs to it; until it comes, its place is blank.
                line.ndc_quantity.get_or_insert_default();
            }
            _ => {}
        }
    }

    /// Takes the quantity of a package, with its unit.
    pub(super) fn take_quantity(&mut self, quantity: &str, unit: &str) {
        let unit = unit.split(|letter: char| !letter.is_alphanumeric()).next();
        let unit = unit.filter(|text| !text.is_empty()).map(str::to_owned);
        if let Some(line) = self.line_of_segments() {
            (line.ndc_quantity, line.ndc_unit) = (Some(quantity.to_owned()), unit);
        }
    }
}
