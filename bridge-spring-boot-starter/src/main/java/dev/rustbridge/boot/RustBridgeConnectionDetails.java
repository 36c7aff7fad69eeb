package dev.rustbridge.boot;

import java.nio.file.Path;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.autoconfigure.service.connection.ConnectionDetails;

/**
 * Says where daemons are, for tests and platforms that know better than the properties.
 */
@FunctionalInterface
public interface RustBridgeConnectionDetails extends ConnectionDetails {

	/**
	 * Says where a daemon is.
	 * @param bridge the bridge's name
	 * @return where it is, {@code null} to leave that to the properties
	 */
	@Nullable Location locate(String bridge);

	/**
	 * Where a daemon is.
	 */
	sealed interface Location {

	}

	/**
	 * An executable to launch, instead of the binary and the socket of the properties.
	 *
	 * @param path its path
	 */
	record Executable(Path path) implements Location {

	}

	/**
	 * The socket of a running daemon, instead of the binary and the socket of the
	 * properties.
	 *
	 * @param path its path
	 */
	record Socket(Path path) implements Location {

	}

}
