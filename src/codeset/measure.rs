//! `Measure`: a unit of measure, how it is written, and what it converts to.

use std::fmt;

use super::decimal::Decimal;
use super::measure_kind::MeasureKind;
use super::measure_kind::MeasureKind as Kind;

/// A unit of measure, such as the milligram.
///
/// ```
/// use hcpcs::codeset::Measure;
///
/// let gram = Measure::of_word("grams").unwrap();
/// assert_eq!(gram.symbol(), "g");
/// assert!(gram.converts_to(Measure::of_word("mcg").unwrap()));
/// assert!(!gram.converts_to(Measure::of_word("ml").unwrap()));
/// ```
#[derive(Clone, Copy)]
pub struct Measure(&'static Row);

/// A row of the table of units.
struct Row {
    symbol: &'static str,
    /// The unit as an index term.
    term: &'static str,
    kind: MeasureKind,
    /// This unit in the smallest unit of its kind: a number and its decimal places.
    scale: (i32, u32),
    /// The words that an index reads as the unit, in lower case.
    indexed: &'static [&'static str],
    /// More words for it, which mean something else outside a dose.
    other: &'static [&'static str],
}

const fn row(
    symbol: &'static str,
    term: &'static str,
    kind: MeasureKind,
    scale: (i32, u32),
    indexed: &'static [&'static str],
    other: &'static [&'static str],
) -> Row {
    Row {
        symbol,
        term,
        kind,
        scale,
        indexed,
        other,
    }
}

/// The units. The pound and the inch are exact by definition, and so is the curie:
/// 37,000,000,000 becquerels.
#[rustfmt::skip]
const ROWS: &[Row] = &[
    row("mg", "mg", Kind::Mass, (1, 0), &["mg", "mgs", "milligram", "milligrams"], &[]),
    row("ml", "ml", Kind::Volume, (1, 0), &[
        "ml", "cc", "mls", "milliliter", "milliliters", "millilitre", "millilitres",
    ], &["ccs"]),
    row("units", "unit", Kind::Activity, (1, 0), &["unit", "units", "iu", "u"], &["ius"]),
    row("mcg", "mcg", Kind::Mass, (1, 3), &[
        "mcg", "microgram", "micrograms", "ug", "µg", "μg",
    ], &["mcgs"]),
    row("g", "g", Kind::Mass, (1_000, 0), &["g", "gm", "gms", "gram", "grams"], &[]),
    row("kg", "kg", Kind::Mass, (1_000_000, 0), &["kg"], &["kgs", "kilogram", "kilograms"]),
    row("lb", "lb", Kind::Mass, (45_359_237, 2), &["lb", "lbs", "pound", "pounds"], &[]),
    row("ng", "ng", Kind::Mass, (1, 6), &[], &["ng", "nanogram", "nanograms"]),
    row("oz", "oz", Kind::Ounce, (1, 0), &["ounce", "ounces", "oz"], &[]),
    row("l", "l", Kind::Volume, (1_000, 0), &["l", "liter", "liters", "litre", "litres"], &[]),
    row("mCi", "mci", Kind::Radioactivity, (37_000_000, 0), &[
        "mci", "millicurie", "millicuries",
    ], &[]),
    row("µCi", "uci", Kind::Radioactivity, (37_000, 0), &[
        "uci", "microcurie", "microcuries",
    ], &["µci", "μci"]),
    row("MBq", "mbq", Kind::Radioactivity, (1_000_000, 0), &[], &["mbq", "megabecquerel", "megabecquerels"]),
    row("GBq", "gbq", Kind::Radioactivity, (1_000_000_000, 0), &[], &["gbq", "gigabecquerel", "gigabecquerels"]),
    row("mEq", "meq", Kind::Equivalent, (1, 0), &["meq"], &["milliequivalent", "milliequivalents"]),
    row("gauge", "gauge", Kind::Gauge, (1, 0), &["gauge"], &[]),
    row("mm", "mm", Kind::Length, (1, 0), &["mm"], &["millimeter", "millimeters"]),
    row("cm", "cm", Kind::Length, (10, 0), &["centimeter", "cm"], &["centimeters"]),
    row("inch", "inch", Kind::Length, (254, 1), &["inch", "inches"], &[]),
    row("foot", "foot", Kind::Length, (3048, 1), &[], &["foot", "feet"]),
    row("mile", "mile", Kind::Distance, (1, 0), &[], &["mile", "miles"]),
    row("min", "min", Kind::Time, (1, 0), &["min", "mins", "minute", "minutes"], &[]),
    row("hour", "hour", Kind::Time, (60, 0), &["hour", "hours", "hr", "hrs"], &[]),
    row("day", "day", Kind::Day, (1, 0), &[], &["day", "days", "diem"]),
    row("month", "month", Kind::Month, (1, 0), &[], &["month", "months", "month's"]),
    row("m²", "m2", Kind::BodySurface, (1, 0), &[], &["m2", "m²"]),
    row("calories", "calorie", Kind::Energy, (1, 0), &[], &["calorie", "calories"]),
    row("cells", "cell", Kind::Cells, (1, 0), &[], &["cells"]),
    row("vector genomes", "vg", Kind::VectorGenomes, (1, 0), &[], &["vg"]),
    row("PFU", "pfu", Kind::PlaqueFormingUnits, (1, 0), &[], &["pfu"]),
];

