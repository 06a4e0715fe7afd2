//! A dose by body weight.

use super::super::amount::Amount;
use super::super::decimal::Decimal;
use super::super::measure::Measure;
use super::dose::Dose;
use super::dose_text::finish;
use super::error::DoseError;
use super::expression::{Factor, multiply};
use crate::error::excerpt;

impl Dose {
    /// The dose for a body weight, such as 5 mg for each of 70 kg.
    ///
    /// # Errors
    /// The weight is no patient's, or the amount for each kilogram is not a dose.
    pub fn for_weight(weight: &str, per_kg: &str) -> Result<Self, DoseError> {
        let kg = Measure::of_word("kg");
        let not_a_weight = || DoseError::Weight {
            text: excerpt(weight),
        };
        let of_weight = weight.parse::<Self>()?;
        let ([weight_amount], Some(kg)) = (of_weight.amounts(), kg) else {
            return Err(not_a_weight());
        };
        let one_kg = Amount::new(Decimal::ONE, kg);
        let bounds = one_kg
            .times(Decimal::of(1, 1))
            .zip(one_kg.times(Decimal::from(1_000_u32)));
        let is_weight = bounds.is_some_and(|(least, most)| {
            weight_amount
                .compare(&least)
                .is_some_and(std::cmp::Ordering::is_ge)
                && weight_amount
                    .compare(&most)
                    .is_some_and(std::cmp::Ordering::is_le)
        });
        if !is_weight {
            return Err(not_a_weight());
        }
        // here "5 mg/kg" and "5 mg" mean the same
        let per_kg = per_kg
            .trim()
            .trim_end_matches("/kg")
            .trim_end_matches("per kg");
        let each = per_kg.parse::<Self>()?;
        let [amount] = each.amounts() else {
            return Err(DoseError::Unreadable {
                text: excerpt(per_kg),
            });
        };
        let per = vec![one_kg];
        let strength = Factor::Strength {
            amount: amount.clone(),
            per,
        };
        let factors = [Factor::Amounts(vec![weight_amount.clone()]), strength];
        let text = format!("{weight_amount} x {amount}/kg");
        finish(multiply(&factors), &text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn by_weight() {
        let dose = |weight, per_kg| Dose::for_weight(weight, per_kg).map(|dose| dose.to_string());
        assert_eq!(dose("70kg", "5mg").as_deref(), Ok("350 mg"));
        assert_eq!(dose("70 kg", "5 mg/kg").as_deref(), Ok("350 mg"));
        assert_eq!(dose("3500 g", "100 units").as_deref(), Ok("350 units"));
        for weight in ["70", "0kg", "-70kg", "70 mg", "5000kg", "70 ml", "heavy"] {
            assert!(dose(weight, "5mg").is_err(), "{weight}");
        }
        assert!(dose("70kg", "0mg").is_err());
    }
}
