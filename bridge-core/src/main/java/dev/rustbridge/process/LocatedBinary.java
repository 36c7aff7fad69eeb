package dev.rustbridge.process;

import java.nio.file.Path;
import java.util.List;

/**
 * The executable that a look-up found.
 *
 * @param executable absolute path of what is to be executed
 * @param source where it was found, for people
 * @param tried what was refused before it, a line each
 */
record LocatedBinary(Path executable, String source, List<String> tried) {

	LocatedBinary {
		tried = List.copyOf(tried);
	}

}
