use callboard_kit::{ReadFailure, SourceReader};
use gix_hash::ObjectId;
use gix_object::Kind;

use crate::{
    harness::{Reader, kept},
    pack::{Pack, delta, id, insert, tree},
    pack_host::PackHost,
};

const FILE: &str = "100644";
const FOLDER: &str = "40000";

async fn failure(reader: &Reader, host: &PackHost) -> ReadFailure {
    reader.reading.expand(&host.at("")).await.expect_err("it is not read")
}

async fn paths(reader: &Reader, host: &PackHost) -> Vec<String> {
    let tree = reader.reading.read_tree(&host.at("")).await.unwrap();
    tree.files.into_iter().map(|(path, _)| path).collect()
}

#[tokio::test]
async fn a_pack_written_by_hand_is_read_with_both_kinds_of_deltas() {
    let mut pack = Pack::new();
    let first = pack.blob("one and more");
    let at = pack.offset();
    pack.blob("another");
    let distance = pack.offset() - at;
    pack.delta(distance, &delta(7, 3, &insert(b"two")));
    pack.named_delta(first, &delta(12, 5, &insert(b"three")));
    let (two, three) = (id(Kind::Blob, b"two"), id(Kind::Blob, b"three"));
    let root = pack.tree(&[(FILE, "a", first), (FILE, "b", two), (FILE, "c", three)]);
    let host = PackHost::start(pack.finish(root)).await;
    let reader = host.reader(|_| {});
    let listed = reader.reading.read_tree(&host.at("")).await.unwrap();
    let texts: Vec<&[u8]> = listed.files.iter().map(|(_, bytes)| &bytes[..]).collect();
    assert_eq!(texts, [&b"one and more"[..], b"two", b"three"]);
}

#[tokio::test]
async fn a_small_delta_does_not_become_a_huge_file() {
    let mut pack = Pack::new();
    let at = pack.offset();
    pack.object(Kind::Blob, &vec![0; 0x10000]);
    // Each instruction copies all of the base: 20 KB of them make 1.3 GB.
    let bomb = delta(0x10000, 0x10000 * 20_000, &vec![0x80; 20_000]);
    let distance = pack.offset() - at;
    pack.delta(distance, &bomb);
    let root = pack.tree(&[]);
    let packed = pack.finish(root);
    assert!(packed.1.len() < 10_000);
    let host = PackHost::start(packed).await;
    let reader = host.reader(|_| {});
    assert!(matches!(failure(&reader, &host).await, ReadFailure::TooLarge(_)));
    assert!(kept(&reader).is_empty());
    assert_eq!(host.fetches(), 1, "what is too large is not asked for again");
}

#[tokio::test]
async fn sizes_that_lie_are_found_out() {
    type Lie = fn(&mut Pack, &[u8]);
    let text = b"twelve bytes and a few more, fifty of them in all!";
    let lies: [(&str, Lie); 7] = [
        ("it is longer", |pack, text| pack.entry(3, 5, &[], text)),
        ("it is shorter", |pack, text| pack.entry(3, 5_000, &[], text)),
        ("its start is shorter", |pack, text| pack.entry(3, 32, &[], &text[..10])),
        ("its delta makes less", |pack, text| on(pack, text, &delta(50, 10, &insert(b"five!")))),
        ("its delta makes more", |pack, text| on(pack, text, &delta(50, 2, &insert(b"five!")))),
        ("its base has another size", |pack, text| on(pack, text, &delta(49, 5, &insert(b"five!")))),
        ("its delta copies what is not there", |pack, text| {
            on(pack, text, &delta(50, 100, &[0b1001_0001, 40, 100]));
        }),
    ];
    let checks = lies.map(|(what, lie)| async move {
        let mut pack = Pack::new();
        lie(&mut pack, text);
        is_broken(pack, what).await;
    });
    futures::future::join_all(checks).await;
}

/// Whether a pack is refused as broken, and leaves nothing behind.
async fn is_broken(mut pack: Pack, what: &str) {
    let root = pack.tree(&[]);
    let host = PackHost::start(pack.finish(root)).await;
    let reader = host.reader(|_| {});
    let failure = failure(&reader, &host).await;
    assert!(matches!(failure, ReadFailure::Unavailable(_)), "{what}: {failure:?}");
    assert!(kept(&reader).is_empty(), "{what}");
}

fn on(pack: &mut Pack, base: &[u8], delta: &[u8]) {
    let at = pack.offset();
    pack.object(Kind::Blob, base);
    let distance = pack.offset() - at;
    pack.delta(distance, delta);
}

