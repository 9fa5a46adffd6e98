//! The law of reading: whatever the way, everyone sees exactly what their roles allow, and counts tell of nothing more.

mod fields;
mod oracle;
mod paths;
mod sample;
mod walks;
mod world;

use std::collections::BTreeSet;

use callboard_tests::Database;
use proptest::{
    strategy::{Strategy, ValueTree},
    test_runner::TestRunner,
};
use serde_json::json;

use self::{oracle::Subject, paths::read_paths, world::World};
use crate::roles::{done, mutate};

/// Random roles for each database.
const CASES: usize = 15;
/// Fewer sizes of what is visible would prove little.
const DIFFERENT: usize = 5;

#[tokio::test]
async fn every_way_of_reading_shows_exactly_what_roles_allow() {
    for database in Database::ALL {
        let world = World::start(database).await;
        let fields = world.led.fields();
        assert!(fields.len() > 20, "the world has little of what can be asked for: {fields:?}");
        let (alice, subjects) = (world.portal.alice(), Subject::all());
        let mut runner = TestRunner::default();
        let mut sizes = BTreeSet::new();
        for case in 0..5 * CASES {
            // Chance may draw roles that hardly differ: then more of them.
            if case >= CASES && sizes.len() > DIFFERENT {
                break;
            }
            let roles = sample::roles().new_tree(&mut runner).unwrap().current();
            for role in &roles {
                let input =
                    json!({ "name": role["name"], "members": role["members"], "everyone": role["everyone"] });
                done(&alice, "createRole", input).await;
                done(&alice, "updateRole", json!({ "name": role["name"], "grants": role["grants"] })).await;
            }
            for subject in &subjects {
                let visible = oracle::visible(&world, subject, &roles);
                sizes.insert(visible.len());
                let actor = subject.actor(&world.portal);
                for path in read_paths() {
                    let shown = (path.read)(&world, &actor).await;
                    let expected = (path.expected)(&world, &visible);
                    let differing: Vec<&String> = shown.symmetric_difference(&expected).collect();
                    assert!(
                        differing.is_empty(),
                        "`{}` as {} under {}: {differing:?} of {shown:?}",
                        path.name,
                        subject.reference,
                        json!(roles)
                    );
                }
            }
            for role in &roles {
                mutate(&alice, "deleteRole", json!({ "name": role["name"] }), "deletedName").await;
            }
        }
        assert!(sizes.len() > DIFFERENT, "the roles made a difference: {sizes:?}");
    }
}
