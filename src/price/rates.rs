use std::collections::BTreeMap;

use jiff::civil::Date;
use rust_decimal::Decimal;

use crate::correlate::Roster;
use crate::import::Records;
use crate::model::Currency;
use crate::workspace::{Policy, Rate};

/// The policy with the exchange rates that imported lists know for the day: of each currency the newest one up to it, or
/// the first after it. A rate the user entered wins.
pub fn with_imported_rates(policy: &Policy, roster: &Roster, as_of: Date) -> Policy {
    let mut found: BTreeMap<Currency, Rate> = BTreeMap::new();
    for (_, import) in roster.imports() {
        let Records::Rates(records) = &import.records else { continue };
        for record in records {
            let on = record.on.or(import.exported).unwrap_or(as_of);
            let to = record.to.unwrap_or(policy.currency);
            let (currency, worth) = if to == policy.currency {
                (record.from, record.worth)
            } else if record.from == policy.currency {
                (to, Decimal::ONE / record.worth)
            } else {
                continue;
            };
            let better = |known: &Rate| match (known.on <= as_of, on <= as_of) {
                (true, true) => on > known.on,
                (false, false) => on < known.on,
                (known, new) => new && !known,
            };
            if found.get(&currency).is_none_or(better) {
                found.insert(currency, Rate { worth, on });
            }
        }
    }
    found.extend(policy.rates.iter().map(|(currency, rate)| (*currency, rate.clone())));
    Policy { rates: found, ..policy.clone() }
}
