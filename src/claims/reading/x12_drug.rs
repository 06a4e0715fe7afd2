//! The drug package of a service line of X12: its number (LIN) and its quantity (CTP).

use super::x12::Assembler;
use crate::error::excerpt;

impl Assembler {
    /// Takes the number of a package; a line has one that is read.
    pub(super) fn take_package(&mut self, elements: &[&str]) {
        let pairs = elements.iter().skip(2).zip(elements.iter().skip(3));
        let pairs = pairs.step_by(2).filter(|(_, number)| !number.is_empty());
        self.is_other_package = true;
        for (kind, number) in pairs {
            let Some(line) = self.current.as_mut().and_then(|own| own.read.as_mut().ok()) else {
                return;
            };
            let kind = kind.to_ascii_uppercase();
            match (&line.ndc, &*kind) {
                (None, "N4") => {
                    line.ndc = Some((*number).to_owned());
                    // A quantity belongs to it; until it comes, its place is blank.
                    line.ndc_quantity.get_or_insert_default();
                    self.is_other_package = false;
                }
                (Some(ndc), "N4") if ndc == number => self.is_other_package = false,
                (Some(_), "N4") => line.readings.push(format!(
                    "its second drug package, `{}`, is not read",
                    excerpt(number)
                )),
                (_, kind) => {
                    line.say_unread("number of a product (LIN)", &format!("{kind}:{number}"));
                }
            }
        }
    }

    /// Takes the quantity of a package, with its unit; a package has one.
    pub(super) fn take_quantity(&mut self, quantity: &str, unit: &str) {
        let unit = unit.split(|letter: char| !letter.is_alphanumeric()).next();
        let unit = unit.filter(|text| !text.is_empty()).map(str::to_owned);
        let Some(line) = self.line_of_segments() else {
            return;
        };
        if line.ndc_quantity.as_deref().unwrap_or_default().is_empty() {
            (line.ndc_quantity, line.ndc_unit) = (Some(quantity.to_owned()), unit);
        } else if (line.ndc_quantity.as_deref(), &line.ndc_unit) != (Some(quantity), &unit) {
            let other = format!("{quantity} {}", unit.unwrap_or_default());
            line.say_unread("second quantity of its drug package (CTP)", other.trim());
        }
    }
}
