use rust_decimal::{Decimal, MathematicalOps};

/// What a month costs, as the pace of a year, by what it is paid for.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub struct Pace {
    /// The license bill.
    pub licenses: Decimal,
    /// IT labor.
    pub labor: Decimal,
    /// Compliance misses.
    pub misses: Decimal,
    /// An automation service.
    pub fee: Decimal,
}

impl Pace {
    /// All of it.
    pub fn total(&self) -> Decimal {
        self.licenses + self.labor + self.misses + self.fee
    }

    fn add(&mut self, other: &Self) {
        self.licenses += other.licenses;
        self.labor += other.labor;
        self.misses += other.misses;
        self.fee += other.fee;
    }
}

/// What a course of action costs, month by month over the horizon. Exact: months carry yearly amounts, and the division by
/// twelve comes last.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Flows {
    months: Vec<Pace>,
    settled: Pace,
    one_off: Decimal,
}

const MONTHS: Decimal = Decimal::from_parts(12, 0, 0, false, 0);

/// What one unit paid at the end of each month is worth now.
#[derive(Clone, Debug)]
pub struct Worth(Vec<Decimal>);

impl Worth {
    /// Discounts by a yearly rate: `(1 + rate)^(−month/12)`.
    pub fn new(rate: Decimal, months: u32) -> Self {
        // The root is taken once; without a rate nothing is rounded.
        let month = (Decimal::ONE + rate).checked_powd(Decimal::ONE / MONTHS).filter(|_| !rate.is_zero());
        let month = month.unwrap_or(Decimal::ONE);
        let mut worth = Decimal::ONE;
        let later = (0..months).map(|_| {
            worth /= month;
            worth
        });
        Self(later.collect())
    }

    /// By month, the first one first.
    pub fn factors(&self) -> &[Decimal] {
        &self.0
    }

    /// Present value of one unit a year, paid month by month.
    pub fn of_one_a_year(&self) -> Decimal {
        self.0.iter().sum::<Decimal>() / MONTHS
    }
}

impl Flows {
    /// Months at the yearly cost of each, a payment at the start, and what a year costs once all has happened, which may be
    /// beyond these months.
    pub fn new(months: Vec<Pace>, settled: Pace, one_off: Decimal) -> Self {
        Self { months, settled, one_off }
    }

    /// What each month costs, as the pace of a year.
    pub fn months(&self) -> &[Pace] {
        &self.months
    }

    /// What is paid at the start.
    pub fn one_off(&self) -> Decimal {
        self.one_off
    }

    /// All that is paid within the first twelve months.
    pub fn year_1(&self) -> Decimal {
        self.one_off + self.months.iter().take(12).map(Pace::total).sum::<Decimal>() / MONTHS
    }

    /// What a year costs once things have settled.
    pub fn settled(&self) -> Pace {
        self.settled
    }

    /// The sum of a settled year.
    pub fn run_rate(&self) -> Decimal {
        self.settled().total()
    }

    /// Present value of all payments as a cash flow, so a cost is negative. A month's cost is paid at its end; the one-off is
    /// paid now.
    pub fn npv(&self, worth: &Worth) -> Decimal {
        let value: Decimal = self.months.iter().zip(&worth.0).map(|(month, worth)| month.total() * worth).sum();
        -(self.one_off + value / MONTHS)
    }

    /// All payments, undiscounted.
    pub fn sum(&self) -> Decimal {
        self.one_off + self.months.iter().map(Pace::total).sum::<Decimal>() / MONTHS
    }

    /// What has been paid in all by the start and by the end of each month.
    pub fn cumulative(&self) -> Vec<Decimal> {
        let mut paid = self.one_off * MONTHS;
        let later = self.months.iter().map(|month| {
            paid += month.total();
            paid / MONTHS
        });
        std::iter::once(self.one_off).chain(later).collect()
    }

    /// The first month by whose end this course has cost no more in all than the other; `None` within the horizon.
    pub fn payback_months(&self, baseline: &Self) -> Option<u32> {
        let mut ahead = (baseline.one_off - self.one_off) * MONTHS;
        let first = |flows: &Self| flows.months.first().map(Pace::total);
        if ahead >= Decimal::ZERO && first(self) <= first(baseline) {
            return Some(0);
        }
        let months = self.months.iter().zip(&baseline.months);
        (1..).zip(months).find_map(|(month, (own, other))| {
            ahead += other.total() - own.total();
            (ahead >= Decimal::ZERO).then_some(month)
        })
    }

    /// Adds another course of action, month by month.
    #[must_use]
    pub fn plus(mut self, other: &Self) -> Self {
        self.one_off += other.one_off;
        self.settled.add(&other.settled);
        self.months.resize(self.months.len().max(other.months.len()), Pace::default());
        for (own, other) in self.months.iter_mut().zip(&other.months) {
            own.add(other);
        }
        self
    }
}

#[cfg(test)]
mod tests {
    use rust_decimal::dec;

    use super::*;
    use crate::model::round;

    fn level(yearly: Decimal, one_off: Decimal) -> Flows {
        let pace = Pace { licenses: yearly, ..Pace::default() };
        Flows::new(vec![pace; 36], pace, one_off)
    }

    #[test]
    fn values() {
        let level = level(dec!(1200), Decimal::ZERO);
        assert_eq!(level.year_1(), dec!(1200));
        assert_eq!(level.run_rate(), dec!(1200));
        assert_eq!(level.npv(&Worth::new(Decimal::ZERO, 36)), dec!(-3600));
        // 36 payments of 100 at 8 % a year, discounted from each month's end: 100 × (1 − v³⁶)/(v⁻¹ − 1), v = 1.08^(−1/12).
        assert_eq!(round(level.npv(&Worth::new(dec!(0.08), 36)), 2), dec!(-3204.33));
        assert_eq!(level.cumulative().last(), Some(&dec!(3600)));
    }

    #[test]
    fn payback() {
        let baseline = level(dec!(1200), Decimal::ZERO);
        let check = |one_off: Decimal, yearly: Decimal, expect: Option<u32>| {
            assert_eq!(level(yearly, one_off).payback_months(&baseline), expect, "{one_off} {yearly}");
        };
        check(dec!(0), dec!(600), Some(0));
        check(dec!(100), dec!(600), Some(2));
        check(dec!(100), dec!(1300), None);
        check(dec!(0), dec!(1300), None);
    }
}
