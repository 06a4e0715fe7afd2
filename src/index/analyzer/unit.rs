//! Units in the ways they are written, and plain numbers.

/// Units in the ways they are written, each with the one that is indexed.
const UNITS: &[(&str, &str)] = &[
    ("cc", "ml"),
    ("centimeter", "cm"),
    ("cm", "cm"),
    ("g", "g"),
    ("gauge", "gauge"),
    ("gm", "g"),
    ("gms", "g"),
    ("gram", "g"),
    ("grams", "g"),
    ("hour", "hour"),
    ("hours", "hour"),
    ("hr", "hour"),
    ("hrs", "hour"),
    ("inch", "inch"),
    ("inches", "inch"),
    ("iu", "unit"),
    ("kg", "kg"),
    ("l", "l"),
    ("lb", "lb"),
    ("lbs", "lb"),
    ("liter", "l"),
    ("liters", "l"),
    ("litre", "l"),
    ("litres", "l"),
    ("mcg", "mcg"),
    ("mci", "mci"),
    ("meq", "meq"),
    ("mg", "mg"),
    ("mgs", "mg"),
    ("microcurie", "uci"),
    ("microcuries", "uci"),
    ("microgram", "mcg"),
    ("micrograms", "mcg"),
    ("millicurie", "mci"),
    ("millicuries", "mci"),
    ("milligram", "mg"),
    ("milligrams", "mg"),
    ("milliliter", "ml"),
    ("milliliters", "ml"),
    ("millilitre", "ml"),
    ("millilitres", "ml"),
    ("min", "min"),
    ("mins", "min"),
    ("minute", "min"),
    ("minutes", "min"),
    ("ml", "ml"),
    ("mls", "ml"),
    ("mm", "mm"),
    ("ounce", "oz"),
    ("ounces", "oz"),
    ("oz", "oz"),
    ("pound", "lb"),
    ("pounds", "lb"),
    ("u", "unit"),
    ("uci", "uci"),
    ("ug", "mcg"),
    ("unit", "unit"),
    ("units", "unit"),
    ("µg", "mcg"),
    ("μg", "mcg"),
];

/// The unit that a word writes, as it is indexed.
pub(crate) fn unit(word: &str) -> Option<&'static str> {
    // Few have the length of the word: comparing lengths beats a binary search.
    let found = UNITS.iter().find(|(written, _)| *written == word);
    found.map(|(_, unit)| *unit)
}

/// Whether a term is a plain number.
pub(crate) fn is_number(term: &str) -> bool {
    term.starts_with(|char: char| char.is_ascii_digit())
        && term
            .bytes()
            .all(|byte| byte.is_ascii_digit() || byte == b'.')
}
