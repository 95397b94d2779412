//! Folders of sources: good ones beside bad ones, two builds at once, builds that are killed, and the lock between them.

use std::collections::BTreeMap;
use std::fs;
use std::process::Stdio;
use std::thread;
use std::time::Duration;

use patra_tests::{Folder, Ran};

fn folder() -> Folder {
    Folder::new(env!("CARGO_BIN_EXE_patra-under-test"))
}

fn material(id: &str, meaning: &str) -> String {
    format!(
        "---\nid: {id}\ntitle: पाठ {id}\nlanguage: hi\n---\n\n# जल\n\nवाष्पन {{#evaporation}}\n: {meaning}\n\nपानी {{{{शून्य}}}} पर जमता है। {{#freezing}}\n"
    )
}

/// The files of a material that a build wrote.
fn made(folder: &Folder, id: &str) -> BTreeMap<String, Vec<u8>> {
    let within = format!("patra-out/{id}/");
    folder.files().into_iter().filter(|(name, _)| name.starts_with(&within)).collect()
}

fn lock(folder: &Folder) -> String {
    fs::read_to_string(folder.path().join("patra.lock")).expect("a lock")
}

/// No temporary file and no journal is left.
fn is_swept(folder: &Folder) -> bool {
    !folder.files().keys().any(|name| name.contains(".patra-"))
}

#[test]
fn good_sources_are_written_beside_bad_ones() {
    let folder = folder();
    for id in ["a", "b"] {
        folder.write(&format!("{id}.md"), material(id, "पानी का भाप बनना"));
    }
    assert_eq!(folder.patra(&["build", "."]).code, 0);
    let before = made(&folder, "b");
    folder.write("a.md", material("a", "पानी का धीरे-धीरे भाप बनना"));
    folder.write("b.md", format!("{}\nजो {{{{}}}} है\n", material("b", "कुछ और")));
    folder.write("package.json", "{\"name\": \"x\"}");
    folder.write("empty.md", "");

    let ran = folder.patra(&["build", ".", "--fail-fast"]);
    assert_eq!((ran.code, ran.stdout.as_str(), made(&folder, "b")), (1, "", before.clone()), "{ran}");
    let ran = folder.patra(&["build", "."]);
    assert!(ran.code == 1 && ran.stdout.starts_with("./a.md: ") && !ran.stdout.contains("b.md"), "{ran}");
    assert!(ran.stderr.contains("1 of 2 materials were written"), "{ran}");
    for stray in ["package.json", "empty.md"] {
        assert!(ran.stderr.contains(&format!("`./{stray}` is no source")), "{ran}");
        assert_eq!(folder.patra(&["build", stray]).code, 1, "{stray} is named itself");
    }
    assert_eq!(made(&folder, "b"), before);
    // The deck of the other is as it was, and so is what the lock says of it.
    let lines = |text: &str, id: &str| text.lines().filter(|line| line.starts_with(id)).count();
    assert_eq!((lines(&lock(&folder), "a/"), lines(&lock(&folder), "b/")), (5, 5), "{}", lock(&folder));
}

#[test]
fn editions_are_written_together_or_not_at_all() {
    let folder = folder();
    let english = "---\nid: a\ntitle: Lesson\nlanguage: en\n---\n\n# Water\n\nEvaporation {#evaporation}\n: water turning to vapour\n";
    folder.write("a.hi.md", material("a", "पानी का भाप बनना"));
    folder.write("a.en.md", format!("{english}\nWater {{{{}}}}\n"));
    folder.write("b.md", material("b", "कुछ और"));
    let ran = folder.patra(&["build", "."]);
    assert!(ran.code == 1 && ran.stdout.contains("b.md") && !ran.stdout.contains("a.hi.md"), "{ran}");
    assert!(made(&folder, "a").is_empty());
}

#[test]
fn builds_at_once_lose_nothing_of_the_lock() {
    let folder = folder();
    let ids = ["a", "b", "c", "d", "e"];
    for id in ids {
        folder.write(&format!("{id}.md"), material(id, "पानी का भाप बनना"));
    }
    let builds = ids.map(|id| {
        let mut command = folder.command(&["build", &format!("{id}.md"), "--only", "anki"]);
        command.stdout(Stdio::null()).stderr(Stdio::piped()).spawn().expect("the command starts")
    });
    for build in builds {
        let output = build.wait_with_output().expect("it ends");
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    }
    let text = lock(&folder);
    for id in ids {
        assert_eq!(text.lines().filter(|line| line.starts_with(&format!("{id}/hi\titem"))).count(), 3, "{text}");
    }
    assert!(is_swept(&folder));
}

