//! The segments of X12 by which a text is recognised as one.

/// The segments with a procedure, and the positions of its composite, of the units, and of what
/// they are units of, where a segment says it.
pub(super) const SERVICES: &[(&str, usize, usize, Option<usize>)] = &[
    ("SV1", 1, 4, Some(3)),
    ("SV2", 2, 5, Some(4)),
    ("SV3", 1, 6, None),
    ("SV5", 1, 3, Some(2)),
    ("SVC", 1, 5, None),
    ("SVD", 3, 5, None),
];

/// Other segments that identify a text as X12.
const OTHERS: &[&str] = &[
    "ISA", "GS", "ST", "BHT", "HL", "NM1", "CLM", "CLP", "LX", "DTP", "DTM", "LIN", "CTP", "REF",
    "SE", "GE", "IEA", "N1", "PRV", "SBR", "HI", "TS2", "TS3", "BPR", "TRN", "CAS", "AMT", "PLB",
    "SV4", "SV6", "EQ", "EB",
];

/// The element separators of X12 that occur; control characters too.
const SEPARATORS: &[char] = &['*', '|', '^', '>', '!', '~', '\\'];

/// Where the interchange header has its first separators: its elements have fixed lengths, so that
/// it may define any sign.
const PLACES: [usize; 4] = [3, 6, 17, 20];

/// The segment of a text: its id and its element separator; `None` if it is not a segment. The
/// name of a column, such as `CLM_ID`, is none.
pub(crate) fn segment_of(text: &str) -> Option<(&'static str, char)> {
    let known = SERVICES.iter().map(|(id, ..)| id).chain(OTHERS);
    let text = text.trim_start();
    known.copied().find_map(|id| {
        let own = text.get(..id.len())?;
        let sign = text[own.len()..].chars().next()?;
        let is_sign = SEPARATORS.contains(&sign)
            || (sign.is_control() && !sign.is_whitespace())
            || is_interchange(text);
        (is_sign && own.eq_ignore_ascii_case(id)).then_some((id, sign))
    })
}

/// Whether a text among segments with an element separator has the form of one, such as
/// `NTE*ADD*`, that has nothing to say of services.
pub(super) fn is_like_a_segment(text: &str, sign: char) -> bool {
    let id = text.trim_start().split_once(sign).map(|(id, _)| id);
    id.is_some_and(|id| {
        matches!(id.len(), 2 | 3)
            && id.starts_with(|first: char| first.is_ascii_alphabetic())
            && id.bytes().all(|byte| byte.is_ascii_alphanumeric())
    })
}

/// Whether a text begins with the header of an interchange.
pub(crate) fn is_interchange(text: &str) -> bool {
    let bytes = text.trim_start().as_bytes();
    let signs = PLACES.map(|at| bytes.get(at));
    let is_sign = |sign: &u8| sign.is_ascii() && !sign.is_ascii_alphanumeric();
    bytes.starts_with(b"ISA")
        && signs[0].is_some_and(is_sign)
        && signs.iter().all(|own| *own == signs[0])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn other_segments_have_the_form_of_one() {
        for text in ["NTE*ADD*x", " K3*1", "PWK*OZ*BM", "hcp*00"] {
            assert!(is_like_a_segment(text, '*'), "{text}");
        }
        for text in ["J1640*JW", "J1640 JW", "NTE|ADD", "99*1", "E*1", "JW"] {
            assert!(!is_like_a_segment(text, '*'), "{text}");
        }
    }

    #[test]
    fn the_name_of_a_column_is_no_segment() {
        for (id, ..) in SERVICES {
            assert!(segment_of(&format!("{id}*1")).is_some());
        }
        for id in OTHERS {
            assert!(segment_of(&format!("{id}|1")).is_some());
            for sign in [
                "_", "#", ".", "/", ":", ",", ";", "\t", " ", "-", "(", "\"", "=", "+",
            ] {
                let name = format!("{id}{sign}ID,HCPCS");
                assert!(segment_of(&name).is_none(), "{name}");
            }
        }
        let head = "ISA+00+          +00+          +ZZ+A";
        assert_eq!(segment_of(head), Some(("ISA", '+')));
    }
}
