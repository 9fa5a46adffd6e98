//! Queries, one after the other.

use anyhow::ensure;

use crate::{
    cases::cases,
    data::Data,
    load::{Figures, Load},
    process::{memory, processor_time},
    reference::Reference,
    server::{Portal, TOKEN},
    table::{self, milliseconds},
};

/// Asks every case, of the portal and of the reference where it runs, and tells how it went.
pub async fn measure(
    portal: &Portal,
    data: &Data,
    load: Load,
    mut reference: Option<&mut Reference>,
) -> anyhow::Result<()> {
    let mut rows = Vec::new();
    for case in cases(data) {
        let before = processor_time(portal.pid());
        let ours = load.ask(&portal.address, TOKEN, case.ours.clone()).await?;
        // The second of warming up is part of what was worked.
        let work = processor_time(portal.pid()).saturating_sub(before).as_secs_f64()
            / (ours.time.as_secs_f64() + 1.0);
        let alone = Load { connections: 1, ..load }.ask(&portal.address, TOKEN, case.ours).await?;
        let beside = match &mut reference {
            Some(reference) if !case.theirs.is_empty() => {
                reference.rests(false)?;
                reference.sign_in().await?;
                let figures = load.ask(Reference::ADDRESS, reference.token(), case.theirs).await?;
                reference.rests(true)?;
                ensure!(
                    figures.bad * 100 <= figures.taken.len(),
                    "the reference refused `{}` {} times of {}",
                    case.name,
                    figures.bad,
                    figures.taken.len()
                );
                Some(cells(&figures))
            }
            _ => None,
        };
        let told = case
            .figures
            .map(|(rate, middle, most)| [format!("{rate}"), format!("{middle}"), format!("{most}")]);
        let theirs = beside.or(told).unwrap_or_default();
        let mut row = vec![case.name.to_owned()];
        row.extend(cells(&ours));
        row.extend([
            milliseconds(alone.within(500)),
            format!("{:.0}", work * 100.0),
            format!("{}", ours.bad),
        ]);
        row.extend(theirs);
        rows.push(row);
    }
    let columns = [
        "read",
        "req/s",
        "p50 ms",
        "p99 ms",
        "p50 ms alone",
        "CPU %",
        "bad",
        "reference req/s",
        "p50 ms",
        "p99 ms",
    ];
    table::print(&columns, &rows);
    let (now, peak) = memory(portal.pid());
    println!("\n{} connections; memory after: {now} MiB, at most {peak} MiB", load.connections);
    if reference.is_none() {
        println!(
            "The reference's figures are those measured over 10,000 entities; `--reference` measures it beside."
        );
    }
    Ok(())
}

fn cells(figures: &Figures) -> [String; 3] {
    [format!("{:.0}", figures.rate()), milliseconds(figures.within(500)), milliseconds(figures.within(990))]
}