#[test]
fn a_worksheet_and_its_key_are_of_one_build() {
    let folder = folder();
    let terms: Vec<String> = (0..30).map(|n| format!("शब्द{n}\n: अर्थ {n}\n")).collect();
    folder.write("a.md", format!("---\nid: a\ntitle: पाठ\nlanguage: hi\n---\n\n# जल\n\n{}", terms.join("\n")));
    let arguments =
        |seed: &'static str| ["build", "a.md", "--only", "pdf", "--paper", "worksheet,answers", "--seed", seed];
    let alone = ["1", "2"].map(|seed| {
        assert_eq!(folder.patra(&arguments(seed)).code, 0);
        made(&folder, "a")
    });
    assert_ne!(alone[0], alone[1]);
    for _ in 0..3 {
        let builds =
            ["1", "2"].map(|seed| folder.command(&arguments(seed)).stdout(Stdio::null()).spawn().expect("it starts"));
        builds.into_iter().for_each(|mut build| assert!(build.wait().expect("it ends").success()));
        let together = made(&folder, "a");
        assert!(alone.contains(&together));
    }
}

#[test]
fn a_lock_that_was_cut_is_refused_and_the_one_before_it_is_kept() {
    let folder = folder();
    folder.write("a.md", material("a", "पानी का भाप बनना"));
    assert_eq!(folder.patra(&["build", "a.md"]).code, 0);
    let first = lock(&folder);
    folder.write("a.md", material("a", "पानी का धीरे-धीरे भाप बनना"));
    assert_eq!(folder.patra(&["build", "a.md"]).code, 0);
    assert_eq!(fs::read_to_string(folder.path().join("patra.lock.bak")).expect("the lock before"), first);

    let whole = lock(&folder);
    let made = made(&folder, "a");
    let cut: String = whole.lines().take(3).map(|line| format!("{line}\n")).collect();
    let later = whole.replacen("patra.lock 2", "patra.lock 9", 1);
    for (text, why) in [(cut.as_str(), "was cut"), (&later, "a later version of patra"), ("", "it is empty")] {
        folder.write("patra.lock", text);
        let ran = folder.patra(&["build", "a.md"]);
        assert!(ran.code == 1 && ran.stderr.contains(why) && ran.stderr.contains("patra.lock.bak"), "{ran}");
        assert_eq!(lock(&folder), text);
        assert_eq!(self::made(&folder, "a"), made);
    }
}

#[test]
fn a_lock_of_the_first_version_is_taken_over() {
    let folder = folder();
    folder.write("a.md", material("a", "पानी का भाप बनना"));
    assert_eq!(folder.patra(&["build", "a.md"]).code, 0);
    let (whole, deck) = (lock(&folder), made(&folder, "a"));
    let first = whole.replacen("patra.lock 2", "patra.lock 1", 1);
    let first: String =
        first.lines().filter(|line| !line.starts_with("# end")).map(|line| format!("{line}\n")).collect();
    folder.write("patra.lock", first);
    assert_eq!(folder.patra(&["build", "a.md"]).code, 0);
    assert_eq!((lock(&folder), made(&folder, "a")), (whole, deck));
}

#[test]
fn an_output_that_cannot_be_replaced_leaves_all_as_they_were() {
    let folder = folder();
    folder.write("a.md", material("a", "पानी का भाप बनना"));
    assert_eq!(folder.patra(&["build", "a.md"]).code, 0);
    let taken = folder.path().join("patra-out/a/workbook.xlsx");
    fs::remove_file(&taken).expect("removed");
    fs::create_dir(&taken).expect("made");
    let before = made(&folder, "a");
    folder.write("a.md", material("a", "पानी का धीरे-धीरे भाप बनना"));
    let ran: Ran = folder.patra(&["build", "a.md"]);
    assert!(ran.code == 3 && ran.stderr.contains("workbook.xlsx"), "{ran}");
    assert_eq!(made(&folder, "a"), before);
    fs::remove_dir(&taken).expect("removed");
    assert_eq!(folder.patra(&["build", "a.md"]).code, 0);
    assert!(is_swept(&folder));
}

#[cfg(unix)]
#[test]
fn after_a_build_that_was_killed_the_next_leaves_nothing_of_it() {
    let [folder, whole] = [(); 2].map(|()| folder());
    let old = material("a", "पानी का भाप बनना");
    for each in [&folder, &whole] {
        each.write("a.md", &old);
        assert_eq!(each.patra(&["build", "a.md"]).code, 0);
    }
    let old_files = made(&folder, "a");
    for round in 0..8_u64 {
        folder.write("a.md", material("a", &format!("पानी का {round} बार भाप बनना")));
        let mut build = folder.command(&["build", "a.md"]).stdout(Stdio::null()).spawn().expect("it starts");
        thread::sleep(Duration::from_millis(40 + round * 60));
        build.kill().expect("killed");
        build.wait().expect("it ended");
        // The source goes back, and no note of a learner's with it.
        folder.write("a.md", &old);
        assert_eq!(folder.patra(&["build", "a.md"]).code, 0);
        assert!(is_swept(&folder), "round {round}: {:?}", folder.files().keys());
        let now = made(&folder, "a");
        assert_eq!(now.keys().collect::<Vec<_>>(), old_files.keys().collect::<Vec<_>>());
        assert_eq!(now["patra-out/a/handout.pdf"], old_files["patra-out/a/handout.pdf"], "round {round}");
        assert!(lock(&folder).contains("# end "), "round {round}");
    }
}
