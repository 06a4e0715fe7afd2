//! Drug products of the crosswalks: that of the day first, sorted, filtered by words.

use crate::annotation::DrugProduct;
use crate::search::Details;

/// If there are more products, a filter is shown.
const MANY: usize = 12;

/// The drug products of one crosswalk.
pub(crate) struct Products {
    pub(crate) source: String,
    /// Notices about the crosswalk on the day.
    pub(crate) notices: Vec<String>,
    pub(crate) rows: Vec<ProductRow>,
    /// How many there are without the filter.
    pub(crate) total: usize,
}

/// A package.
pub(crate) struct ProductRow {
    /// Its NDC, else the maker's own number.
    pub(crate) number: String,
    /// Whether the number is an NDC, with which units can be calculated.
    pub(crate) is_ndc: bool,
    pub(crate) product: DrugProduct,
}

impl Products {
    /// Whether there are enough for a filter to help.
    pub(crate) fn are_many(&self) -> bool {
        self.total > MANY
    }
}

/// The crosswalks of a code, with the products that have all words of the filter, by name, labeler
/// and number.
pub(crate) fn products(details: &Details, filter: &str) -> Vec<Products> {
    let all = &details.about.drug_products;
    let crosswalks = all.chunk_by(|one, other| one.source == other.source);
    let filter = filter.to_lowercase();
    let words: Vec<&str> = filter.split_whitespace().collect();
    let mut lists: Vec<Products> = Vec::new();
    for crosswalk in crosswalks {
        let Some(first) = crosswalk.first() else {
            continue;
        };
        let mut rows: Vec<ProductRow> = crosswalk.iter().map(|own| row(&own.said)).collect();
        let total = rows.len();
        rows.retain(|row| words.iter().all(|word| row.has(word)));
        rows.sort_by_cached_key(|row| {
            let name = |text: &str| text.to_lowercase();
            let (brand, labeler) = (name(&row.product.brand), name(&row.product.labeler));
            (brand, labeler, row.number.clone())
        });
        let notices = if lists.is_empty() {
            notices(details, &first.source)
        } else {
            Vec::new()
        };
        lists.push(Products {
            source: first.source.clone(),
            notices,
            rows,
            total,
        });
    }
    lists
}

/// The notices about the crosswalk whose products come first.
fn notices(details: &Details, source: &str) -> Vec<String> {
    let Some(of_day) = &details.crosswalk else {
        return Vec::new();
    };
    let is_other = of_day.source != source;
    let other = is_other.then(|| format!("not in {}, that of the day", of_day.source));
    other.into_iter().chain(of_day.notice.clone()).collect()
}

fn row(product: &DrugProduct) -> ProductRow {
    let ndc = product.ndc.map(|ndc| ndc.to_string());
    ProductRow {
        is_ndc: ndc.is_some(),
        number: ndc
            .or_else(|| product.product_number.clone())
            .unwrap_or_default(),
        product: product.clone(),
    }
}

impl ProductRow {
    fn has(&self, word: &str) -> bool {
        let DrugProduct { brand, labeler, .. } = &self.product;
        [&self.number, brand, labeler]
            .iter()
            .any(|text| text.to_lowercase().contains(word))
    }
}
