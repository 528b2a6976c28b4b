//! Keeps the answers of an unfinished quiz on disk, from the first answer until the result has been shown.
//!
//! Each answer replaces the whole file with a draft that is complete and on disk already, so one of the two is there
//! whatever happens. The file is named after the bank and its fingerprint: answers to another version are never
//! overwritten.

use std::fs::{self, File};
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use etcetera::BaseStrategy as _;

use crate::bank::{Bank, Response, Sheet};
use crate::cli::error::Error;
use crate::cli::streams::{LOCK, LockError, PrivateFolder, shown};
use crate::report;

const DIGITS: usize = 12;

/// The place where answers are kept, or the reason why they are not.
pub(crate) struct Progress {
    file: Result<ProgressFile, NotSaved>,
    /// True if the file holds all answers of this session.
    kept: bool,
    /// True if the file is this session's at all: written or taken over by it.
    owned: bool,
}

struct ProgressFile {
    folder: PrivateFolder,
    name: String,
    /// Held as long as the session lasts.
    _lock: File,
}

/// A reason why answers are not kept.
enum NotSaved {
    /// The person wants no answers kept.
    Unwanted,
    Trouble(String),
}

pub(crate) enum Saved<'b> {
    Nothing,
    Answers(Vec<Response<'b>>),
    Unreadable(String),
}

impl Progress {
    /// Prepares the folder and locks it against a second session.
    pub(crate) fn open(bank: &Bank) -> Self {
        Self { file: ProgressFile::open(bank).map_err(NotSaved::Trouble), kept: false, owned: false }
    }

    /// Keeps no answers, and does not look for kept ones.
    pub(crate) fn off() -> Self {
        Self { file: Err(NotSaved::Unwanted), kept: false, owned: false }
    }

    /// Returns the reason why answers are not kept, `None` if they are or are not to be.
    pub(crate) fn trouble(&self) -> Option<&str> {
        match &self.file {
            Err(NotSaved::Trouble(trouble)) => Some(trouble),
            Ok(_) | Err(NotSaved::Unwanted) => None,
        }
    }

    /// Saves no more from now on, so that what is there stays.
    pub(crate) fn stop(&mut self, why: &str) {
        self.file = Err(NotSaved::Trouble(why.to_owned()));
    }

    pub(crate) fn saved<'b>(&self, bank: &'b Bank) -> Saved<'b> {
        let Ok(file) = &self.file else { return Saved::Nothing };
        let path = &file.path();
        if fs::symlink_metadata(path).is_err_and(|error| error.kind() == ErrorKind::NotFound) {
            return Saved::Nothing;
        }
        let bytes = Some(path).filter(|path| path.is_file()).and_then(|path| fs::read(path).ok());
        match bytes.map(|bytes| (bytes.is_empty(), bank.read_answers(&bytes))) {
            Some((true, _)) => Saved::Nothing,
            Some((false, Ok(answers))) => Saved::Answers(answers.responses),
            Some((false, Err(_))) | None => Saved::Unreadable(shown(path)),
        }
    }

    /// Returns the files with answers to other versions of the bank.
    pub(crate) fn others(&self, bank: &Bank) -> Vec<String> {
        let Ok(file) = &self.file else { return Vec::new() };
        let names = file.folder.names().into_iter().filter(|name| *name != file.name && is_of_bank(name, bank));
        names.map(|name| shown(&file.folder.file(&name))).collect()
    }

    pub(crate) fn save(&mut self, sheet: &Sheet<'_>) -> Result<(), String> {
        let file = match &self.file {
            Ok(file) => file,
            Err(NotSaved::Unwanted) => return Ok(()),
            Err(NotSaved::Trouble(trouble)) => return Err(trouble.clone()),
        };
        let written = file.folder.replace(&file.name, report::sheet_json(sheet).as_bytes());
        self.kept = written.is_ok();
        self.owned |= self.kept;
        written.map_err(|error| error.to_string())
    }

    /// Counts what is kept as the answers of this session.
    pub(crate) fn take_over(&mut self) {
        (self.kept, self.owned) = (true, true);
    }

    pub(crate) fn is_kept(&self) -> bool {
        self.kept
    }

    /// Removes what is kept of this session; what another one left stays.
    pub(crate) fn remove(&self) -> io::Result<()> {
        match self.file.as_ref().ok().filter(|_| self.owned).map(|file| fs::remove_file(file.path())) {
            Some(Err(error)) if error.kind() != ErrorKind::NotFound => Err(error),
            _ => Ok(()),
        }
    }

    pub(crate) fn discard(&mut self) -> Result<(), Error> {
        self.take_over();
        let name = "the saved answers".to_owned();
        self.remove().map_err(|source| Error::File { action: "remove", name, source })
    }
}

impl ProgressFile {
    fn open(bank: &Bank) -> Result<Self, String> {
        Self::open_in(state_folder().ok_or("there is no home directory")?, bank)
    }

