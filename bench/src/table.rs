//! Tables in Markdown.

use std::time::Duration;

/// Prints a table whose columns are as wide as what is in them.
pub fn print(head: &[&str], rows: &[Vec<String>]) {
    let width = |column: usize| {
        let cells = rows.iter().filter_map(|row| row.get(column)).map(|cell| cell.chars().count());
        cells.chain(head.get(column).map(|cell| cell.chars().count())).max().unwrap_or_default()
    };
    let line = |cells: &[String]| {
        let cells = cells.iter().enumerate().map(|(column, cell)| format!("{cell:<0$}", width(column)));
        println!("| {} |", cells.collect::<Vec<_>>().join(" | "));
    };
    println!();
    line(&head.iter().map(|&cell| cell.to_owned()).collect::<Vec<_>>());
    let rule = (0..head.len()).map(|column| "-".repeat(width(column)));
    println!("| {} |", rule.collect::<Vec<_>>().join(" | "));
    for row in rows {
        line(row);
    }
}

/// Milliseconds, with as many digits as say something.
pub fn milliseconds(time: Duration) -> String {
    let milliseconds = time.as_secs_f64() * 1000.0;
    match milliseconds {
        ..10.0 => format!("{milliseconds:.2}"),
        ..100.0 => format!("{milliseconds:.1}"),
        _ => format!("{milliseconds:.0}"),
    }
}

/// Seconds.
pub fn seconds(time: Duration) -> String {
    format!("{:.2} s", time.as_secs_f64())
}
