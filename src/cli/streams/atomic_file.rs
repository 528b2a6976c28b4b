//! Writes files that appear only once they are complete.

use std::fs::{File, Permissions};
use std::io::{self, Write as _};
#[cfg(unix)]
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};

use tempfile::{Builder, NamedTempFile, TempPath};

#[cfg(unix)]
use crate::cli::streams::cleanup::uninterrupted;
use crate::cli::streams::path::folder;

/// The beginning of the hidden names of files that are being written or put in place.
const PREFIX: &str = ".pathquiz-";

/// A file that is being written beside its target, and gets the permissions of the target, or those that any program
/// would give a new file.
pub(crate) struct AtomicFile {
    target: PathBuf,
    pub(crate) file: File,
    /// The hidden name. `None` where the system and the disk can do without, so that no file is left behind even by a
    /// run that is killed.
    name: Option<TempPath>,
    /// Those of the target, `None` where there is none yet.
    permissions: Option<Permissions>,
}

impl AtomicFile {
    /// Opens an empty file, which is removed if it is not put in place.
    pub(crate) fn new(target: &Path) -> io::Result<Self> {
        let file = Self::open(target, unnamed)?;
        #[cfg(unix)]
        if let Some(name) = &file.name {
            crate::cli::streams::cleanup::remove_on_signal(name)?;
        }
        Ok(file)
    }

    /// Returns a file with everything in it, safely on the disk and not in place yet.
    pub(crate) fn with_text(target: &Path, text: &str) -> io::Result<Self> {
        let mut file = Self::new(target)?;
        file.file.write_all(text.as_bytes())?;
        file.file.sync_all()?;
        Ok(file)
    }

    /// Refuses a target that cannot be written, or that its owner made read-only: root could write it, and yet somebody
    /// wants it to stay.
    pub(crate) fn check(target: &Path) -> io::Result<()> {
        match Self::open(target, unnamed)?.permissions {
            Some(permissions) if is_read_only(&permissions) => {
                let advice = "the file is read-only; make it writable, or name another one";
                Err(io::Error::new(io::ErrorKind::PermissionDenied, advice))
            }
            _ => Ok(()),
        }
    }

    fn open(target: &Path, unnamed: impl FnOnce(&Path, u32) -> io::Result<File>) -> io::Result<Self> {
        // Asked by itself, since what such a file could not do says nothing of a folder that is none.
        if !folder(target).metadata()?.is_dir() {
            return Err(io::ErrorKind::NotADirectory.into());
        }
        let permissions = target.metadata().ok().map(|metadata| metadata.permissions());
        // What replaces a file that few may read is open to nobody else before it has the same permissions.
        let mode = if permissions.is_some() { 0o600 } else { 0o666 };
        let (file, name) = match unnamed(folder(target), mode) {
            Ok(file) => (file, None),
            Err(_) => named(target, mode)?,
        };
        Ok(Self { target: target.to_owned(), file, name, permissions })
    }

    /// Puts it in the place of whatever is there. The names change places where they can: some file systems write a
    /// file out before its name may be moved over another one, but not before an exchange.
    pub(crate) fn replace(self) -> io::Result<()> {
        self.replace_by(exchange)
    }

    fn replace_by(self, exchange: impl Fn(&Path, &Path) -> io::Result<()>) -> io::Result<()> {
        if let Some(permissions) = self.permissions {
            // Those to run as the owner or the group were given to other contents, and systems take them away when
            // anybody else writes.
            #[cfg(unix)]
            let permissions = Permissions::from_mode(permissions.mode() & 0o777);
            // A disk without permissions has nothing to keep, and the file is still private.
            let _ = self.file.set_permissions(permissions);
        }
        let Self { target, file, name, .. } = self;
        let Some(name) = name else { return uninterrupted(|| swap(named_by_link(&file, &target)?, &target, exchange)) };
        swap(name, &target, exchange)
    }

    /// Puts it in place, and fails if any file is there.
    pub(crate) fn create(self) -> io::Result<()> {
        match self.name {
            Some(name) => name.persist_noclobber(&self.target).map_err(|error| error.error),
            None => link(&self.file, &self.target),
        }
    }
}

/// Gives a file without a name a hidden one beside its target.
fn named_by_link(file: &File, target: &Path) -> io::Result<TempPath> {
    let name = Builder::new().prefix(PREFIX).make_in(folder(target), |name| link(file, name))?;
    Ok(name.into_temp_path())
}

/// Puts a file in the place of its target, and removes what was there. A folder that has come there meanwhile stays.
fn swap(name: TempPath, target: &Path, exchange: impl Fn(&Path, &Path) -> io::Result<()>) -> io::Result<()> {
    if exchange(&name, target).is_err() {
        return name.persist(target).map_err(|error| error.error);
    }
    if name.symlink_metadata().is_ok_and(|metadata| metadata.is_dir()) {
        exchange(&name, target)?;
        return Err(io::ErrorKind::IsADirectory.into());
    }
    name.close()
}

