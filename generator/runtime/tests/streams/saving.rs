//! Downloads to files: the path leads to the old content or to the new, never to a part.

use std::io;
use std::path::Path;
use std::sync::Arc;

use sdk_runtime::runtime::Error;
use tokio::sync::Notify;

use crate::operations::{download, pattern};
use crate::support::{Reply, Server, Step};

fn names(folder: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(folder).expect("it is there");
    let mut names: Vec<_> = entries
        .map(|entry| entry.expect("it can be listed").file_name().to_string_lossy().into_owned())
        .collect();
    names.sort();
    names
}

fn cut_short() -> Reply {
    Reply::raw(*b"HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\nonly this much").then(Step::Close)
}

#[tokio::test]
async fn a_file_takes_the_place_of_the_old_one() {
    // Around the edges of batches.
    for length in [0, 1, 262_143, 262_144, 262_145, 1_500_000] {
        let content = pattern(length);
        let server = Server::replying([Reply::new(200, "text/plain", &content)]).await;
        let folder = tempfile::tempdir().expect("there is a place for temporary files");
        let path = folder.path().join("copy.txt");
        std::fs::write(&path, "old").expect("the folder is ours");
        let saved = download(&server).await.expect("it is there").save_to(&path).await.expect("all is well");
        assert_eq!(saved, length as u64);
        assert!(std::fs::read(&path).expect("it is there") == content);
        assert_eq!(names(folder.path()), ["copy.txt"]);
    }
}

#[tokio::test]
async fn a_download_that_fails_leaves_the_old_file_and_nothing_else() {
    let server = Server::replying([cut_short()]).await;
    let folder = tempfile::tempdir().expect("there is a place for temporary files");
    let path = folder.path().join("copy.txt");
    std::fs::write(&path, "old").expect("the folder is ours");
    let error = download(&server).await.expect("it is there").save_to(&path).await.expect_err("it broke");
    assert!(matches!(error, Error::Interrupted(_)), "{error:?}");
    assert_eq!(std::fs::read(&path).expect("it is there"), b"old");
    assert_eq!(names(folder.path()), ["copy.txt"]);
}

#[tokio::test]
async fn a_download_that_is_dropped_leaves_the_old_file_and_nothing_else() {
    let stalled = Arc::new(Notify::new());
    let reply = Reply::raw(*b"HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\nonly this much")
        .then(Step::Stall(Arc::clone(&stalled)));
    let server = Server::replying([reply]).await;
    let folder = tempfile::tempdir().expect("there is a place for temporary files");
    let path = folder.path().join("copy.txt");
    std::fs::write(&path, "old").expect("the folder is ours");
    let file = download(&server).await.expect("it is there");
    {
        let mut saving = std::pin::pin!(file.save_to(&path));
        let temporary_is_there = async {
            stalled.notified().await;
            while names(folder.path()).len() < 2 {
                tokio::task::yield_now().await;
            }
        };
        tokio::select! {
            result = &mut saving => panic!("it cannot end: {result:?}"),
            () = temporary_is_there => {}
        }
    }
    while names(folder.path()) != ["copy.txt"] || server.open_connections() > 0 {
        tokio::task::yield_now().await;
    }
    assert_eq!(std::fs::read(&path).expect("it is there"), b"old");
}

#[tokio::test]
async fn where_nothing_can_be_written_is_found_out_before_anything_is_read() {
    let stalled = Arc::new(Notify::new());
    let reply = Reply::raw(*b"HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n").then(Step::Stall(stalled));
    let server = Server::replying([reply]).await;
    let folder = tempfile::tempdir().expect("there is a place for temporary files");
    let missing = folder.path().join("missing").join("copy.txt");
    for (path, kind) in
        [(folder.path(), io::ErrorKind::IsADirectory), (missing.as_path(), io::ErrorKind::NotFound)]
    {
        let error =
            download(&server).await.expect("it is there").save_to(path).await.expect_err("it cannot be");
        let Error::Body(body) = &error else { panic!("{error:?}") };
        assert_eq!(body.io_error().kind(), kind);
        assert!(error.to_string().contains(&path.display().to_string()), "{error}");
        assert!(error.to_string().ends_with("(GET /files/content)"), "{error}");
    }
}

