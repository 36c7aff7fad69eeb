package dev.rustbridge.connection;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;

import dev.rustbridge.BridgeDecodingException;
import dev.rustbridge.CommandFailedException;
import dev.rustbridge.CommandTimeoutException;
import dev.rustbridge.ConnectionLostException;
import dev.rustbridge.RustBridge;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Streams under demand, chunk by chunk.
 */
class StreamTests extends AbstractLineTests {

	@Test
	void chunksAreGivenAsTheyCome() {
		StepVerifier.create(stream()).then(() -> {
			String id = this.daemon.receiveId();
			chunk(id, 1);
			chunk(id, 2);
			end(id);
		}).expectNext(1, 2).expectComplete().verify(LIMIT);
	}

	@Test
	void chunksWaitForDemandAndTheEndWaitsForThem() {
		StepVerifier.create(stream(), 0).then(() -> {
			String id = this.daemon.receiveId();
			chunk(id, 1);
			chunk(id, 2);
			end(id);
		})
			.expectNoEvent(Duration.ofMillis(50))
			.thenRequest(1)
			.expectNext(1)
			.expectNoEvent(Duration.ofMillis(50))
			.thenRequest(1)
			.expectNext(2)
			.expectComplete()
			.verify(LIMIT);
	}

	@Test
	void anErrorOfTheDaemonComesAfterTheChunksThatAreHeld() {
		StepVerifier.create(stream(), 0).then(() -> {
			String id = this.daemon.receiveId();
			chunk(id, 1);
			this.daemon.send("{\"id\":\"" + id + "\",\"success\":false,\"error\":\"no\"}");
		}).thenRequest(2).expectNext(1).expectError(CommandFailedException.class).verify(LIMIT);
	}

	@Test
	void whenTheConnectionEndsAStreamFailsEvenWithoutDemand() {
		StepVerifier.create(stream(), 0).then(() -> {
			chunk(this.daemon.receiveId(), 1);
			this.daemon.end();
		}).expectError(ConnectionLostException.class).verify(LIMIT);
	}

	@Test
	void aChunkThatDoesNotFitFailsItsStream() {
		StepVerifier.create(stream())
			.then(() -> chunk(this.daemon.receiveId(), "\"text\""))
			.expectError(BridgeDecodingException.class)
			.verify(LIMIT);
	}

	@Test
	void aStreamTimesOutOnlyWhenNothingComesWhileThereIsDemand() {
		Flux<Integer> stream = this.bridge.command("s").timeout(Duration.ofMillis(200)).retrieveFlux(Integer.class);
		StepVerifier.create(stream, 0)
			.then(() -> chunk(this.daemon.receiveId(), 1))
			.expectNoEvent(Duration.ofMillis(400))
			.thenRequest(2)
			.expectNext(1)
			.expectErrorSatisfies((error) -> assertThat(error).isInstanceOf(CommandTimeoutException.class)
				.hasMessageContaining("nothing came for 200ms"))
			.verify(LIMIT);
	}

	@Test
	void theDeadlineOfAStreamIsForAllOfIt() {
		Flux<Integer> stream = this.bridge.command("s").deadline(Duration.ofMillis(100)).retrieveFlux(Integer.class);
		StepVerifier.create(stream, 0).expectError(CommandTimeoutException.class).verify(LIMIT);
	}

	@Test
	void takeEndsTheStream() {
		StepVerifier.create(stream().take(1)).then(() -> {
			String id = this.daemon.receiveId();
			chunk(id, 1);
			chunk(id, 2);
		}).expectNext(1).expectComplete().verify(LIMIT);
	}

	@Test
	void aSlowSubscriberHoldsUpAClassicDaemonAndNothingFillsTheHeap() {
		use(new LineDaemon(), RustBridge.builder("test").streamBuffer(16 * 1024));
		SlowSubscriber slow = new SlowSubscriber();
		this.bridge.command("s").retrieveFlux(String.class).subscribe(slow);
		String id = this.daemon.receiveId();
		String large = "\"" + "x".repeat(1000) + "\"";
		for (int i = 0; i < 2000; i++) {
			chunk(id, large);
		}
		await().untilAsserted(() -> assertThat(this.daemon.waitingBytes()).isPositive());
		slow.request(Long.MAX_VALUE);
		end(id);
		assertThat(slow.completed.join()).isEqualTo(2000);
		assertThat(this.daemon.waitingBytes()).isZero();
	}

	@Test
	void aStreamThatHoldsUpItsConnectionForTooLongFailsAndTheOthersGoOn() {
		use(new LineDaemon(),
				RustBridge.builder("test").streamBuffer(16 * 1024).streamStallTimeout(Duration.ofMillis(200)));
		SlowSubscriber slow = new SlowSubscriber();
		this.bridge.command("s").retrieveFlux(String.class).subscribe(slow);
		String stalled = this.daemon.receiveId();
		CompletableFuture<Integer> other = this.bridge.command("m").retrieveMono(Integer.class).toFuture();
		String answered = this.daemon.receiveId();
		for (int i = 0; i < 2000; i++) {
			chunk(stalled, "\"" + "x".repeat(1000) + "\"");
		}
		this.daemon.send("{\"id\":\"" + answered + "\",\"success\":true,\"result\":1}");
		assertThat(other.join()).isOne();
		assertThat(slow.completed).isCompletedExceptionally();
		assertThat(slow.failure).isInstanceOf(CommandTimeoutException.class)
			.hasMessageContaining("stream-stall-timeout");
	}

}
