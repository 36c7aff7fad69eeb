package dev.rustbridge.connection;

import java.time.Duration;

import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;

/**
 * What a caller asks for.
 *
 * @param method the method
 * @param params its parameters, {@code null} for none
 * @param timeout the call's own timeout, {@code null} for the bridge's
 * @param deadline the total time, {@code null} for none
 * @param idempotent whether it may be sent again
 * @param affinity equal keys go to the same instance
 * @param broadcast whether it goes to all instances
 * @param upload what is streamed along
 */
public record CommandRequest(String method, @Nullable Object params, @Nullable Duration timeout,
		@Nullable Duration deadline, boolean idempotent, @Nullable Object affinity, boolean broadcast,
		@Nullable Publisher<?> upload) {

	/**
	 * A command without anything set.
	 * @param method the method
	 * @return the request
	 */
	public static CommandRequest of(String method) {
		return new CommandRequest(method, null, null, null, false, null, false, null);
	}

	/**
	 * Whether the protocol asks for it, and nobody who uses the bridge.
	 * @return whether its method is a reserved one
	 */
	boolean isReserved() {
		return this.method.charAt(0) == '$';
	}

	public CommandRequest withParams(@Nullable Object params) {
		return new CommandRequest(this.method, params, this.timeout, this.deadline, this.idempotent, this.affinity,
				this.broadcast, this.upload);
	}

	public CommandRequest withTimeout(Duration timeout) {
		return new CommandRequest(this.method, this.params, timeout, this.deadline, this.idempotent, this.affinity,
				this.broadcast, this.upload);
	}

	public CommandRequest withDeadline(Duration deadline) {
		return new CommandRequest(this.method, this.params, this.timeout, deadline, this.idempotent, this.affinity,
				this.broadcast, this.upload);
	}

	public CommandRequest asIdempotent() {
		return new CommandRequest(this.method, this.params, this.timeout, this.deadline, true, this.affinity,
				this.broadcast, this.upload);
	}

	public CommandRequest withAffinity(Object affinity) {
		return new CommandRequest(this.method, this.params, this.timeout, this.deadline, this.idempotent, affinity,
				this.broadcast, this.upload);
	}

	public CommandRequest toAll(boolean broadcast) {
		return new CommandRequest(this.method, this.params, this.timeout, this.deadline, this.idempotent, this.affinity,
				broadcast, this.upload);
	}

	public CommandRequest withUpload(Publisher<?> upload) {
		return new CommandRequest(this.method, this.params, this.timeout, this.deadline, this.idempotent, this.affinity,
				this.broadcast, upload);
	}

}
