//! `Order`: whether the day or the month comes first in a day of numbers.

use super::written_days::YEARS;
use crate::codeset::Date;
use crate::codeset::written_day::without_time;

/// The length of `2026-01-15`.
const YEAR_FIRST: usize = 10;

/// The order of day and month in a day of numbers.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Order {
    DayFirst,
    Either,
}

/// The orders of the days of numbers in a cell, without those that have one meaning only.
pub(super) fn orders(cell: &str) -> impl Iterator<Item = Order> {
    // Most cells begin with the year.
    let begins_with_year = cell.as_bytes().get(4) == Some(&b'-') && digits(&cell[..4]).is_some();
    let cell = if begins_with_year && cell.len() == YEAR_FIRST {
        ""
    } else {
        without_time(cell)
    };
    let is_word = |part: &str| matches!(part, "to" | "thru" | "through" | "–" | "—");
    let mut numbers: Vec<&str> = cell
        .split(['/', '-', '.', ' '])
        .filter(|part| !part.is_empty() && !is_word(part))
        .collect();
    // `20101201` begins with its year.
    let has_year_first = || {
        cell.parse()
            .is_ok_and(|day: Date| YEARS.contains(&day.year()))
    };
    if let (&[one], Some(6 | 8)) = (&numbers[..], digits(cell))
        && !has_year_first()
    {
        numbers = vec![&one[..2], &one[2..4], &one[4..]];
    }
    let orders: Vec<Order> = numbers.chunks_exact(3).filter_map(order).collect();
    orders.into_iter()
}

fn order(parts: &[&str]) -> Option<Order> {
    let &[first, second, year] = parts else {
        return None;
    };
    let number = |part: &str| {
        let number: u8 = part.parse().ok()?;
        (part.len() <= 2 && number > 0).then_some(number)
    };
    let (first, second) = (number(first)?, number(second)?);
    digits(year).filter(|length| matches!(length, 2 | 4))?;
    match (first, second) {
        (13..=31, 1..=12) => Some(Order::DayFirst),
        (1..=12, 1..=12) if first != second => Some(Order::Either),
        _ => None,
    }
}

/// How many digits a cell has, if it has nothing else.
pub(super) fn digits(cell: &str) -> Option<usize> {
    let is_number = cell.bytes().all(|byte| byte.is_ascii_digit());
    Some(cell.len()).filter(|_| is_number)
}
