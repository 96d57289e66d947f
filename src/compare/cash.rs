use rust_decimal::{Decimal, MathematicalOps};

/// What a course of action costs, month by month over the horizon. Exact: months carry yearly amounts, and the division by
/// twelve comes last.
#[derive(Clone, Debug, PartialEq)]
pub struct Flows {
    /// For each month, the cost a year at which that month runs.
    yearly: Vec<Decimal>,
    /// Paid at the start.
    one_off: Decimal,
}

const MONTHS: Decimal = Decimal::from_parts(12, 0, 0, false, 0);

impl Flows {
    /// Months at the yearly cost of each, and a payment at the start.
    pub fn new(yearly: Vec<Decimal>, one_off: Decimal) -> Self {
        Self { yearly, one_off }
    }

    /// All that is paid within the first twelve months.
    pub fn year_1(&self) -> Decimal {
        self.one_off + self.yearly.iter().take(12).sum::<Decimal>() / MONTHS
    }

    /// What a year costs once things have settled: the last month's pace.
    pub fn run_rate(&self) -> Decimal {
        self.yearly.last().copied().unwrap_or_default()
    }

    /// Present value of all payments as a cash flow, so a cost is negative. A month's cost is paid at its end and is worth
    /// `(1 + rate)^(−month/12)` of its amount now; the one-off is paid now.
    pub fn npv(&self, rate: Decimal) -> Decimal {
        if rate.is_zero() {
            return -self.sum();
        }
        let month = (Decimal::ONE + rate).checked_powd(Decimal::ONE / MONTHS).unwrap_or(Decimal::ONE);
        let mut worth = Decimal::ONE;
        let mut value = Decimal::ZERO;
        for yearly in &self.yearly {
            worth /= month;
            value += yearly * worth;
        }
        -(self.one_off + value / MONTHS)
    }

    /// All payments, undiscounted.
    pub fn sum(&self) -> Decimal {
        self.one_off + self.yearly.iter().sum::<Decimal>() / MONTHS
    }

    /// The first month by whose end this course has cost no more in all than the other; `None` within the horizon.
    pub fn payback_months(&self, baseline: &Self) -> Option<u32> {
        let mut ahead = (baseline.one_off - self.one_off) * MONTHS;
        if ahead >= Decimal::ZERO && self.yearly.first() <= baseline.yearly.first() {
            return Some(0);
        }
        let months = self.yearly.iter().zip(&baseline.yearly);
        (1..).zip(months).find_map(|(month, (own, other))| {
            ahead += other - own;
            (ahead >= Decimal::ZERO).then_some(month)
        })
    }
}

#[cfg(test)]
mod tests {
    use rust_decimal::dec;

    use super::*;
    use crate::model::round;

    #[test]
    fn values() {
        let level = Flows::new(vec![dec!(1200); 36], Decimal::ZERO);
        assert_eq!(level.year_1(), dec!(1200));
        assert_eq!(level.run_rate(), dec!(1200));
        assert_eq!(level.npv(Decimal::ZERO), dec!(-3600));
        // 36 payments of 100 at 8 % a year, discounted from each month's end: 100 × (1 − v³⁶)/(v⁻¹ − 1), v = 1.08^(−1/12).
        assert_eq!(round(level.npv(dec!(0.08)), 2), dec!(-3204.33));
    }

    #[test]
    fn payback() {
        let baseline = Flows::new(vec![dec!(1200); 36], Decimal::ZERO);
        let check = |one_off: Decimal, yearly: Decimal, expect: Option<u32>| {
            let flows = Flows::new(vec![yearly; 36], one_off);
            assert_eq!(flows.payback_months(&baseline), expect, "{one_off} {yearly}");
        };
        check(dec!(0), dec!(600), Some(0));
        check(dec!(100), dec!(600), Some(2));
        check(dec!(100), dec!(1300), None);
        check(dec!(0), dec!(1300), None);
    }
}
