//! Signs that columns of a crosswalk are exchanged: billing units that do not fit, companies in the
//! place of drugs.

use super::drug_product::DrugProduct;

/// If more than one product in this many does not fit, columns are exchanged; of CMS's products one
/// in forty has other units a package than the vials give, and none has a company's name.
const ONE_IN: usize = 10;

/// The least of products that can say something of their file.
const LEAST: usize = 100;

/// Words in the names of companies.
const OF_COMPANIES: [&str; 8] = [
    "inc",
    "llc",
    "ltd",
    "corp",
    "corporation",
    "company",
    "limited",
    "pharmaceuticals",
];

/// The signs in the products of a file.
pub(super) fn signs(products: &[DrugProduct]) -> Vec<String> {
    if products.len() < LEAST {
        return Vec::new();
    }
    let disagrees = |own: &&DrugProduct| own.package().is_some_and(|own| !own.agrees());
    let is_of_company = |own: &&DrugProduct| {
        let words = own.brand.split(|letter: char| !letter.is_alphanumeric());
        let mut words = words.map(str::to_ascii_lowercase);
        words.any(|word| OF_COMPANIES.contains(&word.as_str()))
    };
    let many = |found: Vec<&DrugProduct>, what: &str| {
        let first = found
            .first()
            .filter(|_| found.len() * ONE_IN > products.len())?;
        let (count, all) = (found.len(), products.len());
        let (code, brand) = (first.code, &first.brand);
        Some(format!(
            "{count} of its {all} products {what}, the first is {code} {brand}: the columns may be \
             exchanged"
        ))
    };
    let units = "have other billing units a package than its quantity of vials gives";
    let units = many(products.iter().filter(disagrees).collect(), units);
    let companies = "have the name of a company in the place of the drug's";
    let companies = many(products.iter().filter(is_of_company).collect(), companies);
    units.into_iter().chain(companies).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A change of a product.
    type Change<'c> = &'c dyn Fn(&mut DrugProduct);

    /// Products of which two in a hundred are as a change makes them, then all.
    fn said(change: impl Fn(&mut DrugProduct)) -> [Vec<String>; 2] {
        [50, 1].map(|step| {
            let products: Vec<DrugProduct> = (0..LEAST)
                .map(|at| {
                    let mut product = DrugProduct {
                        code: "J1640".parse().unwrap(),
                        brand: "Panhematin".to_owned(),
                        labeler: "Recordati, Inc.".to_owned(),
                        ndc: None,
                        product_number: Some(at.to_string()),
                        dosage: "1 MG".to_owned(),
                        package_size: "2".to_owned(),
                        package_quantity: "25".to_owned(),
                        billing_units: "4".to_owned(),
                        billing_units_per_package: "100".to_owned(),
                    };
                    if at % step == 0 {
                        change(&mut product);
                    }
                    product
                })
                .collect();
            signs(&products)
        })
    }

    #[test]
    fn each_two_columns_that_are_exchanged() {
        use std::mem::swap;
        let units = "100 of its 100 products have other billing units a package";
        let company = "100 of its 100 products have the name of a company";
        #[rustfmt::skip]
        let cases: [(Change, &str); 5] = [
            (&|own| swap(&mut own.billing_units, &mut own.billing_units_per_package), units),
            (&|own| swap(&mut own.package_size, &mut own.package_quantity), units),
            (&|own| swap(&mut own.package_size, &mut own.billing_units), units),
            (&|own| swap(&mut own.package_quantity, &mut own.billing_units_per_package), units),
            (&|own| swap(&mut own.brand, &mut own.labeler), company),
        ];
        for (change, expected) in cases {
            let [few, all] = said(change);
            assert_eq!(few, [""; 0], "{expected}");
            assert!(all.len() == 1 && all[0].starts_with(expected), "{all:?}");
        }
        assert!(said(|_| {}).concat().is_empty());
    }
}
