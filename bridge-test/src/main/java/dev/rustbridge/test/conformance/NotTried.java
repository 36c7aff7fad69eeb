package dev.rustbridge.test.conformance;

/**
 * A check found that it can't be tried with this daemon.
 */
@SuppressWarnings("serial")
final class NotTried extends RuntimeException {

	NotTried(String why) {
		super(why);
	}

}
