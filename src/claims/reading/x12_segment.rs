//! The segments of X12 by which a text is recognised as one.

/// The segments with a procedure, and the positions of its composite and of the units.
pub(super) const SERVICES: &[(&str, usize, usize)] = &[
    ("SV1", 1, 4),
    ("SV2", 2, 5),
    ("SV3", 1, 6),
    ("SV5", 1, 3),
    ("SVC", 1, 5),
    ("SVD", 3, 5),
];

/// Other segments that identify a text as X12.
const OTHERS: &[&str] = &[
    "ISA", "GS", "ST", "BHT", "HL", "NM1", "CLM", "CLP", "LX", "DTP", "DTM", "LIN", "CTP", "REF",
    "SE", "GE", "IEA", "N1", "PRV", "SBR", "HI", "TS2", "TS3", "BPR", "TRN", "CAS", "AMT", "PLB",
];

/// The segment of a text: its id and its element separator; `None` if it is not a segment.
pub(crate) fn segment_of(text: &str) -> Option<(&'static str, char)> {
    let known = SERVICES.iter().map(|(id, ..)| id).chain(OTHERS);
    let text = text.trim_start();
    known.copied().find_map(|id| {
        let own = text.get(..id.len())?;
        let sign = text[own.len()..].chars().next()?;
        let is_sign =
            !sign.is_alphanumeric() && !sign.is_whitespace() && !matches!(sign, '-' | ',' | ';');
        (is_sign && own.eq_ignore_ascii_case(id)).then_some((id, sign))
    })
}
