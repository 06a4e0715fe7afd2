//! `Row`: the data of a version of a code for filters, facets and ranking, in 120 bytes.

use crate::codeset::{Code, Date, DateSpan, Kind};
use crate::history::{Dropped, Life, release_of};

use super::bytes::{half, word};
use super::packed::Packed;
use super::row_action::RowAction;
use crate::index::generation::blocks::{Blocks, is_whole};

/// A version of a code, as a view of its bytes.
#[derive(Clone, Copy)]
pub(crate) struct Row<'a> {
    bytes: &'a [u8; Row::SIZE],
    actions: &'a [[u8; RowAction::SIZE]],
    /// Number of the release in force on the day for which it is read; the newest if no day is
    /// given.
    in_force: u16,
}

/// The rows of all versions, as a view of their bytes.
#[derive(Clone, Copy)]
pub(crate) struct Rows<'a> {
    all: &'a [[u8; Row::SIZE]],
    actions: &'a [[u8; RowAction::SIZE]],
    blocks: Option<&'a Blocks>,
}

impl<'a> Rows<'a> {
    pub(super) fn new(bytes: &'a [u8], actions: &'a [u8], blocks: Option<&'a Blocks>) -> Self {
        Self {
            all: bytes.as_chunks().0,
            actions: actions.as_chunks().0,
            blocks,
        }
    }

    /// The row of a version; past the end a blank row.
    #[inline]
    pub(crate) fn row(self, doc: u32) -> Row<'a> {
        const BLANK: &[u8; Row::SIZE] = &[0; Row::SIZE];
        let own = self.all.get(doc as usize);
        let own = own.filter(|own| is_whole(self.blocks, *own));
        Row {
            bytes: own.unwrap_or(BLANK),
            actions: self.actions,
            in_force: u16::MAX,
        }
    }
}

/// The flags of a row.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct RowFlags(pub(crate) u8);

impl RowFlags {
    /// The release's NOC list has the code.
    pub(crate) const NOC: u8 = 1;
    /// The descriptor is of an accessory, a part or a replacement of something else.
    pub(crate) const ACCESSORY: u8 = 2;
    /// The code meant something else before or after this version.
    pub(crate) const REISSUED: u8 = 4;
    /// The descriptor is of what is not classified or not specified elsewhere.
    pub(crate) const UNSPECIFIED: u8 = 8;
    /// Medicare does not pay for it.
    pub(crate) const UNPAID: u8 = 16;
    /// No NOC list came with a release that has the code.
    pub(crate) const NOC_UNKNOWN: u8 = 32;
    /// It reports the quality of care and bills nothing.
    pub(crate) const QUALITY: u8 = 64;
    /// It is a procedure that a physician performs.
    pub(crate) const PERFORMED: u8 = 128;
}

impl<'a> Row<'a> {
    /// Bytes of a row.
    pub(crate) const SIZE: usize = 120;

    /// The row as read on a day, given the release in force.
    #[inline]
    pub(crate) fn under(self, in_force: u16) -> Self {
        Self { in_force, ..self }
    }

    pub(crate) fn code_bytes(self) -> [u8; 5] {
        self.bytes[..5].try_into().unwrap_or_default()
    }

    pub(crate) fn code(self) -> Option<Code> {
        Code::from_bytes(self.bytes[..5].trim_ascii_end()).ok()
    }

    pub(crate) fn is_modifier(self) -> bool {
        self.bytes[2] == b' '
    }

    pub(crate) fn kind(self) -> Kind {
        if self.is_modifier() {
            Kind::Modifier
        } else {
            Kind::Procedure
        }
    }

