//! Words shared by all stages: money, dates, addresses, names, places in files and diagnostics. No policy lives here.

mod app;
mod diagnostic;
mod email;
mod moment;
mod money;
mod name;
mod text;
mod unit;

pub use app::AppName;
pub use diagnostic::{Code, Diagnostic, Place, Severity};
pub use email::{Email, as_domain, without_invalid};
pub use moment::{DateError, DateOrder, Moment, Seen, date_order_of, parse_moment, parse_moment_in};
pub use money::{Currency, DecimalMark, Money, MoneyError, decimal_mark_of, parse_decimal, parse_decimal_in, round};
pub use name::fold_name;
pub use text::{fold_text, header_key};
pub use unit::{BillingCycle, PriceUnit};