#[tokio::test]
async fn counts_that_lie_are_found_out() {
    let counts: [fn(u32) -> u32; 4] = [|count| count + 1, |count| count - 1, |_| 0, |_| u32::MAX];
    let checks = counts.map(|count| async move {
        let mut pack = Pack::new();
        let blob = pack.blob("x");
        let root = pack.tree(&[(FILE, "x", blob)]);
        let host = PackHost::start(pack.finish_as_if(root, count)).await;
        let reader = host.reader(|_| {});
        let failure = failure(&reader, &host).await;
        let is_expected = match count(2) {
            u32::MAX => matches!(failure, ReadFailure::TooLarge(_)),
            _ => matches!(failure, ReadFailure::Unavailable(_)),
        };
        assert!(is_expected, "{}: {failure:?}", count(2));
        assert!(kept(&reader).is_empty());
    });
    futures::future::join_all(checks).await;
}

#[tokio::test]
async fn deltas_without_a_base_or_on_themselves_are_refused() {
    let empty = delta(0, 1, &insert(b"x"));
    let mut packs = Vec::new();
    for (what, distance) in [("on itself", 0), ("on what is before the pack", 100_000)] {
        let mut pack = Pack::new();
        pack.delta(distance, &empty);
        packs.push((what, pack));
    }
    let mut middle = Pack::new();
    middle.blob("a longer text that is a base");
    middle.delta(5, &empty);
    packs.push(("on the middle of another", middle));
    let mut loops = Pack::new();
    loops.named_delta(ObjectId::from_bytes_or_panic(&[1; 20]), &empty);
    loops.named_delta(ObjectId::from_bytes_or_panic(&[2; 20]), &empty);
    packs.push(("on what is nowhere", loops));
    let checks = packs.into_iter().map(|(what, pack)| is_broken(pack, what));
    futures::future::join_all(checks).await;
}

#[tokio::test]
async fn chains_of_deltas_are_as_long_as_git_makes_them_and_no_longer() {
    for (length, is_read) in [(4_095, true), (4_096, false)] {
        let mut pack = Pack::new();
        let mut at = pack.offset();
        pack.blob("0000");
        for number in 1..=length {
            let here = pack.offset();
            pack.delta(here - at, &delta(4, 4, &insert(format!("{number:04x}").as_bytes())));
            at = here;
        }
        let last = id(Kind::Blob, format!("{length:04x}").as_bytes());
        let root = pack.tree(&[(FILE, "last", last)]);
        let host = PackHost::start(pack.finish(root)).await;
        let reader = host.reader(|_| {});
        let read = reader.reading.read(&host.at("last")).await;
        match read {
            Ok(file) => assert!(is_read && file.bytes == format!("{length:04x}")),
            Err(failure) => assert!(!is_read && matches!(failure, ReadFailure::TooLarge(_)), "{failure:?}"),
        }
    }
}

#[tokio::test]
async fn folders_that_take_unpacking_everything_each_time_are_given_up() {
    let mut pack = Pack::new();
    let blob = pack.blob("x");
    let at = pack.offset();
    let large = tree(&[(FILE, &"a".repeat(1_000_000), blob)]);
    pack.object(Kind::Tree, &large);
    let mut folders = Vec::new();
    for number in 0..100 {
        let small = tree(&[(FILE, &format!("f{number}"), blob)]);
        let here = pack.offset();
        pack.delta(here - at, &delta(large.len() as u64, small.len() as u64, &insert(&small)));
        folders.push((format!("d{number:03}"), id(Kind::Tree, &small)));
    }
    let entries: Vec<_> = folders.iter().map(|(name, id)| (FOLDER, name.as_str(), *id)).collect();
    let root = pack.tree(&entries);
    let host = PackHost::start(pack.finish(root)).await;
    let reader = host.reader(|config| config.git.max_unpacked_bytes = 2_000_000);
    let failure = failure(&reader, &host).await;
    assert!(
        matches!(&failure, ReadFailure::TooLarge(text) if text.contains("maxUnpackedBytes")),
        "{failure:?}"
    );
    let patient = host.reader(|config| config.git.max_unpacked_bytes = 20_000_000);
    assert_eq!(paths(&patient, &host).await.len(), 100);
}

#[tokio::test]
async fn names_that_lead_elsewhere_are_left_out() {
    let mut pack = Pack::new();
    let blob = pack.blob("x");
    let inner = pack.tree(&[(FILE, "x.yaml", blob)]);
    let long = "n".repeat(256);
    let root = pack.tree(&[
        (FILE, "", blob),
        (FILE, ".", blob),
        (FOLDER, "..", inner),
        (FOLDER, ".git", inner),
        (FOLDER, ".GIT ", inner),
        (FOLDER, "GIT~1", inner),
        (FILE, "/etc/passwd", blob),
        (FILE, "..\\..\\evil", blob),
        (FILE, "C:evil", blob),
        (FILE, "a\nb", blob),
        (FILE, &long, blob),
        (FOLDER, "fine", inner),
    ]);
    let host = PackHost::start(pack.finish(root)).await;
    let reader = host.reader(|_| {});
    assert_eq!(paths(&reader, &host).await, ["fine/x.yaml"]);
    for path in ["..%2Fx.yaml", ".git/x.yaml", "%2Fetc%2Fpasswd", "C:evil"] {
        let failure = reader.reading.read(&host.at(path)).await.unwrap_err();
        assert!(matches!(failure, ReadFailure::NotFound(_)), "{path}: {failure:?}");
    }
}