    /// The first letter of a procedure code; a modifier has no section.
    pub(crate) fn section(self) -> Option<Packed<'a>> {
        (!self.is_modifier()).then(|| Packed::new(&self.bytes[..1]))
    }

    pub(crate) fn coverage(self) -> Packed<'a> {
        Packed::new(&self.bytes[5..6])
    }

    pub(crate) fn betos(self) -> Packed<'a> {
        Packed::new(&self.bytes[6..9])
    }

    pub(crate) fn multiple_pricing(self) -> Packed<'a> {
        Packed::new(&self.bytes[9..10])
    }

    pub(crate) fn pricing(self) -> impl Iterator<Item = Packed<'a>> {
        Packed::list(&self.bytes[10..18], 2)
    }

    pub(crate) fn type_of_service(self) -> impl Iterator<Item = Packed<'a>> {
        Packed::list(&self.bytes[18..23], 1)
    }

    pub(crate) fn laboratory_certification(self) -> impl Iterator<Item = Packed<'a>> {
        Packed::list(&self.bytes[84..108], 3)
    }

    pub(crate) fn asc_group(self) -> Packed<'a> {
        Packed::new(&self.bytes[23..25])
    }

    /// The action on the code in the release from which the version is read.
    pub(crate) fn action(self) -> Packed<'a> {
        let newest = Packed::new(&self.bytes[25..26]);
        let count = usize::from(half(self.bytes, 34));
        if count == 0 {
            return newest;
        }
        let release = release_of(self.releases(), self.in_force);
        let start = word(self.bytes, 116) as usize;
        let entries = self.actions.get(start..start + count).unwrap_or_default();
        RowAction::in_release(entries, release).unwrap_or(newest)
    }

    /// Whether that release re-activated the code.
    pub(crate) fn is_reactivated(self) -> bool {
        self.action().as_str() == "R"
    }

    /// Whether the code is "not otherwise classified"; `None` if there is no NOC list.
    pub(crate) fn is_noc(self) -> Option<bool> {
        (!self.has(RowFlags::NOC_UNKNOWN)).then(|| self.has(RowFlags::NOC))
    }

    #[inline]
    pub(crate) fn has(self, flag: u8) -> bool {
        self.bytes[26] & flag != 0
    }

    /// The traits of the product in the descriptor, see `Traits`.
    #[inline]
    pub(crate) fn traits(self) -> u8 {
        self.bytes[33]
    }

    pub(crate) fn rbcs(self) -> Packed<'a> {
        Packed::new(&self.bytes[27..33])
    }

    /// The first valid day of the code's life as a number; 0 if no release gives one.
    pub(crate) fn added(self) -> u32 {
        word(self.bytes, 36)
    }

    /// The life of the code to which the version belongs.
    #[inline]
    pub(crate) fn life(self) -> Life {
        let day = |at| Date::stored(word(self.bytes, at));
        let dropped = day(108).zip(day(112));
        Life {
            from: day(36),
            until: day(40),
            dropped: dropped.map(|(last_known, from)| Dropped { last_known, from }),
        }
    }

    /// The days on which this version gives text and values of the code.
    pub(crate) fn answers(self) -> Option<DateSpan> {
        let day = |at| Date::stored(word(self.bytes, at));
        let (first, last) = day(44).zip(day(48))?;
        Some(DateSpan { first, last })
    }

    /// Whether this version gives text and values of the code on a day.
    #[inline]
    pub(crate) fn answers_on(self, day: Date) -> bool {
        // if it never answers, both ends are 0
        let day = day.number();
        word(self.bytes, 44) <= day && day <= word(self.bytes, 48)
    }

    #[inline]
    pub(crate) fn mass(self) -> f32 {
        f32::from_bits(word(self.bytes, 52))
    }

    #[inline]
    pub(crate) fn head_mass(self) -> f32 {
        f32::from_bits(word(self.bytes, 56))
    }

    /// A key of the head's words, equal for equal heads; 0 if there is no head.
    #[inline]
    pub(crate) fn head_key(self) -> u32 {
        word(self.bytes, 60)
    }

    /// Numbers of the first and the last release that publish this version.
    #[inline]
    pub(crate) fn releases(self) -> (u16, u16) {
        (half(self.bytes, 64), half(self.bytes, 66))
    }

    /// Whether a release publishes this version.
    pub(crate) fn is_listed_in(self, release: u16) -> bool {
        let (first, last) = self.releases();
        (first..=last).contains(&release)
    }

    pub(super) fn texts(self) -> (usize, usize) {
        (word(self.bytes, 68) as usize, word(self.bytes, 72) as usize)
    }

    pub(super) fn record_place(self) -> (usize, usize) {
        (word(self.bytes, 76) as usize, word(self.bytes, 80) as usize)
    }
}
