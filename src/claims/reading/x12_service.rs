//! The segment of a service in X12 → a service line.

use serde_json::Value;

use super::claim_line::ClaimLine;
use super::x12::{Assembler, Part};
use super::x12_segment::SERVICES;
use super::x12_service_line::{ServiceLine, line_id};
use crate::error::{Error, Result};

impl Assembler {
    /// Takes the elements of a segment that may be a service's; returns the previous service line
    /// if it is complete.
    pub(super) fn take_service(
        &mut self,
        elements: &[&str],
        component: Option<char>,
        segment: &str,
        number: u64,
    ) -> Option<ServiceLine> {
        let element = |at: usize| elements.get(at).copied().unwrap_or_default();
        let mut services = SERVICES.iter();
        let &(id, composite, units, measure) =
            services.find(|(id, ..)| id.eq_ignore_ascii_case(element(0)))?;
        let (composite, given) = (element(composite), element(units));
        let units = in_measure(given, measure.map_or("UN", element));
        let is_second = self.say_second_service(id, composite);
        self.part = Part::Service;
        if composite.is_empty() {
            self.without_code += 1;
            self.before_service.clear();
            return self.current.take();
        }
        // The file may define any component separator.
        let usual = component.map(|sign| composite.replace(sign, ":"));
        let read: Result<ClaimLine> = usual.as_deref().unwrap_or(composite).parse();
        // `HC` alone is the qualifier, or a modifier stands where the code should.
        let read = read.and_then(|line| match line.code.len() {
            0..=2 => Err(Error::query(format!("`{composite}` has no procedure code"))),
            _ => Ok(line),
        });
        if self.is_billed && self.current.is_some() {
            let code = |line: &Result<ClaimLine>| line.as_ref().ok().map(|line| line.code.clone());
            let is_same = self
                .current
                .as_ref()
                .is_some_and(|own| code(&own.read) == code(&read));
            // The payment of another payer for the line, and the rental of the same code, are not
            // lines of their own.
            if id == "SVD" || (id == "SV5" && is_same) {
                return None;
            }
        }
        let read = read.map(|mut line| {
            line.line_id = line_id(&self.claim, &self.line);
            line.readings.extend(is_second);
            // What an 835 (SVC) and a dentist (SV3) leave out is one.
            if units.is_empty() && matches!(id, "SV1" | "SV2" | "SV5") {
                line.say_no_units();
            }
            for (at, what) in [
                (6, "code as submitted (SVC06)"),
                (7, "number of units as submitted (SVC07)"),
            ] {
                let submitted = Some(element(at)).filter(|_| id == "SVC");
                if let Some(own) = submitted.filter(|own| !own.is_empty() && *own != units) {
                    line.say_unread(what, own);
                }
            }
            line.units = Some(units).filter(|own| !own.is_empty()).map(Value::from);
            line
        });
        self.is_billed = id != "SVD";
        self.is_other_package = false;
        self.has_own_number = false;
        let before = self.current.replace(ServiceLine {
            number,
            claim: self.claim.clone(),
            line: self.line.clone(),
            segment: segment.to_owned(),
            read,
            claim_days: match &self.claim_day_fault {
                Some(fault) => Err(fault.clone()),
                None => Ok(self.claim_days.clone()),
            },
            no_day: None,
        });
        self.take_earlier();
        before
    }
}

/// The quantity of a service: with its measure, if that is another than units, such as `MJ` for
/// minutes.
fn in_measure(quantity: &str, measure: &str) -> String {
    let is_of_units =
        quantity.is_empty() || measure.is_empty() || measure.eq_ignore_ascii_case("UN");
    if is_of_units {
        quantity.to_owned()
    } else {
        format!("{quantity} {measure}")
    }
}