#[cfg(unix)]
fn is_read_only(permissions: &Permissions) -> bool {
    permissions.mode() & 0o200 == 0
}

#[cfg(not(unix))]
fn is_read_only(permissions: &Permissions) -> bool {
    permissions.readonly()
}

#[cfg(not(unix))]
fn uninterrupted<T>(work: impl FnOnce() -> io::Result<T>) -> io::Result<T> {
    work()
}

/// Opens a file without a name, to which [`link`] can give one.
#[cfg(target_os = "linux")]
fn unnamed(folder: &Path, mode: u32) -> io::Result<File> {
    use std::os::unix::fs::OpenOptionsExt as _;

    if !Path::new("/proc/self/fd").is_dir() {
        return Err(io::ErrorKind::Unsupported.into());
    }
    let flags = rustix::fs::OFlags::TMPFILE.bits().cast_signed();
    File::options().write(true).mode(mode).custom_flags(flags).open(folder)
}

#[cfg(not(target_os = "linux"))]
fn unnamed(_folder: &Path, _mode: u32) -> io::Result<File> {
    Err(io::ErrorKind::Unsupported.into())
}

fn named(target: &Path, mode: u32) -> io::Result<(File, Option<TempPath>)> {
    let mut options = File::options();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, mode);
    let mut code = None;
    let open = |path: &Path| options.open(path).inspect_err(|error| code = error.raw_os_error());
    let file = Builder::new().prefix(PREFIX).make_in(folder(target), open).map(NamedTempFile::into_parts);
    // The library's own error would tell the hidden name.
    file.map(|(file, name)| (file, Some(name))).map_err(|error| code.map_or(error, io::Error::from_raw_os_error))
}

#[cfg(target_os = "linux")]
fn link(file: &File, path: &Path) -> io::Result<()> {
    use rustix::fs::{AtFlags, CWD, linkat};
    use std::os::fd::AsRawFd as _;

    let open = format!("/proc/self/fd/{}", file.as_raw_fd());
    Ok(linkat(CWD, open, CWD, path, AtFlags::SYMLINK_FOLLOW)?)
}

#[cfg(not(target_os = "linux"))]
fn link(_file: &File, _path: &Path) -> io::Result<()> {
    Err(io::ErrorKind::Unsupported.into())
}

#[cfg(target_os = "linux")]
fn exchange(one: &Path, other: &Path) -> io::Result<()> {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    Ok(renameat_with(CWD, one, CWD, other, RenameFlags::EXCHANGE)?)
}

#[cfg(not(target_os = "linux"))]
fn exchange(_one: &Path, _other: &Path) -> io::Result<()> {
    Err(io::ErrorKind::Unsupported.into())
}

#[cfg(test)]
#[cfg(unix)]
mod tests {
    use std::env;
    use std::fs;
    use std::io::{BufRead as _, BufReader, Read as _};
    use std::os::unix::process::ExitStatusExt as _;
    use std::process::{Child, Command, Stdio};

    use tempfile::TempDir;

    use super::*;
    use crate::cli::streams::cleanup;

    /// Opens without a name as far as that can be done here, and with one.
    fn both(target: &Path) -> [AtomicFile; 2] {
        [AtomicFile::new(target).unwrap(), with_name(target)]
    }

    fn with_name(target: &Path) -> AtomicFile {
        AtomicFile::open(target, |_, _| Err(io::ErrorKind::Unsupported.into())).unwrap()
    }