    fn open_in(folder: PathBuf, bank: &Bank) -> Result<Self, String> {
        let folder = PrivateFolder::make(folder)?;
        let lock = folder.try_lock().map_err(|error| match error {
            LockError::Held => "another pathquiz is running; end that one first".to_owned(),
            LockError::Failed(why) => why,
        })?;
        folder.sweep();
        Ok(Self { folder, name: file_name(bank), _lock: lock })
    }

    fn path(&self) -> PathBuf {
        self.folder.file(&self.name)
    }
}

/// Returns the folder of saved answers, `None` where there is no home: one that is relative would be another one in every
/// folder.
fn state_folder() -> Option<PathBuf> {
    let home = etcetera::choose_base_strategy().ok()?;
    Some(home.state_dir().unwrap_or_else(|| home.data_dir()).join("pathquiz")).filter(|folder| folder.is_absolute())
}

/// Returns the file of saved answers to a bank, and its lock; either may have to be made yet.
pub(crate) fn progress_files(bank: &Bank) -> Vec<PathBuf> {
    state_folder().map_or_else(Vec::new, |folder| vec![folder.join(file_name(bank)), folder.join(LOCK)])
}

fn file_name(bank: &Bank) -> String {
    let digits = &bank.fingerprint[bank.fingerprint.len().saturating_sub(DIGITS)..];
    format!("{}-{digits}.json", bank.id)
}

fn is_of_bank(name: &str, bank: &Bank) -> bool {
    let stem = Path::new(name).file_stem().and_then(|stem| stem.to_str()).unwrap_or_default();
    let digits = stem.strip_prefix(&format!("{}-", bank.id)).unwrap_or_default();
    digits.len() == DIGITS && digits.bytes().all(|digit| digit.is_ascii_hexdigit())
}

#[cfg(test)]
#[cfg(unix)]
mod tests {
    use std::os::unix::fs::MetadataExt as _;

    use tempfile::TempDir;

    use super::*;
    use crate::bank::{Answer, SHIPPED};

    fn bank() -> Bank {
        Bank::parse(SHIPPED.as_bytes()).unwrap()
    }

    fn in_folder(folder: &TempDir, bank: &Bank) -> Progress {
        Progress {
            file: ProgressFile::open_in(folder.path().join("state"), bank).map_err(NotSaved::Trouble),
            kept: false,
            owned: false,
        }
    }

    fn one_answer(bank: &Bank) -> Sheet<'_> {
        let mut sheet = Sheet::new(bank);
        sheet.put(Response { question: &bank.questions[0], answer: Answer::Skip });
        sheet
    }

    #[test]
    fn answers_are_kept_until_their_session_removes_them() {
        let (folder, bank) = (TempDir::new().unwrap(), bank());
        let mut progress = in_folder(&folder, &bank);
        assert!(matches!(progress.saved(&bank), Saved::Nothing));
        progress.save(&one_answer(&bank)).unwrap();
        assert!(progress.is_kept());
        let file = progress.file.as_ref().ok().unwrap().path();
        assert_eq!(file.metadata().unwrap().mode() & 0o777, 0o600);
        assert_eq!(file.parent().unwrap().metadata().unwrap().mode() & 0o777, 0o700);
        drop(progress);
        let mut later = in_folder(&folder, &bank);
        assert!(matches!(later.saved(&bank), Saved::Answers(responses) if responses.len() == 1));
        later.remove().unwrap();
        assert!(file.exists(), "it is the other session's");
        later.take_over();
        later.remove().unwrap();
        assert!(!file.exists());
        later.remove().unwrap();
    }

    #[test]
    fn one_session_at_a_time_saves() {
        let (folder, bank) = (TempDir::new().unwrap(), bank());
        let first = in_folder(&folder, &bank);
        let second = in_folder(&folder, &bank);
        assert_eq!(second.trouble(), Some("another pathquiz is running; end that one first"));
        assert_eq!(first.trouble(), None);
    }

    #[test]
    fn drafts_are_swept_and_other_versions_named() {
        let (folder, bank) = (TempDir::new().unwrap(), bank());
        let state = folder.path().join("state");
        drop(in_folder(&folder, &bank));
        let other = state.join(format!("{}-0123456789ab.json", bank.id));
        for path in [&state.join(".progress-1"), &other, &state.join("else-0123456789ab.json")] {
            fs::write(path, "").unwrap();
        }
        let progress = in_folder(&folder, &bank);
        assert_eq!(progress.others(&bank), [shown(&other)]);
        assert!(!state.join(".progress-1").exists());
    }

    #[test]
    fn what_cannot_be_read_is_left_alone() {
        let (folder, bank) = (TempDir::new().unwrap(), bank());
        let progress = in_folder(&folder, &bank);
        let file = &progress.file.as_ref().ok().unwrap().path();
        fs::write(file, "nonsense").unwrap();
        assert!(matches!(progress.saved(&bank), Saved::Unreadable(name) if name == shown(file)));
        fs::write(file, "").unwrap();
        assert!(matches!(progress.saved(&bank), Saved::Nothing));
    }
}
