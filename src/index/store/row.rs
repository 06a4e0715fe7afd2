//! `Row`: the data of a version of a code for filters, facets and ranking, in 120 bytes.

use crate::codeset::{
    Action, AscGroup, Betos, Code, Coverage, Date, DateSpan, Kind, LaboratoryCertification,
    MultiplePricing, PricingIndicator, Record, TypeOfService,
};
use crate::history::{Dropped, Life, Version, release_of};

use super::bytes::{half, word};
use super::packed::Packed;
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

/// The action of a release on the code of a version; it holds for later releases up to the next
/// entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct RowAction {
    release: u16,
    action: Option<Action>,
}

impl RowAction {
    /// The size of an entry: the release's number, the action, a blank.
    pub(super) const SIZE: usize = 4;

    /// The actions of a version, an entry for each change.
    pub(super) fn of(version: &Version) -> Vec<Self> {
        let own = version.quarterly.iter().map(|own| Self {
            release: own.release,
            action: own.action,
        });
        let mut actions: Vec<Self> = own.collect();
        actions.dedup_by_key(|own| own.action);
        actions
    }

    pub(super) fn write(self, out: &mut Vec<u8>) {
        let end = out.len() + Self::SIZE;
        out.extend(self.release.to_le_bytes());
        coded::<1>(out, self.action.iter().map(Action::as_str));
        out.resize(end, 0);
    }
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
}

/// The part of a row that the builder adds to the record.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct RowParts {
    pub(crate) flags: RowFlags,
    pub(crate) traits: u8,
    pub(crate) rbcs: [u8; 6],
    /// The IDF sum of all words of the long descriptor.
    pub(crate) mass: f32,
    /// The IDF sum of the words of its head.
    pub(crate) head_mass: f32,
    /// A key of the head's words, equal for equal heads; 0 if there is no head.
    pub(crate) head_key: u32,
    pub(crate) texts: (u32, u32),
    pub(crate) record: (u32, u32),
    /// The offset and number of the actions of several releases; 0 if all are the same.
    pub(crate) actions: (u32, u16),
}

impl<'a> Row<'a> {
    /// Bytes of a row.
    pub(crate) const SIZE: usize = 120;

    /// Appends a row.
    pub(super) fn write(out: &mut Vec<u8>, version: &Version, parts: &RowParts) {
        let record = &version.record;
        let start = out.len();
        out.extend(record.code.bytes());
        coded::<1>(out, record.coverage.iter().map(Coverage::as_str));
        coded::<3>(out, record.betos.iter().map(Betos::as_str));
        coded::<1>(
            out,
            record.multiple_pricing.iter().map(MultiplePricing::as_str),
        );
        list::<2, 4>(out, record.pricing.iter().map(PricingIndicator::as_str));
        list::<1, 5>(
            out,
            record.type_of_service.iter().map(TypeOfService::as_str),
        );
        coded::<2>(out, record.asc_group.iter().map(AscGroup::as_str));
        coded::<1>(out, record.action.iter().map(Action::as_str));
        out.push(
            parts.flags.0
                | flag(record.not_otherwise_classified == Some(true), RowFlags::NOC)
                | flag(
                    record.not_otherwise_classified.is_none(),
                    RowFlags::NOC_UNKNOWN,
                )
                | flag(version.reissued, RowFlags::REISSUED)
                | flag(is_unpaid(record), RowFlags::UNPAID),
        );
        out.extend(parts.rbcs);
        out.push(parts.traits);
        out.resize(start + 34, 0);
        out.extend(parts.actions.1.to_le_bytes());
        let day = |date: Option<Date>| date.map_or(0, Date::number);
        let life = &version.life;
        for number in [
            day(life.from),
            day(life.until),
            day(version.answers.map(|span| span.first)),
            day(version.answers.map(|span| span.last)),
            parts.mass.to_bits(),
            parts.head_mass.to_bits(),
            parts.head_key,
            u32::from(version.first_release) | u32::from(version.last_release) << 16,
            parts.texts.0,
            parts.texts.1,
            parts.record.0,
            parts.record.1,
        ] {
            out.extend(number.to_le_bytes());
        }
        list::<3, 8>(
            out,
            record
                .laboratory_certification
                .iter()
                .map(LaboratoryCertification::as_str),
        );
        for number in [
            day(life.dropped.map(|own| own.last_known)),
            day(life.dropped.map(|own| own.from)),
            parts.actions.0,
        ] {
            out.extend(number.to_le_bytes());
        }
    }

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
        let own = entries.iter().rfind(|entry| half(*entry, 0) <= release);
        own.map_or(newest, |entry| Packed::new(&entry[2..3]))
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

    pub(crate) fn rbcs(self) -> &'a str {
        Packed::new(&self.bytes[27..33]).as_str()
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

fn coded<'v, const SIZE: usize>(out: &mut Vec<u8>, value: impl Iterator<Item = &'v str>) {
    list::<SIZE, 1>(out, value);
}

fn list<'v, const SIZE: usize, const COUNT: usize>(
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

/// Whether Medicare does not pay for a code, by its coverage.
fn is_unpaid(record: &Record) -> bool {
    let coverage = record.coverage;
    coverage.is_some_and(|coverage| matches!(coverage.as_str(), "I" | "M" | "S"))
}

fn flag(holds: bool, flag: u8) -> u8 {
    if holds { flag } else { 0 }
}

/// The bytes of a full record, followed by its quarterly values.
pub(crate) fn record_bytes(version: &Version) -> Result<Vec<u8>, postcard::Error> {
    // Room for most records, so that the buffer seldom grows.
    let room = Vec::with_capacity(512);
    postcard::to_extend(&(&version.record, &version.quarterly), room)
}
