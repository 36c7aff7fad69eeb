package dev.rustbridge.test.conformance;

import java.io.IOException;

import org.jspecify.annotations.Nullable;

/**
 * One rule of the protocol, and how it is tried.
 *
 * @param group the part of the protocol: {@code classic}, {@code hello}, or a capability
 * @param name the name, unique within its group
 * @param rule what the protocol says, in a sentence
 * @param advice what the author of a daemon can do that fails it
 * @param role the method that it needs, {@code null} for none
 * @param probe tries it
 */
record Check(String group, String name, String rule, String advice, @Nullable MethodRole role, Probe probe) {

	static final String CLASSIC = "classic";

	static final String HELLO = "hello";

	boolean needsAnnouncement() {
		return !this.group.equals(CLASSIC);
	}

	boolean needsCapability() {
		return needsAnnouncement() && !this.group.equals(HELLO);
	}

	/**
	 * Tries a rule.
	 */
	@FunctionalInterface
	interface Probe {

		/**
		 * Talks to the daemon.
		 * @param bench where
		 * @throws dev.rustbridge.test.conformance.wire.CheckFailure if the daemon breaks
		 * the rule
		 * @throws IOException if the daemon can't be started or connected to
		 * @throws InterruptedException if the thread is interrupted
		 */
		void run(Bench bench) throws IOException, InterruptedException;

	}

}
