package dev.rustbridge.client;

import java.lang.reflect.Method;
import java.time.Duration;

import dev.rustbridge.CommandSpec;
import dev.rustbridge.RustBridge;
import org.jspecify.annotations.Nullable;

/**
 * A method of a client, ready to be called.
 *
 * @param method the method
 * @param command the command
 * @param arguments what becomes of its arguments
 * @param answer how it gives the answer
 * @param timeout how long to wait, if the method says so
 * @param idempotent whether the command may be sent again
 */
record ClientMethod(Method method, String command, Arguments arguments, Answer answer, @Nullable Duration timeout,
		boolean idempotent) {

	@Nullable Object call(RustBridge bridge, @Nullable Object[] values) {
		CommandSpec spec = bridge.command(this.command);
		if (this.timeout != null) {
			spec = spec.timeout(this.timeout);
		}
		if (this.idempotent) {
			spec = spec.idempotent();
		}
		return this.answer.retrieval().retrieve(this.arguments.apply(spec, this.method, values), values);
	}

}
