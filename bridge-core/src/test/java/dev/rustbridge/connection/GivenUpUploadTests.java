package dev.rustbridge.connection;

import java.util.Map;
import java.util.function.Supplier;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.rustbridge.RustBridge;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Flux;
import reactor.test.publisher.TestPublisher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Uploads whose caller waits no more, to a daemon that knows no cancel.
 */
class GivenUpUploadTests extends AbstractLineTests {

	@Test
	void anUploadThatIsGivenUpEndsWhereNothingElseTellsTheDaemon() {
		use(LineDaemon.extended("upload"), RustBridge.builder("test"));
		this.daemon.acceptHello();
		TestPublisher<String> items = TestPublisher.create();
		Disposable call = this.bridge.command("u").upload(items).retrieveMono(Integer.class).subscribe();
		String id = this.daemon.receiveId();
		await().until(items::wasSubscribed);
		call.dispose();
		items.assertCancelled();
		assertThat(this.daemon.receive()).hasToString("{\"id\":\"" + id + "\",\"end\":true,\"error\":\"cancelled\"}");
		items.complete();
		assertNothingFollows();
	}

	@Test
	void anUploadThatHasEndedIsNotEndedAgainWhenItIsGivenUp() {
		use(LineDaemon.extended("upload"), RustBridge.builder("test"));
		this.daemon.acceptHello();
		Disposable call = this.bridge.command("u").upload(Flux.empty()).retrieveMono(Integer.class).subscribe();
		String id = this.daemon.receiveId();
		assertThat(this.daemon.receive()).hasToString("{\"id\":\"" + id + "\",\"end\":true}");
		call.dispose();
		assertNothingFollows();
	}

	@Test
	void anItemThatIsBeingSentComesBeforeTheEndOfAnUploadThatIsGivenUp() {
		use(LineDaemon.extended("upload"), RustBridge.builder("test"));
		this.daemon.acceptHello();
		Disposable.Swap call = Disposables.swap();
		Supplier<String> givesUp = () -> {
			call.dispose();
			return "a";
		};
		call.replace(this.bridge.command("u")
			.upload(Flux.just(new Item(givesUp), new Item(() -> "b")))
			.retrieveMono(Integer.class)
			.subscribe());
		String id = this.daemon.receiveId();
		this.daemon.send("{\"id\":\"" + id + "\",\"credit\":2}");
		assertThat(this.daemon.receive().get("data").get("text").stringValue()).isEqualTo("a");
		assertThat(this.daemon.receive().get("error").stringValue()).isEqualTo("cancelled");
		assertNothingFollows();
	}

	/**
	 * Lines go out in order, so the next command comes first where nothing is before it.
	 */
	private void assertNothingFollows() {
		Disposable next = this.bridge.command("next").retrieveMono(Integer.class).subscribe();
		assertThat(this.daemon.receive().get("method").stringValue()).isEqualTo("next");
		next.dispose();
	}

	/** What happens when it is encoded, is up to the test. */
	private record Item(Supplier<String> source) {

		@JsonValue
		Map<String, String> value() {
			return Map.of("text", this.source.get());
		}

	}

}
