package dev.rustbridge.test.conformance;

/**
 * The daemon that was to be checked can't be started or connected to.
 */
@SuppressWarnings("serial")
public final class DaemonUnavailableException extends RuntimeException {

	DaemonUnavailableException(String message, Throwable cause) {
		super(message, cause);
	}

}
