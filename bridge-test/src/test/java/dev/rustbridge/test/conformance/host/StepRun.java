package dev.rustbridge.test.conformance.host;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import dev.rustbridge.BridgeProtocolException;
import dev.rustbridge.CommandFailedException;
import dev.rustbridge.CommandSpec;
import dev.rustbridge.CommandTimeoutException;
import dev.rustbridge.ConnectionLostException;
import dev.rustbridge.PayloadTooLargeException;
import dev.rustbridge.RustBridge;
import dev.rustbridge.StreamingResponse;
import dev.rustbridge.test.conformance.host.Step.End;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;
import reactor.core.publisher.Flux;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A step as our host takes it.
 */
final class StepRun {

	private final Step step;

	private final Signals<JsonNode> result = new Signals<>(Long.MAX_VALUE);

	private final Signals<Object> chunks;

	private StepRun(Step step) {
		this.step = step;
		this.chunks = new Signals<>((step.demand() < 0) ? Long.MAX_VALUE : step.demand());
	}

	static StepRun start(Step step, RustBridge bridge) {
		StepRun run = new StepRun(step);
		CommandSpec command = bridge.command(step.method()).params(JsonMapper.shared().readTree(step.params()));
		if (step.timeoutMillis() > 0) {
			command = command.timeout(Duration.ofMillis(step.timeoutMillis()));
		}
		if (step.upload() >= 0) {
			command = command.upload(Flux.range(0, step.upload()));
		}
		if (step.chunks() >= 0) {
			Class<?> type = step.bytes() ? byte[].class : JsonNode.class;
			StreamingResponse<?, JsonNode> response = command.retrieveStream(type, JsonNode.class);
			run.chunks.subscribeTo(response.chunks());
			run.result.subscribeTo(response.result());
		}
		else {
			run.result.subscribeTo(command.retrieveMono(JsonNode.class));
		}
		return run;
	}

	void assertEndedAsItMust() throws InterruptedException {
		String name = this.step.method();
		assertThat(this.result.ended.await(10, TimeUnit.SECONDS)).as("the end of " + name).isTrue();
		assertThat(this.result.ends).as("ends of " + name).hasSize(1);
		Object end = this.result.ends.get(0);
		if (this.step.end() == End.RESULT) {
			assertThat(end).as("the end of " + name).isEqualTo("complete");
			JsonNode expected = JsonMapper.shared().readTree(this.step.result());
			if (expected.isNull()) {
				assertThat(this.result.values).isEmpty();
			}
			else {
				// not by its content: some are megabytes
				assertThat(this.result.values.get(0).equals(expected)).as("the result of " + name).isTrue();
			}
		}
		else {
			assertThat(end).as("the end of " + name).isInstanceOfAny(errors(this.step.end()));
		}
		if (this.step.chunks() >= 0) {
			assertThat(this.chunks.ended.await(10, TimeUnit.SECONDS)).as("the end of the chunks of " + name).isTrue();
			assertThat(this.chunks.ends).as("ends of the chunks of " + name).hasSize(1);
			assertThat(this.chunks.values).as("chunks of " + name).hasSize(this.step.chunks());
		}
	}

	private static Class<?>[] errors(End end) {
		return switch (end) {
			case FAILED -> new Class<?>[] { CommandFailedException.class };
			case BROKEN -> new Class<?>[] { BridgeProtocolException.class, PayloadTooLargeException.class };
			case LOST -> new Class<?>[] { ConnectionLostException.class };
			case TIMED_OUT -> new Class<?>[] { CommandTimeoutException.class };
			case RESULT -> throw new IllegalArgumentException("no error");
		};
	}

	/**
	 * Records every signal, those that must not come too: no operator is in between that
	 * would hide them.
	 */
	private static final class Signals<T> implements Subscriber<T> {

		private final long demand;

		private final List<T> values = new ArrayList<>();

		private final List<Object> ends = new ArrayList<>();

		private final CountDownLatch ended = new CountDownLatch(1);

		Signals(long demand) {
			this.demand = demand;
		}

		@SuppressWarnings("unchecked")
		void subscribeTo(Publisher<?> publisher) {
			((Publisher<T>) publisher).subscribe(this);
		}

		@Override
		public void onSubscribe(Subscription subscription) {
			subscription.request(this.demand);
		}

		@Override
		public synchronized void onNext(T value) {
			this.values.add(value);
		}

		@Override
		public void onError(Throwable error) {
			end(error);
		}

		@Override
		public void onComplete() {
			end("complete");
		}

		private synchronized void end(Object how) {
			this.ends.add(how);
			this.ended.countDown();
		}

	}

}
