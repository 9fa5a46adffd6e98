//! Where locations lead, and how far.

mod portal;

use std::ops::ControlFlow;

use callboard_descriptor::{
    FileReader, Limits, LocationSpec, LocationTarget, Presence, ProcessOptions, Rule, Rules, read_location,
};
use portal::{Folder, component, location};
use serde_json::json;

#[test]
fn locations_lead_to_files_folders_and_globs_three_deep() {
    let folder = Folder::new();
    folder.write("all.yaml", location("all", &["./teams/all.yaml", "services"]));
    folder.write("teams/all.yaml", location("teams", &["a/*.yaml", "./b/**/*.yaml"]));
    folder.write("teams/a/1.yaml", component("a1", ""));
    folder.write("teams/a/2.yaml", component("a2", ""));
    folder.write("teams/a/deep/3.yaml", component("not-read", ""));
    folder.write("teams/b/x/y/4.yaml", location("b4", &["../../../../leaf.yaml"]));
    folder.write("leaf.yaml", component("leaf", ""));
    folder.write("services/one/catalog-info.yaml", component("one", ""));
    folder.write("services/two/.backstage/catalog-info.yml", component("two", ""));
    folder.write("services/two/openapi.yaml", "openapi: 3.1.0");
    folder.write("services/node_modules/x/catalog-info.yaml", component("not-read", ""));
    let found = folder.read("all.yaml");
    let names: Vec<&str> =
        found.documents().iter().map(|document| document.reference.as_ref().unwrap().name()).collect();
    assert_eq!(names, ["all", "teams", "one", "two", "a1", "a2", "b4", "leaf"]);
    assert_eq!(found.messages(), Vec::<String>::new());
    let leaf = found.files.last().unwrap();
    assert_eq!(
        leaf.ancestors,
        [folder.path("all.yaml"), folder.path("teams/all.yaml"), folder.path("teams/b/x/y/4.yaml")]
    );
    assert_eq!((found.summary.files, found.summary.entities, found.summary.refused), (8, 8, 0));
}

#[test]
fn a_file_that_two_locations_lead_to_is_read_once_and_both_name_it() {
    let folder = Folder::new();
    folder.write("all.yaml", location("all", &["a.yaml", "b.yaml"]));
    folder.write("a.yaml", location("a", &["leaf.yaml"]));
    folder.write("b.yaml", location("b", &["leaf.yaml"]));
    folder.write("leaf.yaml", component("leaf", ""));
    let found = folder.read("all.yaml");
    assert_eq!(found.names(), ["all.yaml", "a.yaml", "b.yaml", "leaf.yaml"]);
    for index in [1, 2] {
        assert_eq!(found.files[index].documents[0].targets[0].files, [folder.path("leaf.yaml")]);
    }
    assert_eq!(found.messages(), Vec::<String>::new());
}

#[test]
fn however_often_locations_lead_to_each_other_is_judged_in_one_look() {
    let folder = Folder::new();
    let many = |target: &str| vec![target.to_owned(); 30_000];
    let texts = |targets: &[String]| location("x", &targets.iter().map(String::as_str).collect::<Vec<_>>());
    folder.write("a.yaml", texts(&many("b.yaml")));
    folder.write("b.yaml", texts(&many("a.yaml")));
    let found = folder.read("a.yaml");
    assert_eq!(found.names(), ["a.yaml", "b.yaml"]);
    let errors = &found.files[1].documents[0].errors;
    assert_eq!(errors.len(), 30_000);
    assert!(errors[29_999].message.contains("b.yaml` -> `a.yaml` -> `b.yaml`"), "{}", errors[29_999].message);
}

#[test]
fn what_has_a_very_long_address_is_not_read() {
    let folder = Folder::new();
    let limits = Limits { reference_bytes: folder.path("all.yaml").as_os_str().len(), ..Limits::default() };
    let options = ProcessOptions { rules: Rules::allow_all().into(), limits, ..ProcessOptions::default() };
    folder.write("all.yaml", location("all", &["a.yaml", "longer-than-that.yaml", "./*.yml"]));
    folder.write("a.yaml", component("a", ""));
    folder.write("longer-than-that.yaml", component("long", ""));
    folder.write("found-by-its-ending.yml", component("found", ""));
    let found = folder.read_with("all.yaml", &options);
    assert_eq!(found.names(), ["all.yaml", "a.yaml"]);
    assert!(found.messages()[0].contains("`spec.targets.1`: "), "{:?}", found.messages());
    let errors: Vec<&str> = found.summary.errors.iter().map(|error| error.message.as_str()).collect();
    assert_eq!(errors.len(), 1, "{errors:?}");
    assert!(
        errors[0].contains("found-by-its-ending.yml") && errors[0].contains("is longer than"),
        "{errors:?}"
    );
}

