//! The content of a column in a table of claim lines.

/// The content of a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Column {
    /// The procedure code, by the code sets that the name mentions.
    Code(CodeName),
    /// The code set of the code with this number; 0 for a code without one.
    CodeType(u8),
    /// One or several modifiers.
    Modifier,
    /// The first day of service; of several columns the one with the highest rank is used.
    Start(Rank),
    /// The last day of service.
    End(Rank),
    /// The line's own id.
    LineId(Rank),
    /// The line's units.
    Units,
    /// The drug package.
    Ndc,
    /// The quantity of the drug, and its unit.
    NdcQuantity,
    NdcUnit,
    /// The given amount of the drug, and its unit.
    Dose,
    DoseUnit,
    /// How much of the drug was discarded.
    Waste,
    /// The service or drug in words; of several columns the one with the highest rank is used.
    Description(TextRank),
    /// A day other than that of service, such as that of the payment.
    OtherDay,
    /// A day that may or may not be that of service.
    UnclearDay,
    /// A modifier in an unknown form.
    UnclearModifier,
    /// Not used here.
    Other,
}

impl Column {
    /// How specific it is to the charge, of a description.
    pub(super) fn text_rank(self) -> Option<TextRank> {
        match self {
            Self::Description(rank) => Some(rank),
            _ => None,
        }
    }

    /// How closely it relates to the line, of an id.
    pub(super) fn id_rank(self) -> Option<Rank> {
        match self {
            Self::LineId(rank) => Some(rank),
            _ => None,
        }
    }
}

/// Which code sets the name of a column of codes mentions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum CodeName {
    Cpt,
    Hcpcs,
    /// Both or neither.
    Any,
    /// A code with a number, as `code|1` in a hospital's standard charges; its type is in another
    /// column.
    Numbered(u8),
    /// A code under a name that says more, such as `Default CPT`: it is used only if no other column
    /// has the code.
    Qualified,
    /// A code under a name that may also mean an in-house code, such as `Charge Code`: it is used
    /// after those.
    House,
}

/// How closely a column relates to the line: of several days the nearest is used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Rank {
    Claim,
    Service,
    Line,
}

/// How specific a description is to the charge: of several the most specific is used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum TextRank {
    /// That of the code, such as `HCPCS Description`, which may have the code in its cells too.
    OfCode,
    Short,
    Plain,
    OfCharge,
}
