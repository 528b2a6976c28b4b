//! The folder of kept results.
//!
//! A result is called `BANK-NUMBER-DAY.json`. Beside it lie its page, once it has been opened, and the text of its bank,
//! once for each version: the result can be shown when that bank has changed or gone.

use std::fs;
use std::io::{self, ErrorKind, Read as _};
use std::path::{Path, PathBuf};

use etcetera::BaseStrategy as _;
use jiff::civil::Date;

use crate::bank::{Bank, LARGEST_FILE};
use crate::cli::streams::PrivateFolder;

/// Digits of a bank's fingerprint in the name of its text.
const DIGITS: usize = 12;

pub(crate) struct ResultStore {
    folder: PrivateFolder,
}

/// A kept result by its name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct KeptResult {
    /// Counted from 1, over all banks.
    pub(crate) number: u32,
    pub(crate) day: Date,
    /// Id of the bank.
    pub(crate) bank: String,
}

impl KeptResult {
    /// Reads a name, `None` if it is not that of a result.
    fn parse(name: &str) -> Option<Self> {
        let stem = name.strip_suffix(".json")?;
        let (rest, day) = stem.split_at_checked(stem.len().checked_sub("2026-11-30".len())?)?;
        let (bank, number) = rest.strip_suffix('-')?.rsplit_once('-')?;
        let kept = Self { number: number.parse().ok()?, day: day.parse().ok()?, bank: bank.to_owned() };
        (kept.name("json") == name).then_some(kept)
    }

    fn name(&self, ending: &str) -> String {
        format!("{}-{}-{}.{ending}", self.bank, self.number, self.day)
    }
}

impl ResultStore {
    /// Makes the folder where there is none, or says why no result can be kept.
    pub(crate) fn open() -> Result<Self, String> {
        let folder = folder().ok_or("there is no home directory")?;
        let store = Self { folder: PrivateFolder::make(folder)? };
        Ok(store)
    }

    /// Returns the store, `None` if no result was ever kept.
    pub(crate) fn find() -> Option<Self> {
        Some(Self { folder: PrivateFolder::find(folder()?)? })
    }

    /// Returns what is kept, the oldest result first.
    pub(crate) fn results(&self) -> Vec<KeptResult> {
        let mut results: Vec<KeptResult> =
            self.folder.names().iter().filter_map(|name| KeptResult::parse(name)).collect();
        results.sort_by_key(|kept| kept.number);
        results
    }

    pub(crate) fn path(&self, kept: &KeptResult) -> PathBuf {
        self.folder.file(&kept.name("json"))
    }

    /// Returns where the page of a result is, if it has one.
    pub(crate) fn page_path(&self, kept: &KeptResult) -> PathBuf {
        self.folder.file(&kept.name("html"))
    }

    /// Keeps a result, with a number above all others, and the text of its bank.
    pub(crate) fn keep(&self, bank: &Bank, text: &[u8], day: Date, result: &str) -> io::Result<KeptResult> {
        let _lock = self.folder.lock()?;
        self.folder.sweep();
        let bank_name = bank_name(&bank.id, &bank.fingerprint);
        if read(&self.folder.file(&bank_name)).is_none_or(|kept| kept != text) {
            self.folder.replace(&bank_name, text)?;
        }
        let last = self.results().last().map_or(0, |kept| kept.number);
        let number = last.checked_add(1).ok_or(ErrorKind::FileTooLarge)?;
        let kept = KeptResult { number, day, bank: bank.id.clone() };
        self.folder.create(&kept.name("json"), result.as_bytes())?;
        Ok(kept)
    }

    /// Keeps a result in place of what has its number now.
    pub(crate) fn replace(&self, kept: &KeptResult, result: &str) -> io::Result<()> {
        let _lock = self.folder.lock()?;
        self.folder.replace(&kept.name("json"), result.as_bytes())
    }

    /// Writes the page of a result.
    pub(crate) fn write_page(&self, kept: &KeptResult, page: &str) -> io::Result<()> {
        self.folder.replace(&kept.name("html"), page.as_bytes())
    }

    /// Returns the bytes of a result, `None` if it is no file, cannot be read or is larger than any result.
    pub(crate) fn read_result(&self, kept: &KeptResult) -> Option<Vec<u8>> {
        read(&self.path(kept))
    }

    /// Returns the text of a bank, `None` if it is not kept.
    pub(crate) fn bank_text(&self, id: &str, fingerprint: &str) -> Option<Vec<u8>> {
        read(&self.folder.file(&bank_name(id, fingerprint)))
    }

    /// Deletes a result and its page, and with the last result of a bank the texts of that bank.
    pub(crate) fn delete(&self, kept: &KeptResult) -> io::Result<()> {
        let _lock = self.folder.lock()?;
        self.remove(&kept.name("html"))?;
        self.remove(&kept.name("json"))?;
        if self.results().iter().any(|other| other.bank == kept.bank) {
            return Ok(());
        }
        let names = self.folder.names();
        let mut texts = names.iter().filter(|name| is_text_of(name, &kept.bank));
        texts.try_for_each(|name| self.remove(name))
    }

