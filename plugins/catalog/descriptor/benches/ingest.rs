//! Times the reading of descriptors: `cargo bench -p callboard-descriptor -- PATH...`, each a file, folder or glob.

use std::{ops::ControlFlow, path::Path, time::Instant};

use callboard_descriptor::{
    FileReader, Limits, LocationTarget, Presence, ProcessOptions, Rules, read_location,
};

#[expect(clippy::print_stdout, clippy::print_stderr, reason = "its output is what it is for")]
fn main() {
    let targets: Vec<String> =
        std::env::args().skip(1).filter(|argument| !argument.starts_with("--")).collect();
    if targets.is_empty() {
        eprintln!("name files, folders or globs to read");
        return;
    }
    let options = ProcessOptions { rules: Rules::allow_all().into(), ..ProcessOptions::default() };
    for target in targets {
        let (reader, path) = match FileReader::for_target(Path::new("."), &target, Limits::default()) {
            Ok(found) => found,
            Err(error) => {
                eprintln!("{error}");
                continue;
            }
        };
        let start = LocationTarget { target: path.into(), presence: Presence::Required };
        for _ in 0..3 {
            let began = Instant::now();
            let mut relations = 0;
            let summary = read_location(&start, &reader, &options, &mut |file| {
                relations += file.documents.iter().map(|document| document.relations.len()).sum::<usize>();
                ControlFlow::Continue(())
            });
            let seconds = began.elapsed().as_secs_f64();
            #[expect(clippy::cast_precision_loss, reason = "a count of entities")]
            let rate = summary.entities as f64 / seconds;
            println!(
                "{target}: {} files, {} entities, {relations} relations, {} refused, {} errors in {seconds:.3} s, {rate:.0} entities/s",
                summary.files,
                summary.entities,
                summary.refused,
                summary.errors.len()
            );
        }
    }
}
