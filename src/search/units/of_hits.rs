//! The billing unit of a hit, and the units of the question's dose.

use crate::codeset::{Dosage, Dose};
use crate::history::Status;
use crate::search::answer::answer::Hit;
use crate::search::searcher::Searcher;

impl Searcher {
    /// The unit that a version of a code bills.
    pub(crate) fn unit_of(&self, doc: u32) -> Option<&Dosage> {
        let store = &self.reader.store;
        // Reading a descriptor takes longer than the rest of its hit.
        let unit = self.units.get(doc, store.len(), || {
            let unit = Dosage::read(store.row(doc).code()?, store.descriptors(doc).0);
            unit.map(Box::new)
        });
        unit?.as_deref()
    }

    /// Adds to a hit its unit and, if the dose converts to it, the number of units. A code that is
    /// not valid on the day gets no number.
    pub(crate) fn give_unit(&self, hit: &mut Hit, doc: u32, dose: Option<&Dose>) {
        let Some(unit) = self.unit_of(doc) else {
            return;
        };
        let dose = dose.filter(|_| hit.status == Status::Valid);
        hit.units = dose
            .and_then(|dose| unit.units(dose).ok())
            .map(|billed| billed.units);
        hit.unit = Some(Box::new(unit.clone()));
    }
}
