//! A folder for its owner's eyes alone, whose files are replaced whole or not at all.

use std::fs::{self, File, TryLockError};
use std::io::{self, Write as _};
#[cfg(unix)]
use std::os::unix::fs::{DirBuilderExt as _, MetadataExt as _, OpenOptionsExt as _, PermissionsExt as _};
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

use crate::cli::streams::shown;

/// The beginning of the names of drafts.
const DRAFT: &str = ".progress-";

/// The name of the file that is locked in place of a folder.
pub(crate) const LOCK: &str = "lock";

/// A folder of this program's own in a person's home.
#[derive(Debug)]
pub(crate) struct PrivateFolder {
    path: PathBuf,
}

/// A reason why a folder cannot be locked.
#[derive(Debug)]
pub(crate) enum LockError {
    /// Another process holds the lock.
    Held,
    /// It failed, for this reason.
    Failed(String),
}

impl PrivateFolder {
    /// Makes the folder and those above it where they are missing, or says why it cannot be used.
    pub(crate) fn make(path: PathBuf) -> Result<Self, String> {
        make(&path).map_err(|error| format!("{}: {error}", shown(&path)))?;
        Ok(Self { path })
    }

    /// Returns the folder, `None` if there is none.
    pub(crate) fn find(path: PathBuf) -> Option<Self> {
        path.is_dir().then_some(Self { path })
    }

    /// Returns the path of a file in it.
    pub(crate) fn file(&self, name: &str) -> PathBuf {
        self.path.join(name)
    }

    /// Returns the names of the entries, sorted, without those that are not text.
    pub(crate) fn names(&self) -> Vec<String> {
        let entries = fs::read_dir(&self.path).into_iter().flatten().flatten();
        let mut names: Vec<String> = entries.filter_map(|entry| entry.file_name().into_string().ok()).collect();
        names.sort();
        names
    }

    /// Locks the folder, as long as the file that comes back is open. Any death frees the lock.
    pub(crate) fn try_lock(&self) -> Result<File, LockError> {
        let lock = self.open_lock().map_err(LockError::Failed)?;
        match lock.try_lock() {
            Ok(()) => Ok(lock),
            Err(TryLockError::WouldBlock) => Err(LockError::Held),
            Err(TryLockError::Error(error)) => Err(LockError::Failed(self.named(&error))),
        }
    }

    /// Locks the folder as [`try_lock`](Self::try_lock) does, once nobody else has locked it.
    pub(crate) fn lock(&self) -> io::Result<File> {
        let lock = self.open_lock().map_err(io::Error::other)?;
        lock.lock()?;
        Ok(lock)
    }

    fn open_lock(&self) -> Result<File, String> {
        let lock = self.file(LOCK);
        if lock.exists() && !lock.is_file() {
            return Err(format!("{} has a `{LOCK}` that is no file; remove it", shown(&self.path)));
        }
        let mut options = File::options();
        options.create(true).truncate(false).write(true);
        #[cfg(unix)]
        options.mode(0o600);
        options.open(lock).map_err(|error| self.named(&error))
    }

    fn named(&self, error: &io::Error) -> String {
        format!("{}: {error}", shown(&self.path))
    }

    /// Removes drafts that a killed process has left.
    pub(crate) fn sweep(&self) {
        for name in self.names().iter().filter(|name| name.starts_with(DRAFT)) {
            // One that cannot be removed does no harm.
            let _ = fs::remove_file(self.file(name));
        }
    }

    /// Writes a file, in place of one that is there.
    pub(crate) fn replace(&self, name: &str, bytes: &[u8]) -> io::Result<()> {
        self.draft(bytes)?.persist(self.file(name)).map_err(|error| error.error)?;
        self.sync()
    }

    /// Writes a file that is not there yet.
    pub(crate) fn create(&self, name: &str, bytes: &[u8]) -> io::Result<()> {
        self.draft(bytes)?.persist_noclobber(self.file(name)).map_err(|error| error.error)?;
        self.sync()
    }

    /// Returns a draft that is complete and on the disk.
    fn draft(&self, bytes: &[u8]) -> io::Result<NamedTempFile> {
        let mut draft = tempfile::Builder::new().prefix(DRAFT).tempfile_in(&self.path)?;
        draft.write_all(bytes)?;
        draft.as_file().sync_all()?;
        Ok(draft)
    }

    /// Brings the list of names to the disk as well.
    fn sync(&self) -> io::Result<()> {
        #[cfg(unix)]
        File::open(&self.path)?.sync_all()?;
        Ok(())
    }
}

/// Makes a folder for its owner alone: answers are personal. One of somebody else's, or behind a link, is not changed.
fn make(folder: &Path) -> io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    #[cfg(unix)]
    builder.mode(0o700);
    builder.recursive(true).create(folder)?;
    #[cfg(unix)]
    {
        let found = folder.symlink_metadata()?;
        let is_own = found.is_dir() && found.uid() == rustix::process::geteuid().as_raw();
        if is_own && found.mode() & 0o077 != 0 {
            fs::set_permissions(folder, fs::Permissions::from_mode(0o700))?;
        }
    }
    Ok(())
}
