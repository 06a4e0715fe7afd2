//! Claim lines from the segments of X12: whole 837 and 835 files, and single segments.

use serde_json::Value;

use super::claim_line::ClaimLine;
use super::x12_envelope::Envelope;
use super::x12_segment::SERVICES;
use super::x12_service_line::{ServiceLine, line_id};
use crate::error::{Error, Result, excerpt};

/// Assembles service lines from segments.
#[derive(Default)]
pub(crate) struct Assembler {
    pub(super) claim: String,
    pub(super) line: String,
    /// The days of the claim, for lines without days of their own.
    pub(super) claim_days: ClaimLine,
    /// What is wrong with these days.
    pub(super) claim_day_fault: Option<String>,
    pub(super) current: Option<ServiceLine>,
    /// Whether the current line is billed, and not what another payer has paid for it.
    pub(super) is_billed: bool,
    /// Whether the current line has another drug package before that of the last `LIN`.
    is_second_package: bool,
    /// The number of service lines without a procedure code, such as those of a room.
    without_code: u64,
    /// The number of segments of a request for services (278) with procedure codes, which are not
    /// read.
    requests: u64,
    /// The number of segments of other kinds that name services.
    others: u64,
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
                let before = self.current.take();
                element(1).clone_into(&mut self.claim);
                self.line.clear();
                self.claim_days = ClaimLine::default();
                self.claim_day_fault = None;
                return before;
            }
            "LX" => {
                element(1).clone_into(&mut self.line);
                return self.current.take();
            }
            "HI" if element(1).len() > 2 && matches!(element(1).get(..2), Some("BO" | "BP")) => {
                self.requests += 1;
            }
            "SV4" | "SV6" => {
                self.others += 1;
                return self.current.take();
            }
            "EQ" if !element(2).is_empty() => self.others += 1,
            "EB" if !element(13).is_empty() => self.others += 1,
            "HL" | "SE" | "ST" | "GE" | "IEA" => return self.current.take(),
            "DTP" => self.put_days(element(1), element(3)),
            "DTM" => self.put_days(element(1), element(2)),
            "REF" if element(1) == "6R" => {
                if let Some(line) = self.line_of_segments() {
                    line.line_id = Some(Value::from(element(2)));
                }
            }
            "LIN" => {
                let pairs = elements
                    .iter()
                    .skip(2)
                    .zip(elements.iter().skip(3))
                    .step_by(2);
                let ndc = pairs
                    .filter(|(kind, _)| **kind == "N4")
                    .map(|(_, ndc)| *ndc)
                    .next();
                let has_one = |line: &mut ClaimLine| line.ndc.is_some();
                self.is_second_package = self.line_of_segments().is_some_and(has_one);
                let is_second = self.is_second_package;
                match (self.line_of_segments(), ndc) {
                    (Some(line), Some(ndc)) if is_second => line.readings.push(format!(
                        "its second drug package, `{}`, is not read",
                        excerpt(ndc)
                    )),
                    (Some(line), Some(ndc)) => line.ndc = Some(ndc.to_owned()),
                    _ => {}
                }
            }
            "CTP" if !self.is_second_package => {
                let unit = element(5)
                    .split(|letter: char| !letter.is_alphanumeric())
                    .next();
                let (quantity, unit) = (element(4).to_owned(), unit.unwrap_or_default().to_owned());
                if let Some(line) = self.line_of_segments() {
                    line.ndc_quantity = Some(quantity).filter(|text| !text.is_empty());
                    line.ndc_unit = Some(unit).filter(|text| !text.is_empty());
                }
            }
            service => {
                let known = SERVICES.iter().find(|(id, ..)| *id == service);
                let (id, composite, units) = known?;
                let (composite, units) = (element(*composite), element(*units));
                let before = self.take_service(id, composite, units, component, segment, number);
                if let ("SVC", true, Some(line)) =
                    (*id, !element(6).is_empty(), self.line_of_segments())
                {
                    line.say_unread("code as submitted (SVC06)", element(6));
                }
                return before;
            }
        }
        None
    }

    /// The number of parts with services that are not checked, and what they are called.
    pub(super) fn not_checked(&self) -> [(u64, &'static str); 3] {
        [
            (self.without_code, "service lines without a procedure code"),
            (self.requests, "HI segments with procedure codes (BO, BP)"),
            (self.others, "services in segments SV4, SV6, EQ and EB"),
        ]
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
            line
        });
        self.is_billed = id != "SVD";
        self.is_second_package = false;
        self.current.replace(ServiceLine {
            number,
            claim: self.claim.clone(),
            line: self.line.clone(),
            segment: segment.to_owned(),
            read,
            claim_days: match &self.claim_day_fault {
                Some(fault) => Err(fault.clone()),
                None => Ok((self.claim_days.dos, self.claim_days.dos_through)),
            },
        })
    }

    fn line_of_segments(&mut self) -> Option<&mut ClaimLine> {
        self.current.as_mut()?.read.as_mut().ok()
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
