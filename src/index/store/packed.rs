//! A coded value as stored in a row.

/// A coded value, padded with zeros to the size of its field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Packed<'a>(&'a [u8]);

impl<'a> Packed<'a> {
    pub(crate) fn new(bytes: &'a [u8]) -> Self {
        Self(bytes)
    }

    /// Whether there is no value.
    pub(crate) fn is_blank(self) -> bool {
        self.0.first().is_none_or(|byte| *byte == 0)
    }

    /// Its bytes, including the padding.
    pub(crate) fn bytes(self) -> &'a [u8] {
        self.0
    }

    /// The value as text; empty if there is none.
    pub(crate) fn as_str(self) -> &'a str {
        std::str::from_utf8(self.value()).unwrap_or_default()
    }

    /// Its bytes without the padding; empty if there is no value.
    #[inline]
    pub(crate) fn value(self) -> &'a [u8] {
        let end = self.0.iter().position(|byte| *byte == 0);
        &self.0[..end.unwrap_or(self.0.len())]
    }

    /// The values in some bytes, `size` bytes each.
    pub(super) fn list(bytes: &'a [u8], size: usize) -> impl Iterator<Item = Self> + use<'a> {
        let values = bytes.chunks(size).map(Self);
        values.take_while(|value| !value.is_blank())
    }

    /// Appends a value in `SIZE` bytes; blank if there is none.
    pub(super) fn write<'v, const SIZE: usize>(
        out: &mut Vec<u8>,
        value: impl Iterator<Item = &'v str>,
    ) {
        Self::write_list::<SIZE, 1>(out, value);
    }

    /// Appends up to `COUNT` values, `SIZE` bytes each.
    pub(super) fn write_list<'v, const SIZE: usize, const COUNT: usize>(
        out: &mut Vec<u8>,
        values: impl Iterator<Item = &'v str>,
    ) {
        let end = out.len() + SIZE * COUNT;
        for value in values.take(COUNT) {
            let next = out.len() + SIZE;
            out.extend(value.bytes().take(SIZE));
            out.resize(next, 0);
        }
        out.resize(end, 0);
    }
}

impl<'a> From<&'a str> for Packed<'a> {
    fn from(value: &'a str) -> Self {
        Self(value.as_bytes())
    }
}