    fn names(folder: &TempDir) -> Vec<PathBuf> {
        fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().path()).collect()
    }

    #[test]
    fn a_disk_that_exchanges_no_names_loses_nothing() {
        let folder = TempDir::new().unwrap();
        let target = folder.path().join("result");
        for round in 0..2 {
            for before in ["", "before"] {
                fs::write(&target, before).unwrap();
                let [unnamed, named] = both(&target);
                let mut file = if round == 0 { unnamed } else { named };
                file.file.write_all(b"after").unwrap();
                file.replace_by(|_, _| Err(io::ErrorKind::Unsupported.into())).unwrap();
                assert_eq!(fs::read_to_string(&target).unwrap(), "after", "{round}");
            }
        }
        assert_eq!(names(&folder), [target]);
    }

    #[test]
    fn permissions_stay_but_for_those_to_run_as_somebody() {
        let folder = TempDir::new().unwrap();
        let target = folder.path().join("result");
        for (before, after) in [(0o666, 0o666), (0o640, 0o640), (0o200, 0o200), (0o6755, 0o755), (0o1644, 0o644)] {
            for round in 0..2 {
                fs::write(&target, "").unwrap();
                fs::set_permissions(&target, Permissions::from_mode(before)).unwrap();
                let [unnamed, named] = both(&target);
                let mut file = if round == 0 { unnamed } else { named };
                let hidden = file.file.metadata().unwrap().permissions().mode();
                assert_eq!(hidden & 0o077, 0, "nobody else reads it on the way");
                file.file.write_all(b"after").unwrap();
                file.replace().unwrap();
                assert_eq!(target.metadata().unwrap().permissions().mode() & 0o7777, after, "{before:o} {round}");
                fs::remove_file(&target).unwrap();
            }
        }
    }

    #[test]
    fn a_file_that_its_owner_made_read_only_is_no_target() {
        let folder = TempDir::new().unwrap();
        let target = folder.path().join("result");
        AtomicFile::check(&target).unwrap();
        for (mode, is_target) in [(0o444, false), (0o466, false), (0o644, true), (0o200, true)] {
            fs::write(folder.path().join("new"), "").unwrap();
            fs::rename(folder.path().join("new"), &target).unwrap();
            fs::set_permissions(&target, Permissions::from_mode(mode)).unwrap();
            assert_eq!(AtomicFile::check(&target).is_ok(), is_target, "{mode:o}");
        }
    }

    #[test]
    fn a_folder_that_has_come_to_the_target_stays_there() {
        for round in 0..2 {
            let folder = TempDir::new().unwrap();
            let target = folder.path().join("result");
            let [unnamed, named] = both(&target);
            fs::create_dir(&target).unwrap();
            fs::write(target.join("inside"), "").unwrap();
            let (file, other) = if round == 0 { (unnamed, named) } else { (named, unnamed) };
            drop(other);
            file.replace().unwrap_err();
            assert!(target.join("inside").is_file(), "{round}");
            assert_eq!(names(&folder), [target], "{round}");
        }
    }

    /// Runs this test once more as a program of its own, which waits while its file has a hidden name.
    #[test]
    fn a_signal_between_two_names_leaves_no_hidden_file() {
        const FOLDER: &str = "PATHQUIZ_TEST_SWAPPED";
        if let Some(folder) = env::var_os(FOLDER) {
            let file = AtomicFile::new(&Path::new(&folder).join("result")).unwrap();
            let replaced = file.replace_by(|one, other| {
                writeln!(io::stdout(), "\nlinked").unwrap();
                let _ = io::stdin().read(&mut [0]);
                exchange(one, other)
            });
            return replaced.unwrap();
        }
        let folder = TempDir::new().unwrap();
        let mut child = again("a_signal_between_two_names_leaves_no_hidden_file", FOLDER, &folder);
        let stdin = child.stdin.take();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        assert!(lines.any(|line| line.unwrap() == "linked"));
        assert!(Command::new("kill").args(["-TERM", &child.id().to_string()]).status().unwrap().success());
        drop(stdin);
        child.wait().unwrap();
        assert_eq!(names(&folder), [folder.path().join("result")]);
    }

    /// Starts a test of this file as a program of its own.
    fn again(test: &str, variable: &str, folder: &TempDir) -> Child {
        Command::new(env::current_exe().unwrap())
            .args([&format!("cli::streams::atomic_file::tests::{test}"), "--exact", "--nocapture"])
            .env(variable, folder.path())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap()
    }

    /// Runs this test once more as a program of its own, which waits in the middle of writing two files.
    #[test]
    fn a_signal_leaves_no_hidden_file() {
        const FOLDER: &str = "PATHQUIZ_TEST_FOLDER";
        if let Some(folder) = env::var_os(FOLDER) {
            let targets = ["one", "two"].map(|name| Path::new(&folder).join(name));
            let mut files = targets.each_ref().map(|target| with_name(target));
            for file in &mut files {
                cleanup::remove_on_signal(file.name.as_ref().unwrap()).unwrap();
                file.file.write_all(b"half").unwrap();
            }
            writeln!(io::stdout(), "\nwritten").unwrap();
            let _ = io::stdin().read(&mut [0]);
            return;
        }
        // Where this test ignores a signal, as under `nohup`, its programs do too.
        let signals = [("-HUP", 1), ("-INT", 2), ("-QUIT", 3), ("-TERM", 15)];
        for (name, number) in signals.into_iter().filter(|&(_, number)| !cleanup::is_ignored(number)) {
            let folder = TempDir::new().unwrap();
            let mut child = again("a_signal_leaves_no_hidden_file", FOLDER, &folder);
            let _stdin = child.stdin.take();
            let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
            assert!(lines.any(|line| line.unwrap() == "written"));
            assert_eq!(names(&folder).len(), 2, "they are under way");
            assert!(Command::new("kill").args([name, &child.id().to_string()]).status().unwrap().success());
            assert_eq!(child.wait().unwrap().signal(), Some(number));
            assert!(names(&folder).is_empty(), "{name}");
        }
    }
}
