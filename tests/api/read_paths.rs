//! The law of reading: whatever the way, everyone sees exactly what their roles allow, and counts tell of nothing more.

mod oracle;
mod paths;
mod sample;
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
const CASES: usize = 25;

#[tokio::test]
async fn every_way_of_reading_shows_exactly_what_roles_allow() {
    for database in Database::ALL {
        let world = World::start(database).await;
        let (alice, subjects) = (world.portal.alice(), Subject::all());
        let mut runner = TestRunner::default();
        let mut sizes = BTreeSet::new();
        for _ in 0..CASES {
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
                    assert_eq!(
                        shown,
                        expected,
                        "`{}` as {} under {}",
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
        assert!(sizes.len() > 5, "the roles made a difference: {sizes:?}");
    }
}
