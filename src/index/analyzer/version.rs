//! The number of the analysis: an index says by which it was built.

/// Raised when the same text gives other terms than before; an index of another number answers, and
/// says so.
pub(crate) const ANALYSIS: u32 = 2;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::index::analyzer::analysis::analyze;

    /// Texts of the project's own with all that the analyzer knows.
    const TEXTS: [&str; 12] = [
        "Injection of a made-up drug (Brandname), not otherwise specified, per 0.1 mg",
        "Drug for injection, 1,000 units in 10 ml; 3.6mg, 50 % dextrose/water",
        "Non-sterile gauze pads, 16 sq. in. or less, without adhesive border, each dressing",
        "Lower-extremity prostheses, batteries, wheelchairs, knees, feet, axes, lenses, species",
        "Co-pay of a self-adhesive post-op shoe with inlay, anti-tip wheels and U-shaped grip",
        "55292-0702-55 and 5529270255, J1640 and E0601RR, 2.5x3 cm, 1/2 in, 10–20 ml",
        "Café crème, ﬁne naïve ligature, µg and μg, non\u{ad}sterile, zero\u{200b}width, ½ cup",
        "Not therapeutically equivalent to J1596, other than oral, except for use without pump",
        "Each additional hour (list separately); with or without heat, w/o humidifier, w/ mask",
        "Patient's own supply: 24-hour, 7 days, 2nd visit, per visit, up to 30 minutes",
        "Type III (iii) versus type iv; vitamin B12 and K1, HER2-positive, CD-19, COVID-19",
        "Rental of equipment over the age of 18 years, 70 kg, 5 mg/kg, 75 mg/m2, 10 mCi",
    ];
    /// BLAKE3 of their terms under [`ANALYSIS`]; if it differs, raise that number.
    const DIGEST: (u32, &str) = (2, "79ebfc30b39174c3");

    #[test]
    fn other_terms_raise_the_number() {
        let mut hasher = blake3::Hasher::new();
        for text in TEXTS {
            hasher.update(format!("{:?}\n", analyze(text)).as_bytes());
        }
        let digest = hasher.finalize().to_hex();
        assert_eq!((ANALYSIS, &digest[..16]), DIGEST);
    }
}
