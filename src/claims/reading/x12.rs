//! Claim lines from the segments of X12: whole 837 and 835 files, and single segments.

use super::claim_line::ClaimLine;
use super::x12_envelope::Envelope;
use super::x12_service_line::ServiceLine;

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
    pub(super) without_code: u64,
    /// The number of segments of a request for services (278) with procedure codes, which are not
    /// read.
    requests: u64,
    /// The number of segments of other kinds that name services.
    others: u64,
    /// The elements of each segment of a line that comes before its service.
    pub(super) before_service: Vec<Vec<String>>,
    /// The number of segments of drug packages that come before any line.
    early: u64,
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
            "DTP" | "DTM" | "LIN" | "CTP" | "REF" if self.part == Part::Number => {
                let elements = elements.into_iter().map(str::to_owned);
                self.before_service.push(elements.collect());
                None
            }
            id => self.take_elements((id, &elements), component, segment, number),
        }
    }

    /// Takes the elements of a segment, in its place; its name is in capitals.
    fn take_elements(
        &mut self,
        (id, elements): (&str, &[&str]),
        component: Option<char>,
        segment: &str,
        number: u64,
    ) -> Option<ServiceLine> {
        let element = |at: usize| elements.get(at).copied().unwrap_or_default();
        match id {
            "CLM" | "CLP" => {
                self.end_number(id);
                return self.begin_claim(element(1));
            }
            // A status (277) and a request (278) have their claims by levels, not by CLM.
            "HL" | "TRN" | "ST" => return self.begin_claim(""),
            "LX" => {
                self.end_number(id);
                element(1).clone_into(&mut self.line);
                self.part = Part::Number;
                self.before_service.clear();
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
                self.end_number(id);
                return self.current.take();
            }
            "DTP" => self.put_days(element(1), element(2), element(3)),
            "DTM" if element(2).is_empty() => self.put_days(element(1), element(5), element(6)),
            "DTM" => self.put_days(element(1), "", element(2)),
            "REF" if element(1) == "6R" => self.take_own_number(element(2)),
            "LIN" | "CTP" if self.part != Part::Service => self.early += 1,
            "LIN" => self.take_package(elements),
            "CTP" if !self.is_other_package => self.take_quantity(element(4), element(5)),
            _ => return self.take_service(elements, component, segment, number),
        }
        None
    }

    /// Gives the current line the segments of its number that came before its service.
    pub(super) fn take_earlier(&mut self) {
        for elements in std::mem::take(&mut self.before_service) {
            let elements: Vec<&str> = elements.iter().map(String::as_str).collect();
            let id = elements
                .first()
                .copied()
                .unwrap_or_default()
                .to_ascii_uppercase();
            self.take_elements((&id, &elements), None, "", 0);
        }
    }

    /// The number of parts with services that are not checked, and what they are called.
    pub(super) fn not_checked(&self) -> [(u64, &'static str); 5] {
        [
            (self.without_code, "service lines without a procedure code"),
            (self.requests, "HI segments with procedure codes (BO, BP)"),
            (self.others, "services in segments SV4, SV6, EQ and EB"),
            (
                self.early,
                "segments LIN and CTP before the service of their line",
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
        self.before_service.clear();
        self.current.take()
    }

    /// The last service line.
    pub(crate) fn finish(&mut self) -> Option<ServiceLine> {
        self.current.take()
    }

    pub(super) fn line_of_segments(&mut self) -> Option<&mut ClaimLine> {
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
