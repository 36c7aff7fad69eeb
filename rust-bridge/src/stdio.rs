//! Standard input and output as the connection to the host.

use std::fs::File;
use std::io;
use std::os::fd::{AsFd, BorrowedFd, OwnedFd};
use std::os::unix::net::UnixStream as StdUnixStream;

use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::fs::{FileType, fstat};
use rustix::io::fcntl_dupfd_cloexec;
use tokio::io::AsyncWrite;
use tokio::net::UnixStream;
use tokio::net::unix::pipe;

use crate::connection::{Source, Transport};

/// Takes descriptors 0 and 1 away from the rest of the process: what its own code prints goes to stderr from now
/// on, and neither it nor its children can read the host's commands.
pub(crate) fn claim() -> io::Result<Transport> {
    let input = fcntl_dupfd_cloexec(rustix::stdio::stdin(), 3)?;
    let output = fcntl_dupfd_cloexec(rustix::stdio::stdout(), 3)?;
    rustix::stdio::dup2_stdin(File::open("/dev/null")?)?;
    rustix::stdio::dup2_stdout(rustix::stdio::stderr())?;
    let watched = output.try_clone()?;
    Ok(Transport {
        reader: reader(input)?,
        writer: writer(output)?,
        peer_gone: Box::new(move || is_peer_gone(watched.as_fd())),
    })
}

/// Standard input as nothing but a sign of life: a host that launches a daemon and then connects to its socket holds
/// it open. `None` where it is a terminal, a file or `/dev/null`, as for a daemon that stands alone.
pub(crate) fn leash() -> io::Result<Option<Source>> {
    let stdin = rustix::stdio::stdin();
    match FileType::from_raw_mode(fstat(stdin)?.st_mode) {
        FileType::Socket | FileType::Fifo => {
            let input = fcntl_dupfd_cloexec(stdin, 3)?;
            rustix::stdio::dup2_stdin(File::open("/dev/null")?)?;
            reader(input).map(Some)
        }
        _ => Ok(None),
    }
}

/// A daemon started by hand in a terminal is nobody's child in the sense of this crate.
pub(crate) fn is_terminal() -> bool {
    io::IsTerminal::is_terminal(&io::stdin())
}

// tokio's own stdin hands every read to a thread of its pool: two hops a message. Sockets and pipes need none.
fn reader(input: OwnedFd) -> io::Result<Source> {
    Ok(match FileType::from_raw_mode(fstat(&input)?.st_mode) {
        FileType::Socket => Box::new(socket(input)?),
        FileType::Fifo => Box::new(pipe::Receiver::from_owned_fd(input)?),
        _ => Box::new(tokio::fs::File::from_std(File::from(input))),
    })
}

fn writer(output: OwnedFd) -> io::Result<Box<dyn AsyncWrite + Send + Unpin>> {
    Ok(match FileType::from_raw_mode(fstat(&output)?.st_mode) {
        FileType::Socket => Box::new(socket(output)?),
        FileType::Fifo => Box::new(pipe::Sender::from_owned_fd(output)?),
        _ => Box::new(tokio::fs::File::from_std(File::from(output))),
    })
}

fn socket(descriptor: OwnedFd) -> io::Result<UnixStream> {
    let stream = StdUnixStream::from(descriptor);
    stream.set_nonblocking(true)?;
    UnixStream::from_std(stream)
}

/// Whether nobody can read any more what is written to `descriptor`, as the kernel knows without a write.
pub(crate) fn is_peer_gone(descriptor: BorrowedFd<'_>) -> bool {
    let mut polled = [PollFd::from_borrowed_fd(descriptor, PollFlags::empty())];
    match poll(&mut polled, Some(&Timespec::default())) {
        Ok(_) => polled[0]
            .revents()
            .intersects(PollFlags::HUP | PollFlags::ERR | PollFlags::NVAL),
        Err(_) => false,
    }
}
