use std::fmt::Write as _;

use rust_decimal::Decimal;

use super::chart::{axis_label, round_ticks, with_one_above};
use super::{format, words};
use crate::compare::{Curve, ScenarioKind};
use crate::model::{Currency, Money};

use super::Scenarios;

/// Lines over a number, ready to be drawn. Nothing is computed from what is in it.
#[derive(Clone, Debug)]
pub struct LineChart {
    /// What is counted at the bottom.
    pub across: &'static str,
    /// The lines.
    pub lines: Vec<ChartLine>,
    /// Places to be marked.
    pub marks: Vec<ChartMark>,
    /// Where one is now, and what that is called.
    pub here: Option<(f64, String)>,
    /// The currency of amounts.
    pub currency: Currency,
}

/// A line.
#[derive(Clone, Debug)]
pub struct ChartLine {
    /// Which course of action it is for; `None` for what is recommended for each app.
    pub kind: Option<ScenarioKind>,
    /// Its name.
    pub name: String,
    /// Its points, from left to right, for drawing.
    pub points: Vec<[f64; 2]>,
    /// Their amounts.
    pub amounts: Vec<Decimal>,
    /// Its least amounts, where they are other ones.
    pub low: Vec<[f64; 2]>,
}

/// A place to be marked.
#[derive(Clone, Debug)]
pub struct ChartMark {
    /// Where.
    pub at: [f64; 2],
    /// What is there.
    pub text: String,
}

/// A line's number, its name, its place and its amount at one number.
pub type NearestAmount<'a> = (usize, &'a str, f64, Money);

impl LineChart {
    /// Annual cost by the size of the team.
    pub fn by_seats(curve: &Curve, scenarios: &Scenarios) -> Self {
        let name = |kind: ScenarioKind| {
            scenarios.card(kind).map_or_else(|| words::scenario(kind).to_owned(), |card| card.title.clone())
        };
        let lines = curve.lines.iter().map(|line| {
            let at = |amount| format::coordinate(amount);
            let other = line.points.iter().any(|point| point.low != point.cost);
            let low = line.points.iter().filter(|_| other).map(|point| [f64::from(point.seats), at(point.low)]);
            ChartLine {
                kind: Some(line.kind),
                name: name(line.kind),
                points: line.points.iter().map(|point| [f64::from(point.seats), at(point.cost)]).collect(),
                amounts: line.points.iter().map(|point| point.cost).collect(),
                low: low.collect(),
            }
        });
        let shown = curve.lines.iter().flat_map(|line| line.points.last()).map(|point| point.seats).max().unwrap_or(0);
        let manual = ScenarioKind::StayManual;
        let crossings = [ScenarioKind::Automate, ScenarioKind::Upgrade, ScenarioKind::NativeScim];
        let marks = crossings.into_iter().filter_map(|kind| {
            let crossing = curve.crossing(kind, manual).filter(|crossing| crossing.seats <= shown)?;
            let what = match kind {
                ScenarioKind::Automate => "automation pays off from",
                ScenarioKind::Upgrade => "the upgrade pays off from",
                _ => "native SCIM pays off from",
            };
            let at = [f64::from(crossing.seats), format::coordinate(crossing.cost.amount)];
            Some(ChartMark { at, text: format!("{what} {}", format::counted(crossing.seats, "seat", "seats")) })
        });
        Self {
            across: "seats",
            lines: lines.collect(),
            marks: marks.collect(),
            here: Some((f64::from(curve.have), format!("you: {}", format::counted(curve.have, "seat", "seats")))),
            currency: curve.currency,
        }
    }

    /// What has been paid in all, month by month.
    pub fn by_month(scenarios: &Scenarios) -> Self {
        let lines = scenarios.cards.iter().filter(|card| !card.paid.is_empty()).map(|card| ChartLine {
            kind: card.kind,
            name: card.title.clone(),
            points: (0..)
                .zip(&card.paid)
                .map(|(month, paid): (u32, &Decimal)| [f64::from(month), format::coordinate(*paid)])
                .collect(),
            amounts: card.paid.clone(),
            low: Vec::new(),
        });
        Self { across: "months", lines: lines.collect(), marks: Vec::new(), here: None, currency: scenarios.currency }
    }

    fn points(&self) -> impl Iterator<Item = &[f64; 2]> {
        self.lines.iter().flat_map(|line| &line.points)
    }

    /// The greatest number at the bottom.
    pub fn most_across(&self) -> f64 {
        self.points().map(|point| point[0]).fold(1.0, f64::max)
    }

    /// Round numbers for the bottom.
    pub fn across_ticks(&self) -> Vec<f64> {
        let most = self.most_across();
        if self.across == "months" {
            let years = (most / 12.0).ceil() as u32;
            return (0..=years).map(|year| f64::from(year * 12)).filter(|tick| *tick <= most).collect();
        }
        let ticks = round_ticks(most, 5.0);
        ticks.into_iter().filter(|tick| *tick <= most && tick.fract() == 0.0).collect()
    }

    /// The greatest amount.
    pub fn most_up(&self) -> f64 {
        self.points().map(|point| point[1]).fold(1.0, f64::max)
    }

    /// Round amounts for the left side, from zero to the greatest one.
    pub fn up_ticks(&self) -> Vec<f64> {
        with_one_above(round_ticks(self.most_up(), 7.0), self.most_up())
    }

    /// An amount on the axis.
    pub fn amount_label(&self, tick: f64) -> String {
        axis_label(tick, self.most_up(), self.currency)
    }

    /// The drawn place that is nearest to a number, and for each line its place there and its amount.
    pub fn nearest(&self, x: f64) -> Option<(f64, Vec<NearestAmount<'_>>)> {
        let distance = |point: &&[f64; 2]| (point[0] - x).abs();
        let nearest = self.points().min_by(|a, b| distance(a).total_cmp(&distance(b)))?[0];
        let amounts = self.lines.iter().enumerate().filter_map(|(number, line)| {
            let mut places = line.points.iter().zip(&line.amounts);
            let (point, amount) = places.find(|(point, _)| (point[0] - nearest).abs() < f64::EPSILON)?;
            Some((number, line.name.as_str(), point[1], Money::new(*amount, self.currency)))
        });
        Some((nearest, amounts.collect()))
    }

    /// The chart in words, for those who do not see it.
    pub fn said(&self) -> String {
        let mut said = String::new();
        for line in &self.lines {
            let mut ends = line.points.iter().zip(&line.amounts);
            for (point, amount) in ends.next().into_iter().chain(ends.next_back()) {
                let amount = format::money(Money::new(*amount, self.currency));
                let _ = write!(said, "{}: {amount} at {:.0} {}. ", line.name, point[0], self.across);
            }
        }
        for mark in &self.marks {
            said += &format!("{}. ", mark.text);
        }
        said.trim_end().to_owned()
    }
}
