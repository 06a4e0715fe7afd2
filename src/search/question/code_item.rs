//! The items of a list of codes.

use crate::annotation::drugs::ndc_candidates::NdcReading;
use crate::codeset::{Code, CodeSpan, Kind, ParseCodeError};

/// The index as the parser of a list of codes needs it.
pub(crate) trait KnownCodes {
    /// Whether a release has a code of a span.
    fn has(&self, span: CodeSpan) -> bool;
    /// Whether a drug product has an NDC.
    fn has_ndc(&self, reading: &NdcReading) -> bool;
    /// Whether a word occurs in the index, or has a synonym: `IV3000` is a dressing.
    fn is_word(&self, word: &str) -> bool;
}

/// A list of codes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct CodeList {
    /// The items, in the order asked.
    pub(crate) items: Vec<ListItem>,
    /// The excluded codes: `-J1640`.
    pub(crate) left_out: Vec<CodeSpan>,
}

/// One item of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct ListItem {
    /// The item as asked.
    pub(crate) asked: String,
    pub(crate) what: Asked,
}

/// The meaning of an item.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Asked {
    /// A named code or modifier.
    Code(Code),
    /// A range or a pattern.
    Pattern(CodeSpan),
    /// The codes of a drug product.
    Ndc(Vec<NdcReading>),
    /// A number of a code set that is not covered.
    OutOfScope(ParseCodeError),
    /// A modifier of CPT.
    CptModifier,
    /// A range whose end comes before its beginning.
    Backwards,
    /// Anything else.
    Stranger,
}

impl ListItem {
    pub(crate) fn new(asked: &str, what: Asked) -> Self {
        let asked = asked.to_owned();
        Self { asked, what }
    }
}

impl Asked {
    /// The codes that it names, if it is a code, a range or a pattern.
    pub(crate) fn span(&self) -> Option<CodeSpan> {
        match self {
            Self::Code(code) => Some((*code).into()),
            Self::Pattern(span) => Some(*span),
            _ => None,
        }
    }

    /// Whether it is a billable item and not a modifier of one.
    pub(crate) fn is_procedure(&self) -> bool {
        match self {
            Self::Code(code) => code.kind() == Kind::Procedure,
            Self::Pattern(span) => span.kind() == Kind::Procedure,
            Self::Ndc(_) | Self::OutOfScope(_) => true,
            Self::CptModifier | Self::Backwards | Self::Stranger => false,
        }
    }
}
