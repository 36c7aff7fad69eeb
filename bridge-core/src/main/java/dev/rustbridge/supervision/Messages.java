package dev.rustbridge.supervision;

import dev.rustbridge.BridgeException;

/**
 * Messages of failures as parts of others, which name the bridge themselves.
 */
final class Messages {

	private Messages() {
	}

	static String bare(BridgeException failure) {
		String message = String.valueOf(failure.getMessage());
		String prefix = "Bridge '" + failure.bridge() + "': ";
		return message.startsWith(prefix) ? message.substring(prefix.length()) : message;
	}

}
