//! `Decimal`: an exact decimal number, and arithmetic that is exact or refused.

use std::fmt;
use std::str::FromStr;

use rust_decimal::Decimal as Digits;
use serde::{Serialize, Serializer};

/// A decimal number of up to 28 digits, without trailing zeros. No operation rounds it.
///
/// ```
/// use hcpcs::codeset::Decimal;
///
/// let tenth: Decimal = "0.10".parse()?;
/// assert_eq!(tenth.to_string(), "0.1");
/// assert_eq!(tenth.times(3_u32.into()), Some("0.3".parse()?));
/// assert_eq!(Decimal::from(1_u32).over(3_u32.into()), None); // its digits do not end
/// # Ok::<(), hcpcs::codeset::ParseDecimalError>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Decimal(Digits);

/// The text is not a decimal number, or has too many digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a decimal number of at most 28 digits, such as 0.1")]
pub struct ParseDecimalError;

impl Decimal {
    /// One.
    pub const ONE: Self = Self(Digits::ONE);

    /// A number and its decimal places: 15 and 1 are 1.5.
    pub(super) fn of(number: i64, places: u32) -> Self {
        Self(Digits::new(number, places).normalize())
    }

    /// Whether it is zero.
    #[must_use]
    pub fn is_zero(self) -> bool {
        self.0.is_zero()
    }

    /// Whether it is more than zero.
    #[must_use]
    pub fn is_positive(self) -> bool {
        self.0 > Digits::ZERO
    }

    /// Whether it has no decimal places.
    #[must_use]
    pub fn is_whole(self) -> bool {
        self.0.is_integer()
    }

    /// The number of decimal places.
    #[must_use]
    pub fn places(self) -> u32 {
        self.0.scale()
    }

    /// The sum; `None` if it has too many digits.
    #[must_use]
    pub fn plus(self, other: Self) -> Option<Self> {
        let sum = self.0.checked_add(other.0)?;
        // a sum that does not fit is rounded to fewer places
        (sum.scale() >= self.0.scale().max(other.0.scale())).then(|| Self(sum.normalize()))
    }

    /// The difference; `None` if it has too many digits.
    #[must_use]
    pub fn minus(self, other: Self) -> Option<Self> {
        self.plus(Self(-other.0))
    }

    /// The product; `None` if it has too many digits.
    #[must_use]
    pub fn times(self, other: Self) -> Option<Self> {
        let product = self.0.checked_mul(other.0)?;
        // a product that does not fit is rounded to fewer places
        let is_exact = product.is_zero() || product.scale() == self.0.scale() + other.0.scale();
        is_exact.then(|| Self(product.normalize()))
    }

    /// The quotient; `None` if its digits do not end, and for a divisor of zero.
    #[must_use]
    pub fn over(self, other: Self) -> Option<Self> {
        let quotient = Self(self.0.checked_div(other.0)?.normalize());
        (quotient.times(other)? == self).then_some(quotient)
    }

    /// How often another number goes into this one whole, and whether there is no remainder; `None`
    /// for a divisor of zero, or if the result exceeds a `u64`.
    #[must_use]
    pub fn how_often(self, other: Self) -> Option<(u64, bool)> {
        let rest = Self(self.0.checked_rem(other.0)?.normalize());
        let whole = self.minus(rest)?.over(other)?;
        Some((u64::try_from(whole.0).ok()?, rest.is_zero()))
    }
}

impl From<u32> for Decimal {
    fn from(number: u32) -> Self {
        Self(Digits::from(number))
    }
}

impl From<u64> for Decimal {
    fn from(number: u64) -> Self {
        Self(Digits::from(number))
    }
}

impl FromStr for Decimal {
    type Err = ParseDecimalError;

    fn from_str(text: &str) -> Result<Self, ParseDecimalError> {
        let digits = Digits::from_str_exact(text).map_err(|_| ParseDecimalError)?;
        Ok(Self(digits.normalize()))
    }
}

impl fmt::Display for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl fmt::Debug for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Decimal({self})")
    }
}

impl Serialize for Decimal {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decimal(text: &str) -> Decimal {
        text.parse().unwrap()
    }

    #[test]
    fn nothing_is_rounded() {
        let many = decimal("1.00000000000000000001");
        assert_eq!(many.times(many), None);
        assert_eq!(
            decimal("9999999999999999999999999999").plus(decimal("0.1")),
            None
        );
        assert_eq!(decimal("100").over(decimal("15")), None);
        assert_eq!(decimal("10").over(decimal("4")), Some(decimal("2.5")));
        assert_eq!(decimal("1").over(decimal("0")), None);
    }

    #[test]
    fn how_often_one_goes_into_another() {
        let often = |one: &str, other: &str| decimal(one).how_often(decimal(other));
        assert_eq!(often("0.3", "0.1"), Some((3, true)));
        assert_eq!(often("4.35", "0.01"), Some((435, true)));
        assert_eq!(often("305", "10"), Some((30, false)));
        assert_eq!(often("0.05", "0.1"), Some((0, false)));
        assert_eq!(often("1", "0"), None);
        assert_eq!(often("99999999999999999999999", "0.1"), None);
    }

    #[test]
    fn read_and_written() {
        for (text, shown) in [
            ("0.10", "0.1"),
            ("100", "100"),
            (".5", "0.5"),
            ("-2.0", "-2"),
        ] {
            assert_eq!(decimal(text).to_string(), shown);
        }
        for bad in ["", "x", "1e3", "1,5", "0.00000000000000000000000000001"] {
            assert!(bad.parse::<Decimal>().is_err(), "{bad}");
        }
    }
}
