use super::table::TextTable;
use super::{Failure, ReviewArgs, set_policy, tell, tell_former_domains};
use crate::model::Severity;
use crate::session::{Session, gather, write_review};
use crate::view::Review;

/// Accounts shown for people to read; a spreadsheet takes them all.
const SHOWN: usize = 30;

pub(super) fn run(args: ReviewArgs) -> Result<(), Failure> {
    let mut session = Session::open(&args.workspace)?;
    session.set_as_of(args.as_of);
    set_policy(&mut session, &[], &args.former)?;
    if let Some(path) = &args.apply {
        let (sources, unreadable) = gather(std::slice::from_ref(path));
        let mut refused = unreadable;
        let mut settled = 0;
        for source in &sources {
            let (count, problems) = session.apply_decisions(source)?;
            settled += count;
            refused.extend(problems);
        }
        tell(refused.iter());
        let left = Review::new(&session.analyze()).items.len();
        super::print(&format!("{settled} decided, {left} left to decide\n"))?;
        let failed = refused.iter().any(|problem| problem.severity == Severity::Error);
        return if failed { Err(Failure::Input) } else { Ok(()) };
    }
    let analysis = session.analyze();
    tell(analysis.reminders.iter());
    if let Some(path) = &args.export {
        let count = write_review(&analysis, path)?;
        return super::print(&format!("{count} accounts written to {}\n", path.display()));
    }
    let review = Review::new(&analysis);
    tell_former_domains(&review.aliases);
    let mut table = TextTable::new(&["App", "Account", "Best candidate", "Likely"], &[false, false, false, true]);
    for item in review.items.iter().take(SHOWN) {
        let best = crate::view::ReviewCase::new(&analysis, item.id).candidates.into_iter().next();
        let best = best.map_or_else(String::new, |candidate| candidate.name);
        table.row(vec![item.app.clone(), item.account.clone(), best, item.confidence.clone()]);
    }
    let more = review.items.len().saturating_sub(SHOWN);
    let more = if more > 0 { format!("and {more} more; --export writes them all\n") } else { String::new() };
    super::print(&format!("{}\n\n{}{more}", review.summary, table.render()))
}
