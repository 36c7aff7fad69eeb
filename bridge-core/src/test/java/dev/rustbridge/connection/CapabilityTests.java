package dev.rustbridge.connection;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;

import dev.rustbridge.BridgeException.Origin;
import dev.rustbridge.BridgeProtocolException;
import dev.rustbridge.CommandFailedException;
import dev.rustbridge.ConnectionLostException;
import dev.rustbridge.RustBridge;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;
import reactor.test.publisher.TestPublisher;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * What a daemon that understands more is told, and may do.
 */
class CapabilityTests extends AbstractLineTests {

	@Test
	void cancellingAStreamTellsTheDaemon() {
		use(LineDaemon.extended("cancel"), RustBridge.builder("test"));
		this.daemon.acceptHello();
		String[] id = new String[1];
		StepVerifier.create(stream()).then(() -> id[0] = this.daemon.receiveId()).thenCancel().verify(LIMIT);
		JsonNode cancel = this.daemon.receive();
		assertThat(cancel).hasToString("{\"id\":\"" + id[0] + "\",\"cancel\":true}");
	}

	@Test
	void demandGoesOutAsCredit() {
		use(LineDaemon.extended("credit"), RustBridge.builder("test"));
		this.daemon.acceptHello();
		SlowSubscriber slow = new SlowSubscriber();
		stream().map(String::valueOf).subscribe(slow);
		JsonNode command = this.daemon.receive();
		long initial = command.get("credit").asLong();
		assertThat(initial).isEqualTo(32);
		String id = command.get("id").stringValue();
		slow.request(100);
		JsonNode grant = this.daemon.receive();
		assertThat(grant.get("id").stringValue()).isEqualTo(id);
		assertThat(grant.get("credit").asLong()).isEqualTo(100);
		end(id);
		slow.completed.join();
	}

	@Test
	void withoutALimitNoCreditIsNamed() {
		use(LineDaemon.extended("credit"), RustBridge.builder("test"));
		this.daemon.acceptHello();
		CompletableFuture<Long> count = stream().count().toFuture();
		JsonNode command = this.daemon.receive();
		assertThat(command.has("credit")).isFalse();
		end(command.get("id").stringValue());
		assertThat(count.join()).isZero();
	}

	@Test
	void aDaemonThatOverrunsItsCreditFailsThatCallAlone() {
		use(LineDaemon.extended("credit", "cancel"), RustBridge.builder("test"));
		this.daemon.acceptHello();
		SlowSubscriber slow = new SlowSubscriber();
		stream().map(String::valueOf).subscribe(slow);
		String id = this.daemon.receiveId();
		for (int i = 0; i < 33; i++) {
			chunk(id, i);
		}
		assertThat(this.daemon.receive().get("cancel").booleanValue()).isTrue();
		await().untilAsserted(() -> assertThat(slow.failure).isInstanceOf(BridgeProtocolException.class));
	}

	@Test
	void anUploadGoesOutUnderTheDaemonsCredit() {
		use(LineDaemon.extended("upload"), RustBridge.builder("test"));
		this.daemon.acceptHello();
		TestPublisher<String> items = TestPublisher.create();
		AtomicLong requested = new AtomicLong();
		CompletableFuture<Integer> call = this.bridge.command("u")
			.upload(items.flux().doOnRequest(requested::addAndGet))
			.retrieveMono(Integer.class)
			.toFuture();
		JsonNode command = this.daemon.receive();
		assertThat(command.get("upload").booleanValue()).isTrue();
		String id = command.get("id").stringValue();
		await().until(items::wasSubscribed);
		assertThat(requested.get()).isZero();
		this.daemon.send("{\"id\":\"" + id + "\",\"credit\":2}");
		await().untilAsserted(() -> assertThat(requested.get()).isEqualTo(2));
		items.next("a").complete();
		assertThat(this.daemon.receive()).hasToString("{\"id\":\"" + id + "\",\"stream\":true,\"data\":\"a\"}");
		assertThat(this.daemon.receive()).hasToString("{\"id\":\"" + id + "\",\"end\":true}");
		this.daemon.send("{\"id\":\"" + id + "\",\"success\":true,\"result\":1}");
		assertThat(call.join()).isOne();
	}

