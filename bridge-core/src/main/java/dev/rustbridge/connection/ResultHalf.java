package dev.rustbridge.connection;

import dev.rustbridge.protocol.Envelope;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import tools.jackson.databind.JavaType;

/**
 * The result of an exchange that has chunks too: kept for whoever comes for it, and
 * harmless if nobody does.
 *
 * @param <R> the result
 */
final class ResultHalf<R> {

	private final Sinks.One<R> sink = Sinks.one();

	private final JavaType type;

	private @Nullable R value;

	ResultHalf(JavaType type) {
		this.type = type;
	}

	Mono<R> mono() {
		return this.sink.asMono();
	}

	/**
	 * Binds the result. On the loop.
	 * @param call the call that was answered
	 * @param envelope the final response
	 * @return whether it fits; if not, the call has failed
	 */
	boolean accept(Call call, Envelope envelope) {
		try {
			this.value = Answers.value(call, envelope, this.type);
			return true;
		}
		catch (RuntimeException ex) {
			call.fail(ex);
			return false;
		}
	}

	/**
	 * The exchange ended. Whatever comes second is ignored.
	 * @param failure what went wrong, {@code null} for nothing
	 */
	void onEnd(@Nullable Throwable failure) {
		R result = this.value;
		if (failure != null) {
			this.sink.tryEmitError(failure);
		}
		else if (result != null) {
			this.sink.tryEmitValue(result);
		}
		else {
			this.sink.tryEmitEmpty();
		}
	}

}
