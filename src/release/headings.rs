//! `Headings`: the columns that a row of a workbook names, and what they are of.

use super::layout;
use super::layout::{Field, HEADINGS_OF_A_NOC_LIST, HEADINGS_OF_A_RELEASE, LAYOUT, Need, SLOTS};
use super::transaction_report::is_heading_of_action;

/// Whether a row is the header of a list of NOC codes.
pub(super) fn is_header_of_noc_list(cells: &[String]) -> bool {
    HEADINGS_OF_A_NOC_LIST.iter().all(|heading| {
        let mut cells = cells.iter();
        cells.any(|cell| layout::is_heading(cell, heading))
    })
}

/// Whether a row is the header of a list of NOC codes or of changes.
fn is_of_another(cells: &[String]) -> bool {
    is_header_of_noc_list(cells) || cells.iter().any(|cell| is_heading_of_action(cell))
}

/// The column of each value.
pub(super) struct Headings {
    /// The columns, in the order of the layout's values.
    pub(super) columns: [Option<usize>; SLOTS],
    /// Headings that are unknown or repeated.
    others: Vec<String>,
}

impl Headings {
    /// Whether the row that it was read from is the header of a release. Code and long descriptor
    /// are enough for a list of codes, unless it is one of NOC codes or of changes.
    pub(super) fn is_of_release(&self, cells: &[String]) -> bool {
        let is_many = self.known() >= HEADINGS_OF_A_RELEASE;
        is_many || self.is_list() && !is_of_another(cells)
    }

    /// The required columns that are missing in a row with the code and another column of a
    /// release; `None` if the row is no header at all, or one that can be read.
    pub(super) fn missing(&self, cells: &[String]) -> Option<Vec<&'static str>> {
        let is_part = self.known() > 1 || self.has(Field::Code) && cells.len() > 1;
        let is_none = !is_part || is_of_another(cells) || self.is_of_release(cells);
        let needed = [Field::Code, Field::LongDescriptor];
        let missing = needed.into_iter().filter(|field| !self.has(*field));
        let missing: Vec<&str> = missing
            .map(|field| layout::place(field).headings[0])
            .collect();
        (!is_none && !missing.is_empty()).then_some(missing)
    }

    /// The known headings of a row.
    pub(super) fn of(cells: &[String]) -> Self {
        let mut columns = [None; SLOTS];
        let mut others = Vec::new();
        for (column, cell) in cells.iter().enumerate() {
            match layout::slot_of(cell).and_then(|slot| columns.get_mut(slot)) {
                Some(free @ None) => *free = Some(column),
                _ if cell.trim().is_empty() => {}
                _ => others.push(cell.trim().to_owned()),
            }
        }
        Self { columns, others }
    }

    fn known(&self) -> usize {
        self.columns.iter().flatten().count()
    }

    fn has(&self, field: Field) -> bool {
        let slot = layout::place(field).slot();
        self.columns.get(slot).copied().flatten().is_some()
    }

    /// The heading before which a row of so many cells ends, of a column that CMS fills for every
    /// code: what comes after it, such as a termination date, is not blank but unknown.
    pub(super) fn cut_before(&self, cells: usize) -> Option<&'static str> {
        let filled = [Field::Added, Field::ActionEffective, Field::Action];
        let mut places = filled.into_iter().map(layout::place);
        let place = places.find(|place| {
            let column = self.columns.get(place.slot()).copied().flatten();
            column.is_some_and(|column| column >= cells)
        });
        place.and_then(|place| place.headings.first().copied())
    }

    /// Whether it has only the few columns of a list of codes with their descriptors.
    pub(super) fn is_list(&self) -> bool {
        self.known() < HEADINGS_OF_A_RELEASE
            && self.has(Field::Code)
            && self.has(Field::LongDescriptor)
    }

    pub(super) fn absent(&self, need: Need) -> Vec<&'static str> {
        let headings = LAYOUT
            .iter()
            .flat_map(|place| place.headings.iter().map(move |heading| (place, *heading)));
        headings
            .zip(self.columns)
            .filter(|((place, _), column)| place.need == need && column.is_none())
            .map(|((_, heading), _)| heading)
            .collect()
    }

    pub(super) fn notices(&self) -> Vec<String> {
        let mut notices = Vec::new();
        let mut absent = self.absent(Need::Required);
        absent.extend(self.absent(Need::Optional));
        if !absent.is_empty() {
            notices.push(format!(
                "no column {}: these fields are empty",
                absent.join(", ")
            ));
        }
        if !self.others.is_empty() {
            notices.push(format!(
                "unknown or repeated columns are not read: {}",
                self.others.join(", ")
            ));
        }
        notices
    }
}