    /// Deletes all results, pages and banks, and returns how many results there were.
    pub(crate) fn delete_all(&self) -> io::Result<usize> {
        let results = self.results();
        results.iter().try_for_each(|kept| self.delete(kept))?;
        Ok(results.len())
    }

    fn remove(&self, name: &str) -> io::Result<()> {
        match fs::remove_file(self.folder.file(name)) {
            Err(error) if error.kind() != ErrorKind::NotFound => Err(error),
            _ => Ok(()),
        }
    }
}

/// Returns the bytes of a file, `None` if it is none, cannot be read or is larger than any that is kept.
fn read(path: &Path) -> Option<Vec<u8>> {
    if !path.symlink_metadata().ok()?.is_file() {
        return None;
    }
    let limit = u64::try_from(LARGEST_FILE).ok()?;
    let mut bytes = Vec::new();
    fs::File::open(path).ok()?.take(limit + 1).read_to_end(&mut bytes).ok()?;
    (bytes.len() <= LARGEST_FILE).then_some(bytes)
}

/// Returns the folder of results, `None` without a home. One that is relative would be another one in every folder.
fn folder() -> Option<PathBuf> {
    let data = etcetera::choose_base_strategy().ok()?.data_dir();
    Some(data.join("pathquiz").join("results")).filter(|folder| folder.is_absolute())
}

fn bank_name(id: &str, fingerprint: &str) -> String {
    let digits = fingerprint.rsplit(':').next().unwrap_or_default();
    let digits: String = digits.chars().filter(char::is_ascii_hexdigit).take(DIGITS).collect();
    let id: String =
        id.chars().filter(|character| character.is_ascii_alphanumeric() || "-_".contains(*character)).collect();
    format!("{id}-{digits}.toml")
}

fn is_text_of(name: &str, bank: &str) -> bool {
    let digits = name.strip_suffix(".toml").and_then(|stem| stem.strip_prefix(bank)?.strip_prefix('-'));
    digits.is_some_and(|digits| digits.len() == DIGITS && digits.bytes().all(|digit| digit.is_ascii_hexdigit()))
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use tempfile::TempDir;

    use super::*;
    use crate::bank::SHIPPED;

    fn store(home: &TempDir) -> ResultStore {
        ResultStore { folder: PrivateFolder::make(home.path().join("results")).unwrap() }
    }

    #[test]
    fn names_are_read_as_they_are_written() {
        let kept = KeptResult { number: 7, day: date(2026, 11, 30), bank: "data-or-ml".to_owned() };
        assert_eq!(kept.name("json"), "data-or-ml-7-2026-11-30.json");
        assert_eq!(KeptResult::parse("data-or-ml-7-2026-11-30.json"), Some(kept));
        for name in [
            "",
            ".json",
            "a-7-2026-11-30",
            "a-07-2026-11-30.json",
            "a-x-2026-11-30.json",
            "a-7-2026-13-30.json",
            "é-.json",
        ] {
            assert_eq!(KeptResult::parse(name), None, "{name}");
        }
    }

    #[test]
    fn numbers_go_up_and_a_bank_stays_as_long_as_one_of_its_results() {
        let (home, bank) = (TempDir::new().unwrap(), Bank::parse(SHIPPED.as_bytes()).unwrap());
        let store = store(&home);
        let day = date(2026, 11, 30);
        let first = store.keep(&bank, SHIPPED.as_bytes(), day, "{}").unwrap();
        let second = store.keep(&bank, SHIPPED.as_bytes(), day, "[]").unwrap();
        assert_eq!((first.number, second.number), (1, 2));
        store.delete(&first).unwrap();
        assert_eq!(store.keep(&bank, SHIPPED.as_bytes(), day, "{}").unwrap().number, 3);
        store.replace(&second, "{\"a\": 1}").unwrap();
        assert_eq!(store.read_result(&second).unwrap(), b"{\"a\": 1}");
        assert!(store.bank_text(&bank.id, &bank.fingerprint).is_some());
        store.write_page(&second, "<p>").unwrap();
        assert_eq!(store.delete_all().unwrap(), 2);
        assert_eq!(store.folder.names(), ["lock"]);
    }

    #[test]
    #[cfg(unix)]
    fn links_and_floods_are_not_read() {
        let home = TempDir::new().unwrap();
        let (store, day) = (store(&home), date(2026, 11, 30));
        let at = |number| KeptResult { number, day, bank: "b".to_owned() };
        fs::write(home.path().join("secret"), "{}").unwrap();
        std::os::unix::fs::symlink("../secret", store.path(&at(1))).unwrap();
        fs::create_dir(store.path(&at(2))).unwrap();
        fs::write(store.path(&at(3)), vec![b' '; LARGEST_FILE + 1]).unwrap();
        for kept in store.results() {
            assert_eq!(store.read_result(&kept), None, "{kept:?}");
        }
        assert_eq!(store.results().len(), 3);
    }
}
