//! Opens files and streams to read.

use std::fs::File;
use std::io::{self, IsTerminal as _, Read};
use std::path::Path;

use crate::cli::error::Error;
use crate::cli::streams::path::{STDIN, input_name};

pub(crate) type Stream = Box<dyn Read + Send>;

pub(crate) fn open_input(path: &Path) -> Result<Stream, Error> {
    if path == Path::new(STDIN) {
        return Ok(Box::new(io::stdin()));
    }
    Ok(Box::new(open_file(path).map_err(Error::read(&input_name(path)))?))
}

/// Returns true if a person would have to type what is read.
pub(crate) fn is_typed(path: &Path) -> bool {
    path == Path::new(STDIN) && io::stdin().is_terminal()
}

/// Returns true if a person can be asked: dialoguer looks at standard error alone and would read past a pipe.
pub(crate) fn is_interactive() -> bool {
    io::stdin().is_terminal() && io::stderr().is_terminal()
}

/// Refuses to read standard input twice: the second file would be empty.
pub(crate) fn ensure_one_stdin(files: &[Option<&Path>]) -> Result<(), Error> {
    let count = files.iter().flatten().filter(|file| **file == Path::new(STDIN)).count();
    if count > 1 { Err(Error::OneStdin) } else { Ok(()) }
}

/// Opens a file. A pipe that nobody has opened to write into is given a moment; to open it as other files would wait
/// without end.
#[cfg(unix)]
fn open_file(path: &Path) -> io::Result<impl Read + use<>> {
    use rustix::event::{PollFd, PollFlags, Timespec, poll};
    use rustix::fs::{OFlags, fcntl_getfl, fcntl_setfl};
    use std::os::unix::fs::{FileTypeExt as _, OpenOptionsExt as _};

    let mut file = File::options().read(true).custom_flags(OFlags::NONBLOCK.bits().cast_signed()).open(path)?;
    let mut head = Vec::new();
    if file.metadata()?.file_type().is_fifo() {
        let mut byte = [0];
        match file.read(&mut byte) {
            Ok(0) => {
                let moment = Timespec { tv_sec: 2, tv_nsec: 0 };
                if poll(&mut [PollFd::new(&file, PollFlags::IN)], Some(&moment))? == 0 {
                    return Err(io::Error::new(io::ErrorKind::TimedOut, "nobody writes into this pipe"));
                }
            }
            Ok(_) => head.extend(byte),
            Err(error) if error.kind() == io::ErrorKind::WouldBlock => {}
            Err(error) => return Err(error),
        }
    }
    fcntl_setfl(&file, fcntl_getfl(&file)? - OFlags::NONBLOCK)?;
    Ok(io::Cursor::new(head).chain(file))
}

#[cfg(not(unix))]
fn open_file(path: &Path) -> io::Result<impl Read + use<>> {
    File::open(path)
}