	@Test
	void anEarlyAnswerCancelsTheUpload() {
		use(LineDaemon.extended("upload"), RustBridge.builder("test"));
		this.daemon.acceptHello();
		TestPublisher<String> items = TestPublisher.create();
		CompletableFuture<Integer> call = this.bridge.command("u").upload(items).retrieveMono(Integer.class).toFuture();
		String id = this.daemon.receiveId();
		await().until(items::wasSubscribed);
		this.daemon.send("{\"id\":\"" + id + "\",\"success\":true,\"result\":1}");
		assertThat(call.join()).isOne();
		items.assertCancelled();
	}

	@Test
	void withoutTheCapabilityAnUploadFailsBeforeAnythingIsWritten() {
		this.bridge.start().block(LIMIT);
		StepVerifier.create(this.bridge.command("u").upload(Flux.just(1)).retrieveMono(Integer.class))
			.expectError(BridgeProtocolException.class)
			.verify(LIMIT);
		assertThat(this.daemon.poll()).isNull();
	}

	@Test
	void rawBytesComeAsTheyAre() {
		use(LineDaemon.extended("bytes"), RustBridge.builder("test"));
		this.daemon.acceptHello();
		CompletableFuture<byte[]> bytes = this.bridge.command("b").retrieveFlux(byte[].class).next().toFuture();
		JsonNode command = this.daemon.receive();
		assertThat(command.get("bytes").booleanValue()).isTrue();
		String id = command.get("id").stringValue();
		this.daemon.send("{\"id\":\"" + id + "\",\"stream\":true,\"bytes\":5}");
		this.daemon.sendBytes(new byte[] { 1, '\n', '{', 0, 5, '\n' });
		assertThat(bytes.join()).containsExactly(1, '\n', '{', 0, 5);
	}

	@Test
	void aCountOfRawBytesThatCannotBeReadEndsTheConnection() {
		use(LineDaemon.extended("bytes"), RustBridge.builder("test"));
		this.daemon.acceptHello();
		StepVerifier.create(this.bridge.command("b").retrieveFlux(byte[].class)).then(() -> {
			String id = this.daemon.receiveId();
			this.daemon.send("{\"id\":\"" + id + "\",\"stream\":true,\"bytes\":-5}");
		})
			.expectErrorSatisfies((error) -> assertThat(error).isInstanceOf(ConnectionLostException.class)
				.hasMessageContaining("raw bytes"))
			.verify(LIMIT);
	}

	@Test
	void aCallOfTheDaemonIsAnswered() {
		use(LineDaemon.extended("calls"), RustBridge.builder("test")
			.onCall("authorize", (call) -> Mono.just(call.as(JsonNode.class).get("n").asInt() + 1)));
		this.daemon.acceptHello();
		this.daemon.send("{\"id\":\"d_1\",\"method\":\"authorize\",\"params\":{\"n\":1}}");
		assertThat(this.daemon.receive()).hasToString("{\"id\":\"d_1\",\"success\":true,\"result\":2}");
		this.daemon.send("{\"id\":\"d_2\",\"method\":\"nobody\",\"params\":{}}");
		assertThat(this.daemon.receive().get("code").stringValue()).isEqualTo("UNKNOWN_METHOD");
	}

	@Test
	void anErrorOfAHandlerKeepsItsCodeAndDetails() {
		use(LineDaemon.extended("calls", "errors"),
				RustBridge.builder("test")
					.onCall("authorize", (call) -> Mono.error(new CommandFailedException(Origin.bridge(call.bridge()),
							"not you", "PERMISSION_DENIED", "{\"who\":[1]}"))));
		this.daemon.acceptHello();
		this.daemon.send("{\"id\":\"d_1\",\"method\":\"authorize\",\"params\":{}}");
		assertThat(this.daemon.receive()).hasToString("{\"id\":\"d_1\",\"success\":false,\"error\":\"not you\","
				+ "\"code\":\"PERMISSION_DENIED\",\"details\":{\"who\":[1]}}");
	}

}
