package dev.rustbridge.process;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A JVM that stores the same executable again and again, and tells where. Arguments: the
 * cache's folder, the executable.
 */
final class StoringJvm {

	private StoringJvm() {
	}

	public static void main(String[] args) throws Exception {
		Path last = null;
		for (int i = 0; i < 30; i++) {
			try (InputStream content = Files.newInputStream(Path.of(args[1]))) {
				last = new ExecutableCache(Path.of(args[0])).store("chaos", content, null);
			}
		}
		System.out.println("stored " + last);
	}

}
