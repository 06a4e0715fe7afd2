//! `MeasureKind`: what a unit of measure measures.

/// What a unit measures. Amounts convert within a kind, and never from one kind to another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MeasureKind {
    /// Milligrams and the like.
    Mass,
    /// Milliliters and the like. CMS writes ml and cc for one another.
    Volume,
    /// Units of a drug's activity. CMS writes units, IU and USP units for one another:
    /// J2724 is "10 iu" in its descriptor and `10 UNITS` in the crosswalk.
    Activity,
    /// Millicuries and the like.
    Radioactivity,
    /// Milliequivalents.
    Equivalent,
    /// Square centimeters and the like.
    Area,
    /// Body surface in square meters, by which a dose is calculated.
    BodySurface,
    /// Centimeters and the like.
    Length,
    /// The thickness of a needle.
    Gauge,
    /// Miles.
    Distance,
    /// Minutes and hours.
    Time,
    /// Days.
    Day,
    /// Calendar months.
    Month,
    /// Avoirdupois or fluid ounces: a descriptor does not say which, so they convert to nothing.
    Ounce,
    /// Calories.
    Energy,
    /// Living cells.
    Cells,
    /// Vector genomes.
    VectorGenomes,
    /// Plaque forming units.
    PlaqueFormingUnits,
}

impl MeasureKind {
    /// Whether a part of a billing unit is billed as a whole one. That holds for quantities of a
    /// drug or a product; time and distance have rules of their own, such as CMS's 8-minute rule.
    #[must_use]
    pub fn rounds_up(self) -> bool {
        !matches!(
            self,
            Self::Time | Self::Distance | Self::Day | Self::Month | Self::Length | Self::Gauge
        )
    }
}
