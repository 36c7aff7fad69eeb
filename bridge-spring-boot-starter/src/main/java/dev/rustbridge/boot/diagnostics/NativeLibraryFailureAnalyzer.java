package dev.rustbridge.boot.diagnostics;

import java.util.Arrays;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * Tells what to do when the native library of junixsocket can't be loaded. A bridge then
 * does without it, and says so; this is for an application that uses junixsocket itself,
 * since it is there.
 */
class NativeLibraryFailureAnalyzer extends AbstractFailureAnalyzer<LinkageError> {

	private static final String JUNIXSOCKET = "org.newsclub.net.unix";

	@Override
	protected @Nullable FailureAnalysis analyze(Throwable rootFailure, LinkageError cause) {
		boolean junixsocket = String.valueOf(cause.getMessage()).replace('/', '.').contains(JUNIXSOCKET)
				|| Arrays.stream(cause.getStackTrace())
					.anyMatch((frame) -> frame.getClassName().startsWith(JUNIXSOCKET));
		if (!junixsocket) {
			return null;
		}
		return new FailureAnalysis(
				"The native library of junixsocket can't be loaded: %s%n%nIt is extracted to %s first."
					.formatted(cause.getMessage(), System.getProperty("java.io.tmpdir")),
				("Let that folder be one from which libraries may be loaded (not mounted noexec), or name another by "
						+ "-Dorg.newsclub.net.unix.library.tmpdir=DIR. If native access is denied to the application, "
						+ "allow it by --enable-native-access=ALL-UNNAMED. Bridges need none of this: without the "
						+ "library they link their daemons by pipes."),
				cause);
	}

}
