//! The reasons of a code that was asked for by name or by a drug product.

use crate::annotation::DrugProduct;
use crate::codeset::Code;
use crate::index::Field;

use crate::search::answer::reason::Reason;
use crate::search::code::annotations::Sourced;
use crate::search::plan::plan::Via;

/// The reason of a code that was asked for by name.
pub(crate) fn by_code(asked: &str, code: Code) -> Reason {
    Reason {
        asked: asked.into(),
        found: code.as_str().into(),
        field: Field::Code,
        via: Via::Code,
        through: String::new(),
        snippet: String::new(),
        source: None,
    }
}

/// The reason of a code that was asked for by an NDC.
pub(crate) fn by_product(asked: &str, product: &Sourced<DrugProduct>) -> Option<Reason> {
    Some(Reason {
        asked: asked.into(),
        found: product.said.ndc?.to_string().as_str().into(),
        field: Field::Ndc,
        via: Via::Word,
        through: product.said.brand.clone(),
        snippet: String::new(),
        source: Some(product.source.clone()),
    })
}
