//! `Quarter`: the month with which a release comes into force.

/// The month with which a quarter of CMS begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Quarter {
    /// Also the annual release of the years before 2020.
    January,
    /// The second quarter.
    April,
    /// The third quarter.
    July,
    /// The fourth quarter.
    October,
}

impl Quarter {
    /// The month of its first day, 1, 4, 7 or 10.
    #[must_use]
    pub fn month(self) -> u8 {
        match self {
            Self::January => 1,
            Self::April => 4,
            Self::July => 7,
            Self::October => 10,
        }
    }

    pub(super) fn of_month(month: &str) -> Option<Self> {
        match month {
            "1" | "01" => Some(Self::January),
            "4" | "04" => Some(Self::April),
            "7" | "07" => Some(Self::July),
            "10" => Some(Self::October),
            _ => None,
        }
    }
}