#[test]
fn locations_that_lead_back_to_themselves_are_named() {
    let folder = Folder::new();
    folder.write("a.yaml", location("a", &["b.yaml"]));
    folder.write("b.yaml", location("b", &["c.yaml"]));
    folder.write("c.yaml", location("c", &["a.yaml", "leaf.yaml"]));
    folder.write("leaf.yaml", component("leaf", ""));
    let found = folder.read("a.yaml");
    assert_eq!(found.names(), ["a.yaml", "b.yaml", "c.yaml", "leaf.yaml"]);
    assert_eq!(
        found.messages(),
        [
            "7:7 `spec.targets.0` leads back to itself: `c.yaml` -> `a.yaml` -> `b.yaml` -> `c.yaml`; remove one of the targets"
        ]
    );
    assert_eq!(found.files[2].documents[0].errors[0].rule, Rule::LocationCycle);
    assert!(
        found.documents().iter().all(|document| document.is_valid()),
        "a Location in a cycle is still an entity"
    );

    folder.write("self.yaml", location("self", &["self.yaml"]));
    assert_eq!(
        folder.read("self.yaml").messages(),
        ["7:7 `spec.targets.0` leads back to itself: `self.yaml` -> `self.yaml`; remove one of the targets"]
    );
}

#[test]
fn siblings_that_lead_to_one_another_are_named() {
    let folder = Folder::new();
    folder.write("all.yaml", location("all", &["b.yaml", "c.yaml"]));
    folder.write("b.yaml", location("b", &["c.yaml"]));
    folder.write("c.yaml", location("c", &["b.yaml"]));
    let messages = folder.read("all.yaml").messages();
    assert_eq!(messages.len(), 1, "{messages:?}");
    assert!(messages[0].contains("`c.yaml` -> `b.yaml` -> `c.yaml`"), "{messages:?}");
}

#[test]
fn a_pattern_does_not_mean_the_location_that_it_is_written_in() {
    let folder = Folder::new();
    folder.write("catalog-info.yaml", location("root", &["./**/catalog-info.yaml", "."]));
    folder.write("a/catalog-info.yaml", component("a", ""));
    let found = folder.read("catalog-info.yaml");
    assert_eq!(found.messages(), Vec::<String>::new());
    assert_eq!(found.summary.entities, 2);
}

#[test]
fn locations_lead_only_so_far() {
    let folder = Folder::new();
    for number in 0..10 {
        folder.write(
            &format!("{number}.yaml"),
            location(&format!("l{number}"), &[&format!("{}.yaml", number + 1)]),
        );
    }
    let mut options = ProcessOptions { rules: Rules::allow_all().into(), ..ProcessOptions::default() };
    options.limits.location_depth = 3;
    let found = folder.read_with("0.yaml", &options);
    assert_eq!(found.summary.files, 4);
    assert_eq!(
        found.messages(),
        ["7:7 `spec.targets.0` is not read, Locations lead to one another 3 times before it"]
    );
    options.limits.files = 2;
    let found = folder.read_with("*.yaml", &options);
    assert_eq!(found.summary.files, 2);
    assert_eq!(found.summary.errors[0].rule, Rule::TooLarge);
}

#[test]
fn a_missing_target_is_an_error_unless_it_is_optional() {
    let folder = Folder::new();
    folder.write("a.yaml", location("a", &["missing.yaml", "none/*.yaml"]));
    let found = folder.read("a.yaml");
    assert_eq!(
        found.messages(),
        [
            "7:7 `spec.targets.0`: `missing.yaml` does not exist; correct it, or write `presence: optional`",
            "8:7 `spec.targets.1`: `none/*.yaml` does not exist; correct it, or write `presence: optional`",
        ]
    );
    assert!(found.documents()[0].is_valid());
    folder.write("b.yaml", format!("{}  presence: optional\n", location("b", &["missing.yaml"])));
    assert_eq!(folder.read("b.yaml").messages(), Vec::<String>::new());
    assert_eq!(folder.read("missing.yaml").summary.errors[0].message, "`missing.yaml` does not exist");
}

#[test]
fn targets_out_of_the_folder_are_refused_and_urls_are_handed_on() {
    let folder = Folder::new();
    folder.write("a.yaml", location("a", &["../../etc/passwd", "https://example.com/x.yaml"]));
    let found = folder.read("a.yaml");
    assert_eq!(
        found.messages(),
        ["7:7 `spec.targets.0`: `../../etc/passwd` leads out of the folder that may be read"]
    );
    let target = &found.documents()[0].targets[0];
    assert_eq!(target.target.location(), "url:https://example.com/x.yaml");
    assert!(target.files.is_empty());
}