#[cfg(unix)]
#[tokio::test]
async fn a_new_file_may_be_read_as_any_other_and_an_old_one_as_before() {
    use std::os::unix::fs::PermissionsExt as _;
    let mode = |path: &Path| std::fs::metadata(path).expect("it is there").permissions().mode();
    let server = Server::replying([Reply::new(200, "text/plain", "new")]).await;
    let folder = tempfile::tempdir().expect("there is a place for temporary files");
    let (usual, fresh, secret) =
        (folder.path().join("usual"), folder.path().join("fresh"), folder.path().join("secret"));
    std::fs::write(&usual, "").expect("the folder is ours");
    std::fs::write(&secret, "").expect("the folder is ours");
    std::fs::set_permissions(&secret, std::fs::Permissions::from_mode(0o640)).expect("it is ours");
    for path in [&fresh, &secret] {
        download(&server).await.expect("it is there").save_to(path).await.expect("all is well");
    }
    assert_eq!(mode(&fresh), mode(&usual));
    assert_eq!(mode(&secret) & 0o777, 0o640);
}

#[tokio::test]
async fn a_name_alone_is_a_file_in_this_folder() {
    let server = Server::replying([Reply::new(200, "text/plain", "new")]).await;
    let folder = tempfile::tempdir_in(".").expect("this folder is ours");
    let name = folder.path().file_name().expect("it has one").to_owned();
    drop(folder);
    let path = Path::new(&name);
    download(&server).await.expect("it is there").save_to(path).await.expect("all is well");
    let content = std::fs::read(path).expect("it is there");
    std::fs::remove_file(path).expect("it is ours");
    assert_eq!(content, b"new");
}

#[cfg(unix)]
#[tokio::test]
async fn a_device_is_written_to_and_not_replaced() {
    use std::os::unix::fs::FileTypeExt as _;
    let server = Server::replying([Reply::new(200, "text/plain", "new")]).await;
    let folder = tempfile::tempdir().expect("there is a place for temporary files");
    let link = folder.path().join("nowhere");
    std::os::unix::fs::symlink("/dev/null", &link).expect("the folder is ours");
    let length = download(&server).await.expect("it is there").save_to(&link).await.expect("it takes all");
    assert_eq!(length, 3);
    assert!(std::fs::metadata(&link).expect("it is there").file_type().is_char_device());

    let pipe = folder.path().join("pipe");
    let made = std::process::Command::new("mkfifo").arg(&pipe).status().expect("every Unix has it");
    assert!(made.success());
    let source = pipe.clone();
    let reading = std::thread::spawn(move || std::fs::read(source).expect("it is there"));
    download(&server).await.expect("it is there").save_to(&pipe).await.expect("it is read");
    assert_eq!(reading.join().expect("it does not panic"), b"new");
    assert_eq!(names(folder.path()), ["nowhere", "pipe"]);
}

#[cfg(unix)]
#[tokio::test]
async fn what_a_link_leads_to_is_replaced_and_not_the_link() {
    let server = Server::replying([Reply::new(200, "text/plain", "new")]).await;
    let folder = tempfile::tempdir().expect("there is a place for temporary files");
    let (here, there) = (folder.path().join("here"), folder.path().join("there"));
    for place in [&here, &there] {
        std::fs::create_dir(place).expect("the folder is ours");
    }
    std::fs::write(there.join("old"), "old").expect("the folder is ours");
    // One leads to a file, one to where none is yet, and one to such a one.
    for (name, target) in
        [("old", "../there/old"), ("fresh", "../there/fresh"), ("twice", "once"), ("once", "../there/last")]
    {
        std::os::unix::fs::symlink(target, here.join(name)).expect("the folder is ours");
    }
    for (name, target) in [("old", "old"), ("fresh", "fresh"), ("twice", "last")] {
        let path = here.join(name);
        download(&server).await.expect("it is there").save_to(&path).await.expect("all is well");
        assert!(std::fs::symlink_metadata(&path).expect("it is there").is_symlink(), "{name}");
        assert_eq!(std::fs::read(there.join(target)).expect("it is there"), b"new", "{name}");
    }
    assert_eq!(names(&here), ["fresh", "old", "once", "twice"]);
    assert_eq!(names(&there), ["fresh", "last", "old"]);
    std::os::unix::fs::symlink("round", here.join("round")).expect("the folder is ours");
    let path = here.join("round");
    let error =
        download(&server).await.expect("it is there").save_to(&path).await.expect_err("it is dangling");
    assert!(matches!(error, Error::Body(_)), "{error:?}");
}
