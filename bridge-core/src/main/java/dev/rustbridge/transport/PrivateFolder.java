package dev.rustbridge.transport;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A folder that only this user may enter, for a socket that lives for an instant.
 */
final class PrivateFolder {

	/** What the kernel takes as the path of a socket, on the strictest system. */
	private static final int LONGEST_SOCKET_PATH = 100;

	private static final String PREFIX = "rustbridge";

	private static final String SOCKET = "s";

	private PrivateFolder() {
	}

	/**
	 * Makes the folder, with mode 0700.
	 * @return the path of a socket in it, which does not exist yet
	 * @throws IOException when it cannot be made
	 */
	static Path newSocketPath() throws IOException {
		try {
			Path socket = Files.createTempDirectory(PREFIX).resolve(SOCKET);
			if (socket.toString().length() <= LONGEST_SOCKET_PATH) {
				return socket;
			}
			Files.delete(socket.getParent());
			return Files.createTempDirectory(Path.of("/tmp"), PREFIX).resolve(SOCKET);
		}
		catch (IOException ex) {
			throw new IOException(
					"no private folder for a socket can be made in " + System.getProperty("java.io.tmpdir") + ": " + ex,
					ex);
		}
	}

	/**
	 * Removes a socket and its folder.
	 * @param socket made by {@link #newSocketPath()}
	 * @throws IOException when something is left
	 */
	static void delete(Path socket) throws IOException {
		Files.deleteIfExists(socket);
		Files.deleteIfExists(socket.getParent());
	}

}
