package dev.rustbridge;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * What is known of a bridge right now.
 *
 * @param name the bridge's name
 * @param state the state derived from the instances
 * @param instances one entry for each instance of the pool
 * @param inFlight calls admitted and not ended, over all instances
 * @param waiting calls that wait for a generation ({@code while-unavailable=wait})
 * @param stopped whether it was stopped by intention: calls are refused until it is
 * started, those that would start a lazy one too
 */
public record BridgeInfo(String name, BridgeState state, List<Instance> instances, int inFlight, int waiting,
		boolean stopped) {

	public BridgeInfo {
		instances = List.copyOf(instances);
	}

	/**
	 * One instance.
	 *
	 * @param index its place in the pool, from 0
	 * @param state its state
	 * @param since when it came into that state
	 * @param transport {@code stdio}, {@code pipe}, {@code socket} or {@code memory}
	 * @param generation the current or last generation, 0 before the first
	 * @param restarts how often it was launched or connected anew after the first time
	 * @param pid the daemon's process id, if it is known
	 * @param executable the executable that runs, if it is ours
	 * @param socket the socket it is reached by
	 * @param peer who is on the other end of the socket
	 * @param startedAt when the current generation was launched or connected
	 * @param readyAt when the current generation became ready
	 * @param version the daemon's version as its ready event tells it
	 * @param capabilities the capabilities in force, empty for a classic daemon
	 * @param methods the methods it announced, empty if it announced none
	 * @param inFlight calls admitted and not ended
	 * @param queuedBytes bytes waiting to be written
	 * @param crashLoop whether it has crashed several times in a row
	 * @param lastError why a generation failed the last time: ended, or did not start
	 * @param lastErrorAt when that was
	 * @param stderrTail the last lines of its log
	 * @param heartbeatNanos round trip of the last heartbeat in nanoseconds
	 */
	public record Instance(int index, BridgeState state, Instant since, String transport, long generation,
			long restarts, @Nullable Long pid, @Nullable Path executable, @Nullable Path socket,
			@Nullable PeerCredentials peer, @Nullable Instant startedAt, @Nullable Instant readyAt,
			@Nullable String version, Set<String> capabilities, List<Method> methods, int inFlight, long queuedBytes,
			boolean crashLoop, @Nullable String lastError, @Nullable Instant lastErrorAt, List<String> stderrTail,
			@Nullable Long heartbeatNanos) {

		public Instance {
			capabilities = Set.copyOf(capabilities);
			methods = List.copyOf(methods);
			stderrTail = List.copyOf(stderrTail);
		}

	}

	/**
	 * A method that a daemon announced.
	 *
	 * @param name the method
	 * @param stream whether it answers with chunks
	 */
	public record Method(String name, boolean stream) {

	}

	/**
	 * Who is on the other end of a Unix socket.
	 *
	 * @param uid the user id, -1 if it is not known
	 * @param gid the group id, -1 if it is not known
	 * @param pid the process id, -1 if it is not known
	 */
	public record PeerCredentials(long uid, long gid, long pid) {

	}

}
