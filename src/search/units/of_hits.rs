//! The billing unit of a hit, and the units of the question's dose.

use std::sync::Arc;

use crate::codeset::{Dosage, Dose};
use crate::history::Status;
use crate::search::answer::answer::Hit;
use crate::search::searcher::Searcher;

impl Searcher {
    /// The unit that a version of a code bills.
    pub(crate) fn unit_of(&self, doc: u32) -> Option<&Arc<Dosage>> {
        let store = &self.reader.store;
        // Reading a descriptor takes longer than the rest of its hit.
        let unit = self.units.get(doc, store.len(), || {
            let unit = Dosage::read(store.row(doc).code()?, store.descriptors(doc).0);
            unit.map(Arc::new)
        });
        unit?.as_ref()
    }

    /// Adds to a hit the number of units of a dose, if the dose converts to its unit. A code that
    /// is not valid on the day gets none.
    pub(crate) fn give_units(hit: &mut Hit, dose: Option<&Dose>) {
        let dose = dose.filter(|_| hit.status == Status::Valid);
        let billed = hit.unit.as_deref().zip(dose);
        let billed = billed.and_then(|(unit, dose)| unit.units(dose).ok());
        hit.units = billed.map(|billed| billed.units);
    }
}
