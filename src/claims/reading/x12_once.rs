//! What stands once in a service line of X12, and is said where it stands again.

use serde_json::Value;

use super::x12::{Assembler, Part};
use crate::error::excerpt;

impl Assembler {
    /// Takes the sender's own number of a line (`REF*6R`).
    pub(super) fn take_own_number(&mut self, number: &str) {
        let is_second = std::mem::replace(&mut self.has_own_number, true);
        let Some(line) = self.line_of_segments() else {
            return;
        };
        let number = Value::from(number);
        if !is_second {
            line.line_id = Some(number);
        } else if line.line_id.as_ref() != Some(&number) {
            let number = number.as_str().unwrap_or_default();
            line.say_unread("second line control number (REF*6R)", number);
        }
    }

    /// Counts a line number behind which no service came.
    pub(super) fn end_number(&mut self, id: &str) {
        // In an 835, a number (LX) is of a group of claims (CLP).
        if self.part == Part::Number && id != "CLP" {
            self.empty_numbers += 1;
            self.part = Part::Claim;
        }
    }

    /// Says of the current line that its number has a second service, and returns what to say of
    /// that one. In an 835, services (SVC) follow each other without numbers.
    pub(super) fn say_second_service(&mut self, id: &str, composite: &str) -> Option<String> {
        let is_numbered = self.part == Part::Service && !self.line.is_empty();
        if !is_numbered || !matches!(id, "SV1" | "SV2" | "SV3") {
            return None;
        }
        let said = format!("its line number (LX) {} has two services", self.line);
        let also = format!("{said}, also `{}`", excerpt(composite));
        if let Some(line) = self.line_of_segments() {
            line.readings.push(also);
        }
        Some(said)
    }
}

#[cfg(test)]
mod tests {
    use super::super::reader::ClaimReader;

    #[test]
    fn what_stands_once_and_stands_twice_is_said() {
        let whole = "CLM*A*1~LX*1~SV1*HC:J1640*1*UN*1~DTP*472*D8*20260105~";
        for (twice, other, said) in [
            ("REF*6R*one~", "REF*6R*two~", "`two`"),
            (
                "LIN**N4*55292070255~",
                "LIN**N4*00409379501~",
                "`00409379501`",
            ),
            ("LIN**N4*55292070255~CTP****1*UN~", "CTP****2*UN~", "`2 UN`"),
            ("LIN**N4*55292070255~CTP****1*UN~", "CTP****1*ML~", "`1 ML`"),
            ("LIN**N4*55292070255", "*N4*00409379501~", "`00409379501`"),
            (
                "LIN**N4*55292070255~",
                "LIN**UK*00012345678905~",
                "`UK:00012345678905`",
            ),
            (
                "",
                "LIN**UK*00012345678905~CTP****1*UN~",
                "`UK:00012345678905`",
            ),
            (
                "SV5*HC:J1640*DA*1~",
                "SV1*HC:J1642*1*UN*1~",
                "also `HC:J1642`",
            ),
            ("", "SV2*0250**1*UN*1~", "has two services"),
            (
                "",
                "LX*2~",
                "numbers (LX) without a service, not checked: 1",
            ),
        ] {
            let read = |text: &str| {
                let mut reader = ClaimReader::new(text.as_bytes());
                let line = reader.next_line().unwrap().unwrap().claim.unwrap();
                let mut said = line.readings.join("; ");
                while reader.next_line().unwrap().is_some() {}
                said.push_str(&reader.notices().join("; "));
                (line.line_id, line.ndc, line.ndc_quantity, said)
            };
            let end = "LX*9~SV1*HC:E0601*1*UN*1~DTP*472*D8*20260105~SE*9*1~IEA*1*1~";
            let once = read(&format!("{whole}{twice}~{end}"));
            let both = read(&format!("{whole}{twice}{other}{end}"));
            assert!(both.3.contains(said), "{other}: {}", both.3);
            assert!(!once.3.contains(said), "{other}: {}", once.3);
            assert_eq!(
                (once.0, once.1, once.2),
                (both.0, both.1, both.2),
                "{other}"
            );
            if twice.ends_with('~') && !other.starts_with("SV") {
                let same = read(&format!("{whole}{twice}{twice}{end}"));
                assert_eq!(same.3, once.3, "{twice}");
            }
        }
        // A number at the end is counted once, whatever ends behind it.
        let open = format!("{whole}LX*2~SE*9*1~GE*1*1~IEA*1*1~");
        let mut reader = ClaimReader::new(open.as_bytes());
        while reader.next_line().unwrap().is_some() {}
        assert!(reader.notices().join("; ").ends_with("not checked: 1"));
        // Segments that say nothing of services are no lines, without an interchange too.
        let others = format!("{whole}NTE*ADD*x~K3*1~PWK*OZ*BM~");
        let mut reader = ClaimReader::new(others.as_bytes());
        assert!(reader.next_line().unwrap().unwrap().claim.is_ok());
        assert!(reader.next_line().unwrap().is_none());
        let remittance = "LX*1~CLP*A*1~SVC*HC:J1640*1*1~DTM*472*20260105~SVC*HC:E0601*1*1~\
             DTM*472*20260105~LX*2~CLP*B*1~SVC*HC:E0601*1*1~DTM*472*20260105~SE*9*1~";
        let mut reader = ClaimReader::new(remittance.as_bytes());
        while let Some(line) = reader.next_line().unwrap() {
            assert_eq!(line.claim.unwrap().readings.len(), 0);
        }
        let said = reader.notices().join("; ");
        assert!(!said.contains("LX"), "{said}");
    }
}
