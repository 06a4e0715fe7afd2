//! How a product is given, for whom and how it is made: the traits that distinguish codes of one thing.

/// Given by mouth.
pub(crate) const ORAL: u8 = 1;
/// Injected or infused.
pub(crate) const INJECTED: u8 = 2;
/// Inhaled.
pub(crate) const INHALED: u8 = 4;
/// Compounded by a pharmacy.
pub(crate) const COMPOUNDED: u8 = 8;
/// For patients with end-stage renal disease, on dialysis.
pub(crate) const ESRD: u8 = 16;
/// Made for one patient.
pub(crate) const CUSTOM: u8 = 32;
/// For children.
pub(crate) const PEDIATRIC: u8 = 64;
/// All routes.
pub(crate) const ROUTES: u8 = ORAL | INJECTED | INHALED;

/// The traits of a word in a descriptor.
pub(crate) fn described(term: &str) -> u8 {
    match term {
        "oral" | "orally" | "tablet" | "capsule" => ORAL,
        "injection" | "inj" | "injectable" | "infusion" | "intravenous" | "parenteral" => INJECTED,
        "inhalation" => INHALED,
        "compounded" => COMPOUNDED,
        "dialysis" | "esrd" | "hemodialysis" => ESRD,
        "custom" => CUSTOM,
        "child" | "children" | "infant" | "pediatric" => PEDIATRIC,
        _ => 0,
    }
}

/// The traits of a word in a question.
pub(crate) fn asked(term: &str) -> u8 {
    match term {
        "oral" | "orally" | "po" | "tab" | "tablet" | "cap" | "capsule" | "caplet" | "syrup"
        | "elixir" | "chewable" | "chew" | "odt" | "pill" | "lozenge" | "sublingual" | "sl"
        | "buccal" | "lq" | "liq" | "elix" | "syrp" | "cp" | "tb" | "xrcp" => ORAL,
        "injection" | "inj" | "ij" | "injectable" | "iv" | "im" | "sq" | "sc" | "subq"
        | "subcut" | "intravenou" | "intravenous" | "intramuscular" | "subcutaneou"
        | "subcutaneous" | "infusion" | "inf" | "ivpb" | "vial" | "vl" | "solr" | "syringe"
        | "syr" | "syrg" | "sdv" | "mdv" | "premix" | "pmx" | "autoinjector" | "amp" | "ampule"
        | "ampul" | "ivp" | "intrathecal" | "inject" | "parenteral" => INJECTED,
        "inhalation" | "inhaler" | "inh" | "inhal" | "neb" | "nebu" | "nebulizer" | "nebulized"
        | "svn" | "aerosol" | "hfa" | "mdi" | "ih" | "nebul" => INHALED,
        "compounded" | "compound" | "cmpd" | "comp" => COMPOUNDED,
        "esrd" | "dialysis" | "hemodialysis" | "dialysate" | "dialyzer" | "renal" | "dialy" => ESRD,
        "baby" | "child" | "children" | "infant" | "kid" | "neonatal" | "neonate" | "newborn"
        | "paediatric" | "ped" | "pedi" | "pediatric" | "pediatrics" | "toddler" | "youth" => {
            PEDIATRIC
        }
        "custom" | "cust" | "fabricated" | "fab" | "cfab" | "molded" | "mold" => CUSTOM,
        _ => 0,
    }
}
