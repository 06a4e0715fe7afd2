//! Values of filters: how each is read from text, and when it fits a code's value.

use std::str::FromStr;

use crate::codeset::{
    Action, AscGroup, Betos, Code, CodeSpan, Coverage, Date, DateSpan, Kind, ParseCodeError,
    ParseDateError, PricingIndicator, Section, TypeOfService,
};
use crate::index::store::packed::Packed;

/// A value that a filter compares with a code's value.
pub(crate) trait FilterValue: Sized {
    /// A code's value: a coded value, a code, a day.
    type Own<'a>: Copy;
    /// Reads a value; an error is empty, or says more than the filter's `accepts`.
    fn read(text: &str) -> Result<Self, String>;
    /// Whether a code's value fits.
    fn fits(&self, own: Self::Own<'_>) -> bool;
    /// The value, if it is a coded one.
    fn coded(&self) -> Option<&str> {
        None
    }
    /// A code's value, if it is a coded one.
    fn own_text(_: Self::Own<'_>) -> Option<&str> {
        None
    }
}

/// Reads a value as CMS writes it, in capitals.
fn in_capitals<T: FromStr>(text: &str) -> Result<T, String> {
    let value = text.trim().to_ascii_uppercase().parse();
    value.map_err(|_| String::new())
}

macro_rules! coded_values {
    ($($type:ty, |$own:ident, $asked:ident| $fits:expr;)*) => {$(
        impl FilterValue for $type {
            type Own<'a> = Packed<'a>;
            fn read(text: &str) -> Result<Self, String> {
                in_capitals(text)
            }
            fn fits(&self, own: Self::Own<'_>) -> bool {
                let ($own, $asked) = (own.value(), self.as_bytes());
                $fits
            }
            fn coded(&self) -> Option<&str> {
                Some(self.as_str())
            }
            fn own_text(own: Self::Own<'_>) -> Option<&str> {
                Some(own.as_str())
            }
        }
    )*};
}

coded_values! {
    Action, |own, asked| own == asked;
    AscGroup, |own, asked| own == asked;
    Betos, |own, asked| own.starts_with(asked);
    Coverage, |own, asked| own == asked;
    Kind, |own, asked| own == asked;
    PricingIndicator, |own, asked| own == asked;
    Section, |own, asked| own == asked;
    String, |own, asked| own.starts_with(asked);
    TypeOfService, |own, asked| own == asked;
}

impl FilterValue for CodeSpan {
    type Own<'a> = Code;

    fn read(text: &str) -> Result<Self, String> {
        text.parse().map_err(|cause| match cause {
            ParseCodeError::NotACode => String::new(),
            cause => cause.to_string(),
        })
    }

    fn fits(&self, own: Self::Own<'_>) -> bool {
        self.contains(own)
    }
}

impl FilterValue for DateSpan {
    type Own<'a> = Date;

    fn read(text: &str) -> Result<Self, String> {
        text.parse()
            .map_err(|cause: ParseDateError| cause.to_string())
    }

    fn fits(&self, own: Self::Own<'_>) -> bool {
        self.contains(own)
    }
}

/// The values of a filter: a list, or true.
pub(crate) trait Asked {
    type Own<'a>: Copy;
    fn add(&mut self, text: &str) -> Result<(), String>;
    fn is_set(&self) -> bool;
    fn fits<'a>(&self, own: impl IntoIterator<Item: Into<Self::Own<'a>>>) -> bool;
    fn coded<'f>(&'f self, each: &mut dyn FnMut(&'f str));
    fn each<'a>(own: impl IntoIterator<Item: Into<Self::Own<'a>>>, each: &mut dyn FnMut(&'a str));
}

impl<T: FilterValue> Asked for Vec<T> {
    type Own<'a> = T::Own<'a>;

    fn add(&mut self, text: &str) -> Result<(), String> {
        self.push(T::read(text)?);
        Ok(())
    }

    fn is_set(&self) -> bool {
        !self.is_empty()
    }

    fn fits<'a>(&self, own: impl IntoIterator<Item: Into<Self::Own<'a>>>) -> bool {
        let mut own = own.into_iter().map(Into::into);
        own.any(|own| self.iter().any(|asked| asked.fits(own)))
    }

    fn coded<'f>(&'f self, each: &mut dyn FnMut(&'f str)) {
        self.iter().filter_map(T::coded).for_each(each);
    }

    fn each<'a>(own: impl IntoIterator<Item: Into<Self::Own<'a>>>, each: &mut dyn FnMut(&'a str)) {
        let own = own.into_iter().map(Into::into);
        own.filter_map(T::own_text).for_each(each);
    }
}

impl Asked for bool {
    type Own<'a> = bool;

    fn add(&mut self, text: &str) -> Result<(), String> {
        *self = flag(text).ok_or_else(String::new)?;
        Ok(())
    }

    fn is_set(&self) -> bool {
        *self
    }

    fn fits<'a>(&self, own: impl IntoIterator<Item: Into<Self::Own<'a>>>) -> bool {
        own.into_iter().any(Into::into)
    }

    fn coded<'f>(&'f self, _: &mut dyn FnMut(&'f str)) {}

    fn each<'a>(_: impl IntoIterator<Item: Into<Self::Own<'a>>>, _: &mut dyn FnMut(&'a str)) {}
}

/// A true or false as text; a name without a value means true.
pub(crate) fn flag(text: &str) -> Option<bool> {
    match text.trim().to_ascii_lowercase().as_str() {
        "" | "true" | "1" | "yes" => Some(true),
        "false" | "0" | "no" => Some(false),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_fits_as_its_text_does() {
        for own in [*b"RI035N", *b"RI\0\0\0\0", *b"\0\0\0\0\0\0"] {
            let own = Packed::new(&own);
            for asked in [
                "R",
                "RI",
                "RI035N",
                "RI035NX",
                "D",
                "\0",
                "R\0",
                "RI\0\0\0\0",
            ] {
                let is_below = own.as_str().starts_with(asked);
                assert_eq!(asked.to_owned().fits(own), is_below, "{own:?} {asked:?}");
            }
        }
        for own in ["D", "D1E"] {
            let (own, asked): (_, Betos) = (Packed::from(own), "D1".parse().unwrap());
            assert_eq!(asked.fits(own), own.as_str() == "D1E");
            assert!("D".parse::<AscGroup>().unwrap().fits(own) == (own.as_str() == "D"));
        }
    }
}