#[tokio::test]
async fn links_and_submodules_are_left_out_and_said_to_be_what_they_are() {
    let mut pack = Pack::new();
    let out = pack.blob("../../../etc/passwd");
    let blob = pack.blob("x");
    let elsewhere = ObjectId::from_bytes_or_panic(&[7; 20]);
    let root = pack.tree(&[("120000", "passwd", out), ("160000", "sub", elsewhere), (FILE, "x.yaml", blob)]);
    let host = PackHost::start(pack.finish(root)).await;
    let reader = host.reader(|_| {});
    assert_eq!(paths(&reader, &host).await, ["x.yaml"]);
    let said = |result: Result<(), ReadFailure>, what: &str| {
        let failure = result.unwrap_err();
        let is_said = matches!(&failure, ReadFailure::NotFound(text) if text.contains(what));
        assert!(is_said, "{failure:?}");
    };
    said(reader.reading.read(&host.at("passwd")).await.map(drop), "symbolic link");
    said(reader.reading.read(&host.at("sub/catalog-info.yaml")).await.map(drop), "submodule");
    said(reader.reading.expand(&host.at("sub/**/*.yaml")).await.map(drop), "submodule");
    said(reader.reading.expand(&host.at("sub/")).await.map(drop), "submodule");
    said(reader.reading.read_tree(&host.at("sub")).await.map(drop), "submodule");
}

#[tokio::test]
async fn trees_that_are_larger_than_their_pack_are_given_up() {
    let mut pack = Pack::new();
    let blob = pack.blob("x");
    // Ten folders in each of ten folders, all the same: ten thousand million files in a dozen objects.
    let mut level = pack.tree(&[(FILE, "x", blob)]);
    for _ in 0..10 {
        let names: Vec<String> = (0..10).map(|number| format!("d{number}")).collect();
        let entries: Vec<_> = names.iter().map(|name| (FOLDER, name.as_str(), level)).collect();
        level = pack.tree(&entries);
    }
    let bomb = PackHost::start(pack.finish(level)).await;
    assert!(matches!(failure(&bomb.reader(|_| {}), &bomb).await, ReadFailure::TooLarge(_)));

    let mut pack = Pack::new();
    let blob = pack.blob("x");
    let names: Vec<String> = (0..2_000).map(|number| format!("f{number:05}")).collect();
    let entries: Vec<_> = names.iter().map(|name| (FILE, name.as_str(), blob)).collect();
    let root = pack.tree(&entries);
    let wide = PackHost::start(pack.finish(root)).await;
    let reader = wide.reader(|config| config.git.max_objects = 1_000);
    assert!(matches!(failure(&reader, &wide).await, ReadFailure::TooLarge(_)));

    // Long names of folders count for each file that is below them.
    let mut pack = Pack::new();
    let blob = pack.blob("x");
    let entries: Vec<_> = names.iter().map(|name| (FILE, name.as_str(), blob)).collect();
    let long = "n".repeat(250);
    let mut level = pack.tree(&entries);
    let mut many = Vec::new();
    for _ in 0..50 {
        level = pack.tree(&[(FOLDER, &long, level)]);
        many.push(level);
    }
    let roots: Vec<String> = (0..4).map(|number| format!("r{number}")).collect();
    let entries: Vec<_> = roots.iter().map(|name| (FOLDER, name.as_str(), level)).collect();
    let root = pack.tree(&entries);
    let deep = PackHost::start(pack.finish(root)).await;
    let failure = failure(&deep.reader(|_| {}), &deep).await;
    assert!(matches!(&failure, ReadFailure::TooLarge(text) if text.contains("paths")), "{failure:?}");
}

#[tokio::test]
async fn a_file_that_was_not_sent_is_not_fetched_for_each_one_who_asks() {
    let mut pack = Pack::new();
    let missing = id(Kind::Blob, b"never sent");
    let root = pack.tree(&[(FILE, "a", missing), (FILE, "b", missing)]);
    let host = PackHost::start(pack.finish(root)).await;
    let reader = host.reader(|config| config.git.fresh_for.0 = std::time::Duration::from_mins(1));
    for path in ["a", "b", "a"] {
        let failure = reader.reading.read(&host.at(path)).await.unwrap_err();
        assert!(matches!(failure, ReadFailure::Unavailable(_)), "{failure:?}");
    }
    assert_eq!(host.fetches(), 1);
}
