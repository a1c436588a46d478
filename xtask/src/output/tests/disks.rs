//! A disk in memory, and one that fails.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::ffi::OsString;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use crate::output::disk::{Disk, EntryKind};

/// Files and folders in memory. Its clones are independent of each other.
#[derive(Clone, Default)]
pub(super) struct Memory {
    /// Folders have no bytes.
    entries: RefCell<BTreeMap<PathBuf, Option<Vec<u8>>>>,
}

impl Memory {
    /// All files, by path.
    pub(super) fn files(&self) -> BTreeMap<String, String> {
        let entries = self.entries.borrow();
        let files = entries.iter().filter_map(|(path, bytes)| Some((path, bytes.as_ref()?)));
        files
            .map(|(path, bytes)| {
                (path.to_string_lossy().into_owned(), String::from_utf8_lossy(bytes).into_owned())
            })
            .collect()
    }

    fn require(&self, path: &Path, kind: EntryKind) -> io::Result<()> {
        match self.kind(path)? {
            Some(found) if found == kind => Ok(()),
            Some(EntryKind::Folder) => Err(ErrorKind::IsADirectory.into()),
            Some(_) => Err(ErrorKind::NotADirectory.into()),
            None => Err(ErrorKind::NotFound.into()),
        }
    }

    /// That a file can be put at `path`.
    fn require_room(&self, path: &Path) -> io::Result<()> {
        self.require(path.parent().unwrap_or(path), EntryKind::Folder)?;
        match self.kind(path)? {
            Some(EntryKind::Folder) => Err(ErrorKind::IsADirectory.into()),
            _ => Ok(()),
        }
    }
}

impl Disk for Memory {
    fn kind(&self, path: &Path) -> io::Result<Option<EntryKind>> {
        Ok(self.entries.borrow().get(path).map(|bytes| match bytes {
            Some(_) => EntryKind::File,
            None => EntryKind::Folder,
        }))
    }

    fn read(&self, path: &Path) -> io::Result<Vec<u8>> {
        self.require(path, EntryKind::File)?;
        Ok(self.entries.borrow()[path].clone().unwrap_or_default())
    }

    fn list(&self, path: &Path) -> io::Result<Vec<OsString>> {
        self.require(path, EntryKind::Folder)?;
        let entries = self.entries.borrow();
        let inside = entries.keys().filter(|inside| inside.parent() == Some(path));
        Ok(inside.filter_map(|inside| inside.file_name()).map(OsString::from).collect())
    }

    fn create_folder(&self, path: &Path) -> io::Result<()> {
        for folder in path.ancestors() {
            if self.kind(folder)?.is_some() {
                self.require(folder, EntryKind::Folder)?;
            }
            self.entries.borrow_mut().insert(folder.to_owned(), None);
        }
        Ok(())
    }

    fn write(&self, path: &Path, bytes: &[u8]) -> io::Result<()> {
        self.require_room(path)?;
        self.entries.borrow_mut().insert(path.to_owned(), Some(bytes.to_owned()));
        Ok(())
    }

    fn sync(&self, path: &Path) -> io::Result<()> {
        self.require(path, EntryKind::File)
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        self.require(from, EntryKind::File)?;
        self.require_room(to)?;
        let bytes = self.entries.borrow_mut().remove(from).flatten();
        self.entries.borrow_mut().insert(to.to_owned(), bytes);
        Ok(())
    }

    fn remove_file(&self, path: &Path) -> io::Result<()> {
        self.require(path, EntryKind::File)?;
        self.entries.borrow_mut().remove(path);
        Ok(())
    }

    fn remove_folder(&self, path: &Path) -> io::Result<()> {
        if !self.list(path)?.is_empty() {
            return Err(ErrorKind::DirectoryNotEmpty.into());
        }
        self.entries.borrow_mut().remove(path);
        Ok(())
    }
}

/// How a file operation fails.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fault {
    /// It does nothing.
    Refused,
    /// It does what it is to do, and reports an error nevertheless, as network file systems may.
    DoneAnyway,
    /// There is no room for more, and a file that is written is left half written.
    Full,
    /// It does nothing, like all that follow: the process was killed, or the disk is gone.
    Dead,
}

/// A disk of which some operations fail.
pub(super) struct Faulty<'a> {
    disk: &'a Memory,
    /// Which calls, counted from 0.
    faults: &'a [(usize, Fault)],
    counted: Counted,
    calls: Cell<usize>,
}

/// Which operations are counted, and can fail.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Counted {
    All,
    /// Those that change something.
    Changes,
}

impl<'a> Faulty<'a> {
    pub(super) fn new(disk: &'a Memory, faults: &'a [(usize, Fault)], counted: Counted) -> Self {
        Self { disk, faults, counted, calls: Cell::new(0) }
    }

    /// Whether all faults were reached.
    pub(super) fn has_failed(&self) -> bool {
        self.faults.iter().all(|(at, _)| self.calls.get() > *at)
    }

    /// The fault of the next call.
    fn next(&self) -> Option<Fault> {
        let call = self.calls.replace(self.calls.get() + 1);
        let fails = |(at, fault): &&(usize, Fault)| *at == call || (*fault == Fault::Dead && *at < call);
        self.faults.iter().find(fails).map(|(_, fault)| *fault)
    }

    /// An operation that changes nothing.
    fn look<T>(&self, operation: impl FnOnce(&Memory) -> io::Result<T>) -> io::Result<T> {
        let is_dead =
            || self.faults.iter().any(|(at, fault)| *fault == Fault::Dead && *at < self.calls.get());
        match self.counted {
            Counted::All => self.call(operation),
            Counted::Changes if is_dead() => Err(ErrorKind::Other.into()),
            Counted::Changes => operation(self.disk),
        }
    }

    fn call<T>(&self, operation: impl FnOnce(&Memory) -> io::Result<T>) -> io::Result<T> {
        match self.next() {
            None => operation(self.disk),
            Some(Fault::DoneAnyway) => operation(self.disk).and(Err(ErrorKind::Other.into())),
            Some(Fault::Full) => Err(ErrorKind::StorageFull.into()),
            Some(Fault::Refused | Fault::Dead) => Err(ErrorKind::Other.into()),
        }
    }
}

impl Disk for Faulty<'_> {
    fn kind(&self, path: &Path) -> io::Result<Option<EntryKind>> {
        self.look(|disk| disk.kind(path))
    }

    fn read(&self, path: &Path) -> io::Result<Vec<u8>> {
        self.look(|disk| disk.read(path))
    }

    fn list(&self, path: &Path) -> io::Result<Vec<OsString>> {
        self.look(|disk| disk.list(path))
    }

    fn create_folder(&self, path: &Path) -> io::Result<()> {
        self.call(|disk| disk.create_folder(path))
    }

    fn write(&self, path: &Path, bytes: &[u8]) -> io::Result<()> {
        let is_full = self.faults.contains(&(self.calls.get(), Fault::Full));
        if is_full {
            self.disk.write(path, &bytes[..bytes.len() / 2])?;
        }
        self.call(|disk| disk.write(path, bytes))
    }

    fn sync(&self, path: &Path) -> io::Result<()> {
        self.call(|disk| disk.sync(path))
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        self.call(|disk| disk.rename(from, to))
    }

    fn remove_file(&self, path: &Path) -> io::Result<()> {
        self.call(|disk| disk.remove_file(path))
    }

    fn remove_folder(&self, path: &Path) -> io::Result<()> {
        self.call(|disk| disk.remove_folder(path))
    }
}