#[test]
fn entities_say_where_they_come_from() {
    let folder = Folder::new();
    folder.write("all.yaml", location("all", &["a.yaml"]));
    let spoofed = component("a", "").replace(
        "  name: a\n",
        "  name: a\n  annotations:\n    backstage.io/managed-by-location: file:/elsewhere\n    own: kept\n",
    );
    folder.write("a.yaml", spoofed);
    let found = folder.read("all.yaml");
    let entity = found.documents()[1].entity.as_ref().unwrap();
    assert_eq!(entity["metadata"]["namespace"], "default");
    assert_eq!(
        entity["metadata"]["annotations"],
        json!({
            "backstage.io/managed-by-location": format!("file:{}", folder.path("a.yaml").display()),
            "own": "kept",
            "backstage.io/managed-by-origin-location": format!("file:{}", folder.path("all.yaml").display()),
        })
    );
}

#[test]
fn a_kind_that_the_rules_refuse_is_no_entity() {
    let folder = Folder::new();
    folder.write("all.yaml", location("all", &["group.yaml"]));
    folder.write("group.yaml", "apiVersion: backstage.io/v1alpha1\nkind: Group\nmetadata: {name: g}\nspec: {type: team, children: []}\n");
    let found = folder.read_with("all.yaml", &ProcessOptions::default());
    let group = found.documents()[1];
    assert!(!group.is_valid() && group.relations.is_empty());
    assert_eq!(
        (group.errors[0].rule, group.errors[0].line, group.errors[0].column),
        (Rule::NotAllowed, 2, 7)
    );
    assert!(group.errors[0].message.contains("catalog.rules"), "{}", group.errors[0].message);
}

#[test]
fn the_same_bytes_have_the_same_hash_and_other_bytes_another() {
    let folder = Folder::new();
    folder.write("a.yaml", format!("{}---\n{}", component("a", "  x: {$text: ./t}\n"), component("b", "")));
    folder.write("t", "one");
    let before = folder.read("a.yaml");
    assert_eq!(before.documents()[0].hash, folder.read("a.yaml").documents()[0].hash);
    folder.write("t", "two");
    let after = folder.read("a.yaml");
    assert_ne!(before.documents()[0].hash, after.documents()[0].hash);
    assert_eq!(before.documents()[1].hash, after.documents()[1].hash);
    assert_eq!(before.files[0].hash, after.files[0].hash);
    assert_eq!(after.documents()[0].refresh, [folder.path("t")]);
}

#[test]
fn reading_stops_when_it_is_told_to() {
    let folder = Folder::new();
    for number in 0..5 {
        folder.write(&format!("{number}.yaml"), component(&format!("c{number}"), ""));
    }
    let mut count = 0;
    let start = LocationTarget { target: folder.path("*.yaml").into(), presence: Presence::Required };
    read_location(&start, &folder.reader(), &ProcessOptions::default(), &mut |_| {
        count += 1;
        if count == 2 { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    });
    assert_eq!(count, 2);
}

#[test]
fn a_target_of_the_config_is_relative_to_its_folder_and_reads_no_further_than_it_must() {
    let folder = Folder::new();
    folder.write("portal/catalog/a.yaml", component("a", ""));
    folder.write("repository/.git/HEAD", "");
    folder.write("repository/deep/catalog-info.yaml", component("b", ""));
    folder.write("plain/deep/catalog-info.yaml", component("c", ""));
    let base = folder.path("portal");
    for (target, root, path) in [
        ("./catalog/*.yaml", "portal/catalog", "portal/catalog/*.yaml"),
        ("../repository/deep/catalog-info.yaml", "repository", "repository/deep/catalog-info.yaml"),
        ("../plain/deep/catalog-info.yaml", "plain/deep", "plain/deep/catalog-info.yaml"),
        ("../plain", "plain", "plain"),
        ("../plain/**/*.yaml", "plain", "plain/**/*.yaml"),
    ] {
        let (reader, found) = FileReader::for_target(&base, target, Limits::default()).unwrap();
        assert_eq!((reader.root(), found), (folder.path(root).as_path(), folder.path(path)), "{target}");
    }
    assert!(FileReader::for_target(&base, "a\0b", Limits::default()).is_err());
    assert!(FileReader::for_target(&base, "../nowhere/a.yaml", Limits::default()).is_err());
}

#[test]
fn a_location_says_what_it_leads_to() {
    let entity = json!({
        "kind": "Location", "metadata": { "name": "a" },
        "spec": { "type": "url", "target": "./a", "targets": ["./b"], "presence": "optional" },
    });
    let spec = LocationSpec::of(&entity).unwrap();
    let targets: Vec<(String, String)> =
        spec.targets.iter().map(|(path, target)| (path.to_string(), target.clone())).collect();
    assert_eq!(
        targets,
        [("spec.target".to_owned(), "./a".to_owned()), ("spec.targets.0".to_owned(), "./b".to_owned())]
    );
    assert_eq!((spec.kind.as_deref(), spec.presence), (Some("url"), Presence::Optional));
    assert_eq!(LocationSpec::of(&json!({ "kind": "API", "spec": {} })), None);
}
