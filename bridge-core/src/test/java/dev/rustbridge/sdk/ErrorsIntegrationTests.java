package dev.rustbridge.sdk;

import java.util.Map;

import dev.rustbridge.CommandFailedException;
import dev.rustbridge.RustBridge;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * Errors of handlers reach the caller whole.
 */
class ErrorsIntegrationTests {

	private static CommandFailedException fail(RustBridge bridge, String method, Object params) {
		CommandFailedException failure = catchThrowableOfType(CommandFailedException.class,
				() -> bridge.command(method).params(params).retrieveMono(Void.class).block(Sdk.LIMIT));
		assertThat(failure).as("the failure of " + method).isNotNull();
		return failure;
	}

	@Test
	void anErrorKeepsItsCodeAndItsDetails() {
		try (Sdk sdk = Sdk.start(Sdk.workbench())) {
			CommandFailedException failure = fail(sdk.bridge(), "fail", Map.of("text", "no luck"));
			assertThat(failure.error()).isEqualTo("no luck");
			assertThat(failure.code()).isEqualTo("OUT_OF_LUCK");
			assertThat(failure.details()).isEqualTo("42");
		}
	}

	@Test
	void anErrorTypeOfTheDaemonsOwnIsMappedByIt() {
		try (Sdk sdk = Sdk.start(Sdk.example("checksum"))) {
			CommandFailedException failure = catchThrowableOfType(CommandFailedException.class,
					() -> sdk.bridge()
						.command("checksum")
						.params(Map.of("limit", 3))
						.upload(Flux.just(new byte[4]))
						.retrieveMono(Void.class)
						.block(Sdk.LIMIT));
			assertThat(failure.code()).isEqualTo("TOO_LONG");
			assertThat(failure.details()).isEqualTo("{\"limit\":3}");
		}
	}

	@Test
	void aPanicIsAnErrorAndTheDaemonLivesOn() {
		try (Sdk sdk = Sdk.start(Sdk.workbench())) {
			CommandFailedException failure = fail(sdk.bridge(), "panic", Map.of("text", "it broke"));
			assertThat(failure.code()).isEqualTo("INTERNAL");
			assertThat(failure.error()).contains("it broke");
			assertThat(sdk.bridge().command("echo").params(1).retrieveMono(Integer.class).block(Sdk.LIMIT)).isOne();
			assertThat(sdk.bridge().info().instances().get(0).generation()).isOne();
		}
	}

	@Test
	void theRuntimeHasCodesOfItsOwn() {
		try (Sdk sdk = Sdk.start(Sdk.workbench())) {
			assertThat(fail(sdk.bridge(), "nope", Map.of()).code()).isEqualTo("UNKNOWN_METHOD");
			assertThat(fail(sdk.bridge(), "sleep", Map.of("ms", "soon")).code()).isEqualTo("INVALID_PARAMS");
		}
	}

	@Test
	void aResultOverTheLimitOfTheHostIsAnError() {
		try (Sdk sdk = Sdk.start(Sdk.workbench().maxMessageSize(100_000))) {
			assertThat(fail(sdk.bridge(), "big", Map.of("size", 200_000)).code()).isEqualTo("TOO_LARGE");
		}
	}

	@Test
	void anErrorOfAClassicDaemonIsText() {
		try (Sdk sdk = Sdk.start(Sdk.classic())) {
			CommandFailedException failure = fail(sdk.bridge(), "fail", Map.of("message", "no such file"));
			assertThat(failure.error()).isEqualTo("no such file");
			assertThat(failure.code()).isNull();
			assertThat(failure.details()).isNull();
		}
	}

}
