//! Claim lines from the segments of X12: whole 837 and 835 files, and single segments.

use serde_json::Value;

use super::claim_line::ClaimLine;
use super::x12_envelope::Envelope;
use super::x12_segment::SERVICES;
use super::x12_service_line::{ServiceLine, line_id};
use crate::error::{Error, Result};

/// Where the last segment stands.
#[derive(Default, PartialEq, Eq)]
pub(super) enum Part {
    /// In a claim, or before the first.
    #[default]
    Claim,
    /// Between the number of a line and its service.
    Number,
    /// In a service line, one that is not checked too.
    Service,
}

/// Assembles service lines from segments.
#[derive(Default)]
pub(crate) struct Assembler {
    /// The element separator of the last segment.
    pub(super) sign: Option<char>,
    pub(super) claim: String,
    pub(super) line: String,
    /// The days of the claim, for lines without days of their own.
    pub(super) claim_days: ClaimLine,
    /// What is wrong with these days.
    pub(super) claim_day_fault: Option<String>,
    pub(super) current: Option<ServiceLine>,
    pub(super) part: Part,
    /// Whether the current line is billed, and not what another payer has paid for it.
    pub(super) is_billed: bool,
    /// Whether the last `LIN` of the current line is not the drug package that is read.
    pub(super) is_other_package: bool,
    /// Whether the sender's own number of the current line was read.
    pub(super) has_own_number: bool,
    /// The number of service lines without a procedure code, such as those of a room.
    without_code: u64,
    /// The number of segments of a request for services (278) with procedure codes, which are not
    /// read.
    requests: u64,
    /// The number of segments of other kinds that name services.
    others: u64,
    /// The number of segments of a line that come before its service.
    pub(super) early: u64,
    /// The number of line numbers without a service.
    pub(super) empty_numbers: u64,
    pub(super) envelope: Envelope,
    /// What is wrong with the envelope, and the line of the file on which that shows.
    pub(super) fault: Option<(u64, String)>,
}

impl Assembler {
    /// Takes a segment; returns the previous service line if it is complete.
    pub(crate) fn take(
        &mut self,
        segment: &str,
        sign: char,
        component: Option<char>,
        number: u64,
    ) -> Option<ServiceLine> {
        let segment = segment.trim();
        let elements: Vec<&str> = segment.split(sign).map(str::trim).collect();
        let element = |at: usize| elements.get(at).copied().unwrap_or_default();
        let id = element(0).to_ascii_uppercase();
        let fault = self.envelope.take(&id, element(1));
        self.fault = fault.map(|fault| (number, fault)).or(self.fault.take());
        match id.as_str() {
            "CLM" | "CLP" => {
                self.end_number(&id);
                return self.begin_claim(element(1));
            }
            // A status (277) and a request (278) have their claims by levels, not by CLM.
            "HL" | "TRN" | "ST" => return self.begin_claim(""),
            "LX" => {
                self.end_number(&id);
                element(1).clone_into(&mut self.line);
                self.part = Part::Number;
                return self.current.take();
            }
            "HI" if element(1).len() > 2 && matches!(element(1).get(..2), Some("BO" | "BP")) => {
                self.requests += 1;
            }
            "SV4" | "SV6" => {
                self.others += 1;
                self.part = Part::Service;
                return self.current.take();
            }
            "EQ" if !element(2).is_empty() => self.others += 1,
            "EB" if !element(13).is_empty() => self.others += 1,
            "SE" | "GE" | "IEA" => {
                self.end_number(&id);
                return self.current.take();
            }
            "DTP" => self.put_days(element(1), element(3)),
            "DTM" => self.put_days(element(1), element(2)),
            "REF" if element(1) == "6R" => self.take_own_number(element(2)),
            "LIN" | "CTP" if self.part != Part::Service => self.early += 1,
            "LIN" => self.take_package(&elements),
            "CTP" if !self.is_other_package => self.take_quantity(element(4), element(5)),
            service => {
                let known = SERVICES.iter().find(|(id, ..)| *id == service);
                let (id, composite, units, measure) = known?;
                let (composite, units) = (element(*composite), element(*units));
                let units = &in_measure(units, measure.map_or("UN", element));
                let before = self.take_service(id, composite, units, component, segment, number);
                if let ("SVC", Some(line)) = (*id, self.line_of_segments()) {
                    for (at, what) in [
                        (6, "code as submitted (SVC06)"),
                        (7, "number of units as submitted (SVC07)"),
                    ] {
                        if !element(at).is_empty() && element(at) != units {
                            line.say_unread(what, element(at));
                        }
                    }
                }
                return before;
            }
        }
        None
    }

