//! What a list of codes asks for, item by item.

use crate::annotation::drugs::ndc_reading::NdcReading;
use crate::codeset::{Code, CodeSpan, Kind, ParseCodeError};

/// What a list of codes is held against while it is read.
pub(crate) trait KnownCodes {
    /// Whether a release has a code of a span.
    fn has(&self, span: CodeSpan) -> bool;
    /// Whether a drug product has an NDC.
    fn has_ndc(&self, reading: &NdcReading) -> bool;
    /// Whether a word occurs in what is indexed.
    fn is_word(&self, word: &str) -> bool;
}

/// A list of codes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct CodeList {
    /// What is asked for, in the order asked.
    pub(crate) items: Vec<ListItem>,
    /// What is left out: `-J1640`.
    pub(crate) left_out: Vec<CodeSpan>,
}

/// One item of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct ListItem {
    /// As it was asked.
    pub(crate) asked: String,
    pub(crate) what: Asked,
}

/// What an item asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Asked {
    /// A code or a modifier by name.
    Code(Code),
    /// The codes of a range or with a beginning.
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
    /// Whether it asks for something that a claim line is billed with, and not for a modifier of
    /// it.
    pub(crate) fn is_procedure(&self) -> bool {
        match self {
            Self::Code(code) => code.kind() == Kind::Procedure,
            Self::Pattern(span) => span.kind() == Kind::Procedure,
            Self::Ndc(_) | Self::OutOfScope(_) => true,
            Self::CptModifier | Self::Backwards | Self::Stranger => false,
        }
    }
}
