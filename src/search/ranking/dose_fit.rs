//! How well a dose fits the unit of a code: a multiple of it, and not of more units than are given.

/// Bonus for a dose that is a multiple of the code's unit; the fewer units, the higher.
const MULTIPLE: f32 = 0.1;
/// Bonus on top for a few units that are no round number: few doses are a multiple of 3.75 mg by
/// chance.
const TELLING: f32 = 0.1;
const FEW_UNITS: f64 = 10.5;
/// Malus for a dose that is not a multiple.
const NO_MULTIPLE: f32 = -0.02;
/// Malus for more units of what is swallowed than anyone swallows: 1 g is no 40 tablets of 25 mg.
const NOT_SWALLOWED: f32 = -0.5;
const MOST_SWALLOWED: f64 = 25.0;

/// How well the question's doses fit the units of a descriptor, as far as it is read.
#[derive(Default)]
pub(super) struct DoseFit {
    /// The best fit so far.
    best: Option<f32>,
    /// The fewest units that make a dose.
    units: Option<f64>,
    /// Whether a dose is a few units that are no round number.
    is_telling: bool,
}

impl DoseFit {
    /// Takes a unit and a dose of the same kind.
    pub(super) fn see(&mut self, unit: f64, dose: f64) {
        let units = dose / unit;
        self.units = Some(self.units.map_or(units, |known| known.min(units)));
        let is_multiple = units >= 0.999 && (units - units.round()).abs() < 1e-6;
        self.is_telling |= is_multiple && units < FEW_UNITS && !is_round(unit);
        #[expect(clippy::cast_possible_truncation, reason = "a share")]
        let fit = if is_multiple {
            // Fewer units fit better.
            (1.0 - units.log10() / 6.0).max(0.2) as f32
        } else {
            0.0
        };
        self.best = Some(self.best.map_or(fit, |best| best.max(fit)));
    }

    /// Takes a dose that is one unit: `up to 10 mg` is one of 5 mg.
    pub(super) fn is_one_unit(&mut self) {
        self.best = Some(1.0);
    }

    /// The bonus or malus, as a share of the word score, of what is swallowed or not.
    pub(super) fn share(&self, is_swallowed: bool) -> f32 {
        let dose = match self.best {
            Some(fit) if fit > 0.0 => MULTIPLE * fit,
            Some(_) => NO_MULTIPLE,
            None => 0.0,
        };
        let telling = if self.is_telling { TELLING } else { 0.0 };
        let is_too_much = is_swallowed && self.units.is_some_and(|own| own > MOST_SWALLOWED);
        dose + telling + if is_too_much { NOT_SWALLOWED } else { 0.0 }
    }
}

/// Whether a unit is a round number: 1, 2, 2.5 or 5 times a power of ten.
fn is_round(unit: f64) -> bool {
    let digits = unit / 10_f64.powf(unit.log10().floor());
    let mut round = [1.0, 2.0, 2.5, 5.0].iter();
    round.any(|round| (digits - round).abs() < 1e-6)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn share(unit: f64, dose: f64, is_swallowed: bool) -> f32 {
        let mut fit = DoseFit::default();
        fit.see(unit, dose);
        fit.share(is_swallowed)
    }

    #[test]
    fn fewer_units_fit_better_and_a_telling_unit_best() {
        let falling = [
            share(3.75, 11.25, false),
            share(10.0, 10.0, false),
            share(1.0, 10.0, false),
            share(7.5, 11.25, false),
        ];
        assert!(falling.is_sorted_by(|a, b| a > b), "{falling:?}");
        assert!(falling[2] > 0.0 && falling[3] < 0.0, "{falling:?}");
    }

    #[test]
    fn nobody_swallows_forty_tablets() {
        assert!(share(25.0, 1_000.0, true) < 0.0);
        assert!(share(25.0, 1_000.0, false) > 0.0);
        assert!(share(25.0, 500.0, true) > 0.0);
    }
}
