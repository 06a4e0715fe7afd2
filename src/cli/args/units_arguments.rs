//! Arguments of `hcpcs units`.

use clap::Args;
use hcpcs::Date;
use hcpcs::search::UnitsRequest;

pub(super) const UNITS_HELP: &str = "\
Example:  hcpcs units J1597 0.4mg --vial 0.2mg
Doses:    0.4mg    '2 ml of 0.2 mg/ml'    '250 mg/ml 2 ml'    '3 vials'
          '70kg x 5mg/kg' is a dose for each kilogram of body weight
          '2 g/0.5 g' is a combination: its drugs in the descriptor's order
Vials:    --vial 0.2mg adds single-dose vials and discarded units (JW, JZ)
NDCs:     51754-6001-04 --vials 3, --packages 1, --units 12, a dose, or a
          claim's quantity such as ML2.5 or UN1; needs the crosswalk
          J1597 N451754600104ML2.5 names the code too
Without a dose the unit of the code is shown. All of it is arithmetic on CMS's data, not billing \
advice.";

#[derive(Debug, Args)]
pub(crate) struct UnitsArguments {
    /// A procedure code, or the NDC of a drug package.
    #[arg(value_name = "CODE|NDC")]
    of: String,
    /// How much was given.
    #[arg(value_name = "DOSE", conflicts_with = "weight")]
    dose: Vec<String>,
    /// The body weight, for a dose for each kilogram.
    #[arg(long, value_name = "WEIGHT", requires = "per_kg")]
    weight: Option<String>,
    /// The dose for each kilogram of body weight.
    #[arg(long, value_name = "DOSE", requires = "weight")]
    per_kg: Option<String>,
    /// The content of a single-dose vial.
    #[arg(long, value_name = "DOSE")]
    vial: Option<String>,
    /// The package, if a code is given and not its NDC.
    #[arg(long, value_name = "NDC")]
    ndc: Option<String>,
    /// A number of vials of the package.
    #[arg(long, value_name = "N", group = "counted")]
    vials: Option<u32>,
    /// A number of whole packages.
    #[arg(long, value_name = "N", group = "counted")]
    packages: Option<u32>,
    /// How many vials of the package hold this number of billing units.
    #[arg(long, value_name = "N", group = "counted")]
    units: Option<u32>,
    /// The day of service, YYYY-MM-DD [default: today].
    #[arg(long, value_name = "DATE")]
    as_of: Option<Date>,
    /// One JSON object.
    #[arg(long)]
    pub(crate) json: bool,
}

impl From<&UnitsArguments> for UnitsRequest {
    fn from(arguments: &UnitsArguments) -> Self {
        let dose = arguments.dose.join(" ");
        Self {
            code: Some(arguments.of.clone()),
            ndc: arguments.ndc.clone(),
            as_of: arguments.as_of,
            dose: (!arguments.dose.is_empty()).then_some(dose),
            weight: arguments.weight.clone(),
            per_kg: arguments.per_kg.clone(),
            vial: arguments.vial.clone(),
            vials: arguments.vials,
            packages: arguments.packages,
            units: arguments.units,
        }
    }
}