/// The units of area, by the words that follow `square`. CMS prints "cenitmeter" in two codes.
#[rustfmt::skip]
const SQUARES: &[Row] = &[
    row("sq cm", "sqcm", Kind::Area, (100, 0), &["centimeter", "centimeters", "cm"], &["cenitmeter"]),
    row("sq in", "sqin", Kind::Area, (64_516, 2), &["in", "inch", "inches"], &[]),
    row("sq mm", "sqmm", Kind::Area, (1, 0), &[], &["millimeter", "millimeters", "mm"]),
];

fn find(rows: &'static [Row], is: impl Fn(&Row) -> bool) -> Option<Measure> {
    rows.iter().find(|row| is(row)).map(Measure)
}

impl Measure {
    /// The unit of a word in lower case.
    #[must_use]
    pub fn of_word(word: &str) -> Option<Self> {
        find(ROWS, |row| {
            row.indexed.contains(&word) || row.other.contains(&word)
        })
    }

    /// The unit of area of a word that follows `square`.
    #[must_use]
    pub fn of_square(word: &str) -> Option<Self> {
        find(SQUARES, |row| {
            row.indexed.contains(&word) || row.other.contains(&word)
        })
    }

    /// The index term for the unit of a word, or of a word that follows `square`.
    pub(crate) fn term(word: &str, is_square: bool) -> Option<&'static str> {
        let rows = if is_square { SQUARES } else { ROWS };
        find(rows, |row| row.indexed.contains(&word)).map(|found| found.0.term)
    }

    /// The unit that an index term names.
    pub(crate) fn of_term(term: &str) -> Option<Self> {
        let is = |row: &Row| row.term == term && !row.indexed.is_empty();
        find(ROWS, is).or_else(|| find(SQUARES, is))
    }

    /// A number of this unit in another unit of its kind, with the precision of a float: for
    /// likeness, never for billing.
    pub(crate) fn convert(self, number: f64, other: Self) -> f64 {
        let scale =
            |(number, places): (i32, u32)| (f64::from(number), f64::from(10_u32.pow(places)));
        let ((mine, divisor), (theirs, factor)) = (scale(self.0.scale), scale(other.0.scale));
        number * mine * factor / (divisor * theirs)
    }

    /// The unit as it is shown, such as `mg` or `sq cm`.
    #[must_use]
    pub fn symbol(self) -> &'static str {
        self.0.symbol
    }

    /// What the unit measures.
    #[must_use]
    pub fn kind(self) -> MeasureKind {
        self.0.kind
    }

    /// Whether amounts in the one unit can be written in the other.
    #[must_use]
    pub fn converts_to(self, other: Self) -> bool {
        self.kind() == other.kind()
    }

    /// How many of the smallest unit of its kind one of these is.
    pub(super) fn scale(self) -> Decimal {
        let (number, places) = self.0.scale;
        Decimal::of(number.into(), places)
    }
}

impl PartialEq for Measure {
    fn eq(&self, other: &Self) -> bool {
        self.0.symbol == other.0.symbol
    }
}

impl Eq for Measure {}

impl fmt::Display for Measure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.0.symbol)
    }
}

impl fmt::Debug for Measure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Measure({self})")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_word_writes_two_units() {
        for rows in [ROWS, SQUARES] {
            let mut words: Vec<&str> = rows
                .iter()
                .flat_map(|row| row.indexed.iter().chain(row.other))
                .copied()
                .collect();
            let all = words.len();
            words.sort_unstable();
            words.dedup();
            assert_eq!(words.len(), all);
        }
    }

    #[test]
    fn an_index_takes_only_some_words_for_units() {
        assert_eq!(Measure::term("cc", false), Some("ml"));
        assert_eq!(Measure::term("cm", false), Some("cm"));
        assert_eq!(Measure::term("cm", true), Some("sqcm"));
        assert_eq!(Measure::term("ng", false), None, "a nasogastric tube");
    }

    #[test]
    fn a_curie_in_becquerels() {
        let scale = |word| Measure::of_word(word).unwrap().scale();
        let times = |word, number: u32| scale(word).times(number.into());
        assert_eq!(Some(scale("mci")), times("mbq", 37));
        assert_eq!(Some(scale("mci")), times("uci", 1_000));
    }
}
