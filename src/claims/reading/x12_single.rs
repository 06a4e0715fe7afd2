//! A claim line from a single service segment of X12, with or without those that belong to it.

use super::claim_line::ClaimLine;
use super::x12::Assembler;
use super::x12_segment::segment_of;
use crate::error::{Error, Result};

/// The claim line of a text that is a service segment, alone or with the segments that belong to
/// it.
pub(crate) fn single_line(text: &str) -> Option<Result<ClaimLine>> {
    let (_, sign) = segment_of(text)?;
    let mut assembler = Assembler::default();
    let mut lines = Vec::new();
    for segment in text.split(['~', '\n', '\r']) {
        lines.extend(assembler.take(segment, sign, None, 1));
    }
    lines.extend(assembler.finish());
    let mut lines = lines.into_iter();
    Some(match (lines.next(), lines.next()) {
        (Some(line), None) => line.into_claim(),
        (Some(_), Some(_)) => Err(Error::query(
            "several service lines are on one line; give the file as it is",
        )),
        (None, _) => Err(Error::query(
            "a segment of X12 without a procedure code; give SV1, SV2, SV5 or SVD",
        )),
    })
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use super::*;

    #[test]
    fn single_segments() {
        for text in [
            "SV1*HC:J1640:JW*100*UN*336***1~",
            "SV2*0636*HC:J1640:JW*100*UN*336~",
            "SVD*00850*50*HC:J1640:JW**336~",
            "SVC*HC:J1640:JW*100*80**336~",
            "SV1|HC^J1640^JW|100|UN|336",
            "sv1*hc>j1640>jw*100*un*336",
            "LX*1~SV1*HC:J1640:JW::::hemin*100*UN*336~DTP*472*D8*20260115~LIN**N4*55292070255~CTP****336*UN~",
        ] {
            let line = single_line(text).unwrap().unwrap();
            assert_eq!(
                (&*line.code, line.modifiers.join(" ")),
                ("J1640", "JW".to_owned()),
                "{text}"
            );
            assert_eq!(line.units, Some(Value::from("336")), "{text}");
        }
        for (text, units) in [
            ("SV1*HC:J1640*1*MJ*60", "60 MJ"),
            ("SV2*0636*HC:J1640*1*DA*3", "3 DA"),
            ("SV5*HC:E0601*mo*1", "1 mo"),
            ("SV1*HC:J1640*1**2", "2"),
            ("SV1*HC:J1640*1*un*2", "2"),
        ] {
            let line = single_line(text).unwrap().unwrap();
            assert_eq!(line.units, Some(Value::from(units)), "{text}");
        }
        for other in [
            "J1640 JW",
            "HC:J1640:JW",
            "E0601-RR",
            "SV1",
            "CTP,5",
            "LX 1",
        ] {
            assert!(single_line(other).is_none(), "{other}");
        }
        assert!(single_line("DTP*472*D8*20260115").unwrap().is_err());
        // twelve bytes, of which the eighth is within a letter
        let odd_day = "SV1*HC:J1640*1~DTP*472*D8*20id\":€“";
        assert!(single_line(odd_day).unwrap().is_err());
        assert!(
            single_line("SV1*HC:J1640*1~SV1*HC:E0601*1")
                .unwrap()
                .is_err()
        );
    }
}
