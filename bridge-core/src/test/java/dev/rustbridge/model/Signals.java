package dev.rustbridge.model;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import dev.rustbridge.BridgeProtocolException;
import dev.rustbridge.BridgeUnavailableException;
import dev.rustbridge.CommandFailedException;
import dev.rustbridge.CommandTimeoutException;
import dev.rustbridge.ConnectionLostException;
import dev.rustbridge.PayloadTooLargeException;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;
import reactor.core.publisher.BaseSubscriber;
import tools.jackson.databind.JsonNode;

/**
 * What the engine told, in the words of the model.
 */
final class Signals {

	private final List<String> told = new ArrayList<>();

	void tell(String id, String what) {
		this.told.add(id + " " + what);
	}

	/** What was told since this was asked last. */
	List<String> take() {
		List<String> taken = List.copyOf(this.told);
		this.told.clear();
		return taken;
	}

	static String failure(Throwable error) {
		if (error instanceof CommandFailedException failed) {
			return (failed.code() != null) ? "error FAILED " + failed.code() : "error FAILED";
		}
		if (error instanceof CommandTimeoutException) {
			return "error TIMEOUT";
		}
		if (error instanceof ConnectionLostException) {
			return "error LOST";
		}
		if (error instanceof BridgeUnavailableException) {
			return "error UNAVAILABLE";
		}
		if (error instanceof PayloadTooLargeException) {
			return "error TOO_LARGE";
		}
		if (error instanceof BridgeProtocolException) {
			return "error PROTOCOL";
		}
		throw new AssertionError("An error that the model has no word for", error);
	}

	private static String json(Object value) {
		return (value instanceof byte[] bytes) ? "\"" + new String(bytes, StandardCharsets.UTF_8) + "\""
				: value.toString();
	}

	/**
	 * The caller of a call.
	 */
	static final class Caller extends BaseSubscriber<Object> {

		private final Signals signals;

		private final String id;

		private final String word;

		private final long demand;

		private final boolean refills;

		private boolean ended;

		/**
		 * Makes one.
		 * @param signals where it tells what it is told
		 * @param id of its call
		 * @param word for a value
		 * @param demand what it requests at first
		 * @param refills whether it requests one more for each that it gets
		 */
		Caller(Signals signals, String id, String word, long demand, boolean refills) {
			this.signals = signals;
			this.id = id;
			this.word = word;
			this.demand = demand;
			this.refills = refills;
		}

		@Override
		protected void hookOnSubscribe(Subscription subscription) {
			if (this.demand > 0) {
				request(this.demand);
			}
		}

		@Override
		protected void hookOnNext(Object value) {
			this.signals.tell(this.id, this.word + " " + json(value));
			if (this.refills) {
				request(1);
			}
		}

		@Override
		protected void hookOnComplete() {
			end("complete");
		}

		@Override
		protected void hookOnError(Throwable error) {
			end(failure(error));
		}

		private void end(String how) {
			if (this.ended) {
				this.signals.tell(this.id, "ended twice");
			}
			this.ended = true;
			this.signals.tell(this.id, how);
		}

		boolean hasEnded() {
			return this.ended;
		}

	}

	/**
	 * The source of an upload, which publishes when it is told to.
	 */
	static final class Source implements Publisher<JsonNode>, Subscription {

		private final Signals signals;

		private final String id;

		private @Nullable Subscriber<? super JsonNode> subscriber;

		private boolean ended;

		Source(Signals signals, String id) {
			this.signals = signals;
			this.id = id;
		}

		@Override
		public void subscribe(Subscriber<? super JsonNode> actual) {
			this.subscriber = actual;
			this.ended = false;
			actual.onSubscribe(this);
		}

		@Override
		public void request(long amount) {
			if (!this.ended) {
				this.signals.tell(this.id, "wants " + amount);
			}
		}

		@Override
		public void cancel() {
			if (!this.ended) {
				// as any publisher, it hears nothing after its end
				this.ended = true;
				this.signals.tell(this.id, "source cancelled");
			}
		}

		void publish(JsonNode item) {
			subscriber().onNext(item);
		}

		void complete() {
			this.ended = true;
			subscriber().onComplete();
		}

		void fail() {
			this.ended = true;
			subscriber().onError(new IllegalStateException("the source failed"));
		}

		private Subscriber<? super JsonNode> subscriber() {
			Subscriber<? super JsonNode> current = this.subscriber;
			if (current == null) {
				throw new AssertionError("Nobody has subscribed to the source");
			}
			return current;
		}

	}

}