    /// The number of parts with services that are not checked, and what they are called.
    pub(super) fn not_checked(&self) -> [(u64, &'static str); 5] {
        [
            (self.without_code, "service lines without a procedure code"),
            (self.requests, "HI segments with procedure codes (BO, BP)"),
            (self.others, "services in segments SV4, SV6, EQ and EB"),
            (
                self.early,
                "segments DTP, LIN and CTP before the service of their line",
            ),
            (self.empty_numbers, "line numbers (LX) without a service"),
        ]
    }

    /// Begins a claim; returns the last line of the one before.
    fn begin_claim(&mut self, id: &str) -> Option<ServiceLine> {
        id.clone_into(&mut self.claim);
        self.line.clear();
        self.claim_days = ClaimLine::default();
        self.claim_day_fault = None;
        self.part = Part::Claim;
        self.current.take()
    }

    /// The last service line.
    pub(crate) fn finish(&mut self) -> Option<ServiceLine> {
        self.current.take()
    }

    fn take_service(
        &mut self,
        id: &str,
        composite: &str,
        units: &str,
        component: Option<char>,
        segment: &str,
        number: u64,
    ) -> Option<ServiceLine> {
        let is_second = self.say_second_service(id, composite);
        self.part = Part::Service;
        if composite.is_empty() {
            self.without_code += 1;
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
            line.units = Some(units)
                .filter(|units| !units.is_empty())
                .map(Value::from);
            line.line_id = line_id(&self.claim, &self.line);
            line.readings.extend(is_second);
            // What an 835 (SVC) and a dentist (SV3) leave out is one.
            if units.is_empty() && matches!(id, "SV1" | "SV2" | "SV5") {
                line.say_no_units();
            }
            line
        });
        self.is_billed = id != "SVD";
        self.is_other_package = false;
        self.has_own_number = false;
        self.current.replace(ServiceLine {
            number,
            claim: self.claim.clone(),
            line: self.line.clone(),
            segment: segment.to_owned(),
            read,
            claim_days: match &self.claim_day_fault {
                Some(fault) => Err(fault.clone()),
                None => Ok(self.claim_days.clone()),
            },
        })
    }

    pub(super) fn line_of_segments(&mut self) -> Option<&mut ClaimLine> {
        self.current.as_mut()?.read.as_mut().ok()
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_have_the_days_of_their_segments_else_of_the_claim() {
        let mut assembler = Assembler::default();
        let mut lines = Vec::new();
        for segment in [
            "CLM*A37*100",
            "DTP*434*RD8*20260101-20260105",
            "LX*1",
            "SV2*0636*HC>J1640*100*UN*336",
            "SVD*00850*50*HC>J1642**336",
            "LX*2",
            "SV2*0120**1500*DA*3",
            "LX*3",
            "SV1*HC>E0601>RR*100*UN*1",
            "SV5*HC>E0601*DA*30*50*50*1",
            "DTP*472*RD8*20260110-20260120",
            "REF*6R*own",
            "CLM*B*1",
            "LX*1",
            "SV1*HC>E0100*100*UN*1",
            "DTP*472*D8*2026",
            "CLM*C*1",
            "DTP*434*RD8*20261301-20261305",
            "LX*1",
            "SV2*0636*HC>E0100*100*UN*1",
            "LX*2",
            "SV2*0636*HC>E0105*100*UN*1",
            "DTP*472*D8*20260110",
            "LX*3",
            "SV1*HC*1*UN*1",
            "SV1*HC>JZ*1*UN*1",
        ] {
            lines.extend(assembler.take(segment, '*', Some('>'), 1));
        }
        lines.extend(assembler.finish());
        let shown: Vec<String> = lines
            .into_iter()
            .map(|line| match line.into_claim() {
                Ok(line) => format!(
                    "{} {:?} {:?} {:?}",
                    line.code, line.line_id, line.dos, line.dos_through
                ),
                Err(error) => error.to_string(),
            })
            .collect();
        assert_eq!(
            shown,
            [
                "J1640 Some(String(\"A37-1\")) Some(Date(2026-01-01)) Some(Date(2026-01-05))",
                "E0601 Some(String(\"own\")) Some(Date(2026-01-10)) Some(Date(2026-01-20))",
                "`2026` is no day; write YYYY-MM-DD",
                "`20261301-20261305` is no day; write YYYY-MM-DD",
                "E0105 Some(String(\"C-2\")) Some(Date(2026-01-10)) None",
                "`HC` has no procedure code",
                "`HC>JZ` has no procedure code",
            ]
        );
        assert_eq!(assembler.without_code, 1);
    }
}
