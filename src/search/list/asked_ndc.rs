//! The codes under which an NDC is billed, the crosswalk of the day first.

use super::asked_reasons::by_product;
use crate::annotation::DrugProduct;
use crate::annotation::drugs::ndc_candidates::NdcReading;
use crate::codeset::{Code, Date};
use crate::search::answer::reason::Reason;
use crate::search::code::annotations::Sourced;
use crate::search::searcher::Searcher;

/// The maximum of packages of a product that a hit names.
const MOST_PACKAGES: usize = 5;

/// The codes of a number that was read as an NDC.
pub(super) struct Billed {
    /// Each code with its packages of that NDC.
    pub(super) codes: Vec<(Code, Vec<Reason>)>,
    /// The NDC that it was read as, if there are several readings.
    pub(super) reading: Option<String>,
    /// Notices about the crosswalks that answer.
    pub(super) notices: Vec<String>,
}

impl Searcher {
    /// The codes of a number, in the order of its readings, and within one in the order of the
    /// crosswalks on the day; or why there is none.
    pub(super) fn billed(
        &self,
        asked: &str,
        readings: &[NdcReading],
        day: Date,
    ) -> Result<Billed, String> {
        let names = || {
            let names: Vec<String> = readings.iter().map(ToString::to_string).collect();
            names.join(" or ")
        };
        let crosswalks = self.crosswalks(day);
        let Some(of_day) = crosswalks.of_day() else {
            return Err(format!(
                "NDC {}: no NDC-HCPCS crosswalk is indexed",
                names()
            ));
        };
        let place = |own: &Sourced<DrugProduct>| crosswalks.place(&own.source);
        let mut codes: Vec<(Code, Vec<Reason>)> = Vec::new();
        let mut fitting: Vec<String> = Vec::new();
        let mut best_place = usize::MAX;
        for reading in readings.iter().filter(|own| self.is_in_vocabulary(own)) {
            let mut products: Vec<_> = self.products(reading).collect();
            products.sort_by_key(|own| (place(own), own.said.code, own.said.ndc));
            for product in products {
                let Some(why) = by_product(asked, product) else {
                    continue;
                };
                best_place = best_place.min(place(product));
                if fitting.last() != Some(&reading.to_string()) {
                    fitting.push(reading.to_string());
                }
                match codes
                    .iter_mut()
                    .find(|(code, _)| *code == product.said.code)
                {
                    Some((_, reasons)) if reasons.contains(&why) => {}
                    Some((_, reasons)) if reasons.len() < MOST_PACKAGES => reasons.push(why),
                    Some(_) => {}
                    None => codes.push((product.said.code, vec![why])),
                }
            }
        }
        if codes.is_empty() {
            return Err(format!("NDC {}, in no crosswalk that is indexed", names()));
        }
        let reading = match (readings, fitting.as_slice()) {
            ([_], _) | (_, []) => None,
            (_, [only]) => Some(format!("read as NDC {only}")),
            (_, several) => Some(format!(
                "may be NDC {}; each is shown",
                several.join(" or ")
            )),
        };
        let of_reading = reading.as_ref().map(|own| format!("{asked}: {own}"));
        let not_of_day =
            (best_place > 0).then(|| format!("{asked}: not in {}, that of the day", of_day.source));
        let notices = [of_reading, not_of_day, of_day.notice];
        Ok(Billed {
            codes,
            reading,
            notices: notices.into_iter().flatten().collect(),
        })
    }

    /// Whether a drug product has the number.
    pub(super) fn is_of_a_product(&self, reading: &NdcReading) -> bool {
        self.is_in_vocabulary(reading) && self.products(reading).next().is_some()
    }

    fn is_in_vocabulary(&self, reading: &NdcReading) -> bool {
        let terms = self.reader.store.terms();
        !terms.starting_with(reading.digits()).is_empty()
    }

    fn products(&self, reading: &NdcReading) -> impl Iterator<Item = &Sourced<DrugProduct>> {
        let products = self
            .by_code()
            .values()
            .flat_map(|about| &about.drug_products);
        products.filter(|own| own.said.ndc.is_some_and(|ndc| reading.is(ndc)))
    }
}
