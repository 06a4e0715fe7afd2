//! The weight of each word in the question: charge lines name a drug once, with its dose, volume,
//! container and route around it.

use super::measure::AREA;
use super::plan::{Group, Plan, letters};
use super::role::Role;

/// The weight of volumes, units, containers, routes and diluents if a dose is given.
const FAINT: f32 = 0.2;
/// The weight of routes, containers, numbers, doses and sizes otherwise.
const HALF: f32 = 0.5;
/// The weight of a single letter, and of a part of a phrase.
const SLIGHT: f32 = 0.3;
/// The weight of a word of two letters.
const SHORT: f32 = 0.6;

/// Sets the weight of each word from its role.
pub(super) fn weigh(plan: &mut Plan<'_>) {
    let has = |role: Role| plan.groups.iter().any(|group| group.role == role);
    if !has(Role::Subject) {
        return;
    }
    let has_dose = has(Role::Dose);
    let has_area = plan.measures.iter().any(|measure| measure.kind == AREA);
    let is_name = |group: &Group<'_>| group.role == Role::Subject && letters(&group.asked) > 4;
    let names_drug = plan.groups.first().is_some_and(is_name);
    let finds_drug = |group: &Group<'_>| is_name(group) && !group.alternatives.is_empty();
    let is_dissolved = plan.groups.iter().any(finds_drug);
    for group in plan.groups.iter_mut().filter(|group| !group.is_phrase) {
        group.weight = match group.role {
            Role::Volume | Role::Unit | Role::Form | Role::Route if has_dose => FAINT,
            Role::Diluent if has_dose && names_drug => FAINT,
            Role::Aside if is_dissolved => FAINT,
            Role::Number if has_area => FAINT,
            // The number of a limit is not the range that it bounds.
            Role::Part | Role::Capacity => SLIGHT,
            Role::Dose
            | Role::Volume
            | Role::Size
            | Role::Number
            | Role::Form
            | Role::Route
            | Role::Fit => HALF,
            Role::Subject => match letters(&group.asked) {
                1 => SLIGHT,
                2 => SHORT,
                _ => 1.0,
            },
            Role::Label | Role::Unit | Role::Diluent | Role::Aside => 1.0,
        };
    }
}
