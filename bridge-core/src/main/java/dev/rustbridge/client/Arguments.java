package dev.rustbridge.client;

import java.lang.reflect.Method;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

import dev.rustbridge.CommandSpec;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;

/**
 * What becomes of the arguments of a client's method.
 *
 * @param whole the one that is all parameters
 * @param named those that are a member of the parameters each
 * @param upload the one that is streamed to the daemon
 * @param timeout the one that says how long to wait
 */
record Arguments(@Nullable Argument whole, List<Argument> named, @Nullable Upload upload, @Nullable Argument timeout) {

	CommandSpec apply(CommandSpec command, Method method, @Nullable Object[] values) {
		CommandSpec spec = command;
		if (this.whole != null) {
			spec = spec.params(this.whole.value(method, values));
		}
		else if (!this.named.isEmpty()) {
			spec = spec.params(members(method, values));
		}
		Object items = (this.upload != null) ? this.upload.argument().value(method, values) : null;
		if (this.upload != null && items != null) {
			spec = spec.upload(this.upload.publisher().apply(items));
		}
		if (this.timeout != null && this.timeout.value(method, values) instanceof Duration time) {
			spec = spec.timeout(time);
		}
		return spec;
	}

	private Map<String, Object> members(Method method, @Nullable Object[] values) {
		Map<String, Object> members = new LinkedHashMap<>();
		for (Argument argument : this.named) {
			Object value = argument.value(method, values);
			if (value != null) {
				members.put(argument.name(), value);
			}
		}
		return members;
	}

	/**
	 * What is streamed to the daemon.
	 *
	 * @param argument the argument
	 * @param publisher makes a publisher of it
	 */
	record Upload(Argument argument, Function<Object, Publisher<?>> publisher) {

	}

	/**
	 * One argument.
	 *
	 * @param index its place
	 * @param name its name, in the parameters or in Java
	 * @param optional whether it is left out when it is {@code null}
	 */
	record Argument(int index, String name, boolean optional) {

		@Nullable Object value(Method method, @Nullable Object[] values) {
			Object value = values[this.index];
			if (value instanceof Optional<?> holder) {
				return holder.orElse(null);
			}
			if (value == null && !this.optional) {
				throw new IllegalArgumentException(
						"%s.%s: argument '%s' is null. Mark the parameter @Nullable if it may be left out"
							.formatted(method.getDeclaringClass().getSimpleName(), method.getName(), this.name));
			}
			return value;
		}

	}

}
