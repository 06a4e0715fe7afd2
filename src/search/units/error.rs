//! Why no billing units can be given.

use crate::annotation::{Ndc, ParseNdcError};
use crate::codeset::{Code, Date, DoseError, ParseCodeError};
use crate::search::code::missing_code::MissingCode;

/// Why no billing units can be given. It replaces a figure.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum UnitsError {
    /// The text is neither a code nor an NDC.
    #[error("`{text}` is {reason}; give a HCPCS Level II code, such as J1597, or an NDC")]
    NotACode {
        /// What was written.
        text: String,
        /// Why it is not a code.
        reason: ParseCodeError,
    },
    /// The text is not an NDC.
    #[error("`{text}` is {reason}; copy it from the label or the claim")]
    NotAnNdc {
        /// What was written.
        text: String,
        /// Why it is not an NDC.
        reason: ParseNdcError,
    },
    /// Digits without hyphens that may be several packages.
    #[error(
        "`{text}` has no hyphens and may be {}; write them as the label does",
        packages.join(" or ")
    )]
    AmbiguousNdc {
        /// What was written.
        text: String,
        /// Each package that it may be, with the drug and the codes under which it is billed, if a
        /// crosswalk has it.
        packages: Vec<String>,
    },
    /// No release has the code.
    #[error("{0}")]
    UnknownCode(MissingCode),
    /// The code is not valid on the day.
    #[error("{code} is not valid on {day}: {why}; ask for a code or a day that is")]
    NotValid {
        /// The code.
        code: Code,
        /// The day asked for.
        day: Date,
        /// Since when, or until when, it is valid.
        why: String,
    },
    /// The descriptor states no unit that can be read.
    #[error(
        "{code} states no billing unit that can be read; count its units by hand, from its \
         descriptor: {descriptor}"
    )]
    NoUnit {
        /// The code.
        code: Code,
        /// Its long descriptor.
        descriptor: String,
    },
    /// No crosswalk is indexed.
    #[error("{0} needs CMS's ASP NDC-HCPCS crosswalk, and none is indexed")]
    NoCrosswalk(Ndc),
    /// The crosswalk has no such NDC.
    #[error("{ndc} is not in {source_name}; check the number, or ask by the code and the dose")]
    UnknownNdc {
        /// The NDC.
        ndc: Ndc,
        /// The crosswalk that was searched.
        source_name: String,
    },
    /// The crosswalk has the NDC under another code.
    #[error(
        "{source_name} has {ndc} under {}, not under {code}; give that code, or the NDC alone",
        joined(others)
    )]
    OtherCode {
        /// The NDC.
        ndc: Ndc,
        /// The code asked for.
        code: Code,
        /// The codes under which it has the NDC.
        others: Vec<Code>,
        /// The crosswalk.
        source_name: String,
    },
    /// Several codes that are valid on the day bill the package.
    #[error(
        "{ndc} is billed with {} on {day}, which differ in use; ask for one of them with this NDC",
        joined(codes)
    )]
    SeveralCodes {
        /// The NDC.
        ndc: Ndc,
        /// The codes.
        codes: Vec<Code>,
        /// The day asked for.
        day: Date,
    },
    /// The row of the crosswalk does not determine the content of a vial.
    #[error("{ndc} cannot be counted by vials, as {reason}")]
    NotCounted {
        /// The NDC.
        ndc: Ndc,
        /// Why not.
        reason: &'static str,
    },
    /// The question is contradictory or incomplete.
    #[error("{0}")]
    Request(&'static str),
    /// A parameter is unknown, repeated or has an invalid value.
    #[error("{0}")]
    Parameter(String),
    /// The dose, the weight or the vial is invalid, or does not convert to the code's unit.
    #[error("{}{cause}", code.map_or(String::new(), |code| format!("{code}: ")))]
    Dose {
        /// The code, if the dose itself could be read.
        code: Option<Code>,
        /// What is wrong.
        cause: DoseError,
    },
}

impl UnitsError {
    /// Whether the question is valid but has no answer: an unknown code, one that is not valid on
    /// the day, an unknown NDC.
    #[must_use]
    pub fn is_missing(&self) -> bool {
        matches!(
            self,
            Self::UnknownCode(_)
                | Self::NotValid { .. }
                | Self::NoUnit { .. }
                | Self::NoCrosswalk(_)
                | Self::UnknownNdc { .. }
                | Self::OtherCode { .. }
                | Self::SeveralCodes { .. }
                | Self::NotCounted { .. }
        )
    }
}

impl From<DoseError> for UnitsError {
    fn from(cause: DoseError) -> Self {
        Self::Dose { code: None, cause }
    }
}

/// Codes as a phrase of a sentence.
fn joined(codes: &[Code]) -> String {
    let codes: Vec<String> = codes.iter().map(ToString::to_string).collect();
    codes.join(" and ")
}
