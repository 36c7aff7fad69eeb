package dev.rustbridge.boot.handler;

/**
 * What a handler throws that knows an exception handler for it.
 */
class Gone extends RuntimeException {

	private static final long serialVersionUID = 1L;

	Gone(String message) {
		super(message);
	}

}
