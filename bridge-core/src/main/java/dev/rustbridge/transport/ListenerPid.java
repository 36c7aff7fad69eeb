package dev.rustbridge.transport;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds the process that listens on a Unix socket, for people to see: the JDK tells the
 * user of a peer, but not its process. Linux lists the sockets that listen in
 * {@code /proc/net/unix}, and the descriptors of processes of ours in their folders.
 */
final class ListenerPid {

	static final long UNKNOWN = -1;

	private static final Logger logger = LoggerFactory.getLogger(ListenerPid.class);

	/** Address, reference count, protocol, flags, type, state, inode, path. */
	private static final int COLUMNS = 8;

	private static final int FLAGS = 3;

	private static final int INODE = 6;

	private static final int PATH = 7;

	/** SO_ACCEPTCON. */
	private static final int LISTENS = 0x10000;

	private ListenerPid() {
	}

	/**
	 * Looks for it. May take some milliseconds: not on an I/O thread.
	 * @param socket the socket's path
	 * @return the process id, {@link #UNKNOWN} if there is no telling: on other systems,
	 * of another user's process, or where several processes share the socket
	 */
	static long of(Path socket) {
		Path proc = Path.of("/proc");
		try {
			String inode = inode(proc.resolve("net/unix"), socket.toAbsolutePath());
			return (inode != null) ? holder(proc, "socket:[" + inode + "]") : UNKNOWN;
		}
		catch (IOException | DirectoryIteratorException ex) {
			logger.debug("The process behind {} cannot be told", socket, ex);
			return UNKNOWN;
		}
	}

	private static @Nullable String inode(Path table, Path socket) throws IOException {
		if (!Files.isReadable(table)) {
			return null;
		}
		String found = null;
		List<String> lines = Files.readAllLines(table, StandardCharsets.ISO_8859_1);
		for (String line : lines.subList(Math.min(1, lines.size()), lines.size())) {
			String[] columns = line.trim().split("\\s+", COLUMNS);
			if (columns.length == COLUMNS && (Integer.parseUnsignedInt(columns[FLAGS], 16) & LISTENS) != 0
					&& socket.equals(Path.of(columns[PATH]).toAbsolutePath())) {
				if (found != null) {
					// one of them listens on a file that was replaced
					return null;
				}
				found = columns[INODE];
			}
		}
		return found;
	}

	private static long holder(Path proc, String descriptor) throws IOException {
		long found = UNKNOWN;
		try (DirectoryStream<Path> processes = Files.newDirectoryStream(proc, "[0-9]*")) {
			for (Path process : processes) {
				if (holds(process.resolve("fd"), descriptor)) {
					if (found != UNKNOWN) {
						return UNKNOWN;
					}
					found = Long.parseLong(process.getFileName().toString());
				}
			}
		}
		return found;
	}

	private static boolean holds(Path descriptors, String wanted) {
		try (DirectoryStream<Path> links = Files.newDirectoryStream(descriptors)) {
			for (Path link : links) {
				if (Files.readSymbolicLink(link).toString().equals(wanted)) {
					return true;
				}
			}
			return false;
		}
		catch (IOException | DirectoryIteratorException ex) {
			// another user's, or ended meanwhile
			logger.trace("{} cannot be looked at", descriptors, ex);
			return false;
		}
	}

}
