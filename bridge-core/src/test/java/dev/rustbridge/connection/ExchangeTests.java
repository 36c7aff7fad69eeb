package dev.rustbridge.connection;

import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;

import dev.rustbridge.CommandFailedException;
import dev.rustbridge.RustBridge;
import dev.rustbridge.StreamingResponse;
import org.junit.jupiter.api.Test;
import reactor.test.StepVerifier;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The two halves of a stream with a result.
 */
class ExchangeTests extends AbstractLineTests {

	@Test
	void aSecondSubscriberToTheChunksIsRefused() {
		StreamingResponse<Integer, String> exchange = this.bridge.command("s")
			.retrieveStream(Integer.class, String.class);
		StepVerifier.create(exchange.chunks()).then(() -> end(this.daemon.receiveId())).expectComplete().verify(LIMIT);
		StepVerifier.create(exchange.chunks()).expectError(IllegalStateException.class).verify(LIMIT);
		assertThat(this.daemon.poll()).isNull();
	}

	@Test
	void theResultIsReplayedAfterTheEnd() {
		StreamingResponse<Integer, String> exchange = this.bridge.command("s")
			.retrieveStream(Integer.class, String.class);
		StepVerifier.create(exchange.chunks()).then(() -> end(this.daemon.receiveId())).expectComplete().verify(LIMIT);
		StepVerifier.create(exchange.result()).expectNext("done").expectComplete().verify(LIMIT);
		StepVerifier.create(exchange.result()).expectNext("done").expectComplete().verify(LIMIT);
	}

	@Test
	void chunksThatCameBeforeTheirSubscriberAreHeld() {
		StreamingResponse<Integer, String> exchange = this.bridge.command("s")
			.retrieveStream(Integer.class, String.class);
		CompletableFuture<String> result = exchange.result().toFuture();
		String id = this.daemon.receiveId();
		chunk(id, 1);
		end(id);
		assertThat(result.join()).isEqualTo("done");
		StepVerifier.create(exchange.chunks()).expectNext(1).expectComplete().verify(LIMIT);
	}

	@Test
	void chunksThatNobodyWantsAreDroppedAndALateSubscriberIsTold() {
		use(new LineDaemon(), RustBridge.builder("test").streamBuffer(4096));
		StreamingResponse<String, String> exchange = this.bridge.command("s")
			.retrieveStream(String.class, String.class);
		CompletableFuture<String> result = exchange.result().toFuture();
		String id = this.daemon.receiveId();
		for (int i = 0; i < 100; i++) {
			chunk(id, "\"" + "x".repeat(1000) + "\"");
		}
		end(id);
		assertThat(result.join()).isEqualTo("done");
		StepVerifier.create(exchange.chunks())
			.expectErrorSatisfies((error) -> assertThat(error).hasMessageContaining("dropped"))
			.verify(LIMIT);
	}

	@Test
	void bothHalvesSeeTheSameErrorAndNeitherMustBeObserved() {
		StreamingResponse<Integer, String> exchange = this.bridge.command("s")
			.retrieveStream(Integer.class, String.class);
		StepVerifier.create(exchange.chunks())
			.then(() -> this.daemon
				.send("{\"id\":\"" + this.daemon.receiveId() + "\",\"success\":false,\"error\":\"no\"}"))
			.expectError(CommandFailedException.class)
			.verify(LIMIT);
		StepVerifier.create(exchange.result()).expectError(CommandFailedException.class).verify(LIMIT);
	}

	@Test
	void cancellingTheChunksEndsTheExchange() {
		StreamingResponse<Integer, String> exchange = this.bridge.command("s")
			.retrieveStream(Integer.class, String.class);
		StepVerifier.create(exchange.chunks()).then(this.daemon::receiveId).thenCancel().verify(LIMIT);
		StepVerifier.create(exchange.result()).expectError(CancellationException.class).verify(LIMIT);
	}

}
