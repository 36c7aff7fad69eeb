package dev.rustbridge.transport;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The user that we run as. The JDK tells its name only, which may be missing in a
 * container; a file of ours tells its number.
 */
final class OwnUser {

	private static volatile long uid = -1;

	private OwnUser() {
	}

	/**
	 * The number of the user.
	 * @return the effective user id
	 * @throws IOException when the temporary folder takes no file
	 */
	static long uid() throws IOException {
		long known = uid;
		if (known < 0) {
			Path file = Files.createTempFile("rustbridge", null);
			try {
				known = Integer.toUnsignedLong((int) Files.getAttribute(file, "unix:uid"));
			}
			finally {
				Files.delete(file);
			}
			uid = known;
		}
		return known;
	}

}
