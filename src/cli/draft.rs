//! Files that appear when they are complete and not before.

use std::fs::File;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use tempfile::{Builder, NamedTempFile};

/// What the names of drafts begin with.
const PREFIX: &str = ".pathquiz-";

/// A file that is being written, beside its target and with the permissions of the target, or those that any program
/// would give a new file.
pub(super) struct Draft {
    target: PathBuf,
    file: Unfinished,
}

/// Without a name nothing is left behind, even by a run that is killed. Not every system and disk can do that.
enum Unfinished {
    #[cfg(target_os = "linux")]
    Unnamed(File),
    Named(NamedTempFile),
}

impl Draft {
    /// An empty draft.
    pub(super) fn new(target: &Path) -> io::Result<Self> {
        // Asked by itself, since what a draft could not do says nothing of a folder that is none.
        if !folder(target).metadata()?.is_dir() {
            return Err(io::ErrorKind::NotADirectory.into());
        }
        let file = Unfinished::open(target)?;
        Ok(Self { target: target.to_owned(), file })
    }

    /// Puts it in the place of whatever is there.
    pub(super) fn replace(self) -> io::Result<()> {
        match self.file {
            #[cfg(target_os = "linux")]
            Unfinished::Unnamed(file) => {
                // Only a name can be moved over another one.
                let named = Builder::new().prefix(PREFIX).make_in(folder(&self.target), |path| link(&file, path))?;
                named.into_temp_path().persist(&self.target).map_err(|error| error.error)
            }
            Unfinished::Named(file) => file.persist(&self.target).map(drop).map_err(|error| error.error),
        }
    }

    /// Puts it in the place of whatever is there without waiting for the disk: some file systems write a file out before
    /// its name may be moved over another one, but not before two names change places.
    pub(super) fn swap(self) -> io::Result<()> {
        #[cfg(target_os = "linux")]
        if let Unfinished::Unnamed(file) = &self.file
            && self.target.symlink_metadata().is_ok_and(|there| there.is_file())
        {
            use rustix::fs::{CWD, RenameFlags, renameat_with};

            let named = Builder::new().prefix(PREFIX).make_in(folder(&self.target), |path| link(file, path))?;
            if renameat_with(CWD, named.path(), CWD, &self.target, RenameFlags::EXCHANGE).is_ok() {
                return named.into_temp_path().close();
            }
        }
        self.replace()
    }

    /// Puts it where nothing is, and fails where something is.
    pub(super) fn create(self) -> io::Result<()> {
        match self.file {
            #[cfg(target_os = "linux")]
            Unfinished::Unnamed(file) => link(&file, &self.target),
            Unfinished::Named(file) => file.persist_noclobber(&self.target).map(drop).map_err(|error| error.error),
        }
    }

    /// Waits until it is safely on the disk.
    pub(super) fn sync(&self) -> io::Result<()> {
        self.as_file().sync_all()
    }

    fn as_file(&self) -> &File {
        match &self.file {
            #[cfg(target_os = "linux")]
            Unfinished::Unnamed(file) => file,
            Unfinished::Named(file) => file.as_file(),
        }
    }
}

impl Write for Draft {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.as_file().write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.as_file().flush()
    }
}

impl Unfinished {
    #[cfg(target_os = "linux")]
    fn open(target: &Path) -> io::Result<Self> {
        use std::os::unix::fs::OpenOptionsExt as _;

        let flags = rustix::fs::OFlags::TMPFILE.bits().cast_signed();
        let unnamed = File::options().write(true).mode(0o666).custom_flags(flags).open(folder(target));
        match unnamed {
            Ok(file) if Path::new("/proc/self/fd").is_dir() => {
                if let Ok(metadata) = target.metadata() {
                    file.set_permissions(metadata.permissions())?;
                }
                Ok(Self::Unnamed(file))
            }
            _ => Self::named(target),
        }
    }

    #[cfg(not(target_os = "linux"))]
    fn open(target: &Path) -> io::Result<Self> {
        Self::named(target)
    }

    fn named(target: &Path) -> io::Result<Self> {
        let mut options = File::options();
        options.write(true).create_new(true);
        #[cfg(unix)]
        {
            use std::os::unix::fs::{OpenOptionsExt as _, PermissionsExt as _};
            options.mode(target.metadata().map_or(0o666, |metadata| metadata.permissions().mode()));
        }
        let mut code = None;
        let open = |path: &Path| options.open(path).inspect_err(|error| code = error.raw_os_error());
        let file = Builder::new().prefix(PREFIX).make_in(folder(target), open).map(Self::Named);
        // The library's own error would name the draft.
        file.map_err(|error| code.map_or(error, io::Error::from_raw_os_error))
    }
}

/// Gives a file without a name one that is free.
#[cfg(target_os = "linux")]
fn link(file: &File, path: &Path) -> io::Result<()> {
    use rustix::fs::{AtFlags, CWD, linkat};
    use std::os::fd::AsRawFd as _;

    let open = format!("/proc/self/fd/{}", file.as_raw_fd());
    Ok(linkat(CWD, open, CWD, path, AtFlags::SYMLINK_FOLLOW)?)
}

fn folder(target: &Path) -> &Path {
    target.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}
