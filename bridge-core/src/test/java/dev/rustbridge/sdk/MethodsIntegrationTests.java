package dev.rustbridge.sdk;

import java.util.List;

import dev.rustbridge.BridgeInfo;
import dev.rustbridge.client.InvalidClientException;
import dev.rustbridge.client.RustBridgeClients;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Typed clients are held against the methods that a daemon has.
 */
class MethodsIntegrationTests {

	private static List<BridgeInfo.Method> announced(Sdk sdk) {
		return sdk.bridge().info().instances().get(0).methods();
	}

	@Test
	void aDaemonTellsItsMethods() {
		try (Sdk sdk = Sdk.start(Sdk.workbench())) {
			assertThat(announced(sdk)).contains(new BridgeInfo.Method("echo", false),
					new BridgeInfo.Method("count", true));
		}
	}

	@Test
	void aClientThatFitsIsAccepted() {
		try (Sdk sdk = Sdk.start(Sdk.workbench())) {
			assertThatCode(() -> RustBridgeClients.check(Fitting.class, announced(sdk))).doesNotThrowAnyException();
		}
	}

	@Test
	void aClientThatDoesNotFitIsToldAllItsMistakes() {
		try (Sdk sdk = Sdk.start(Sdk.workbench())) {
			assertThatExceptionOfType(InvalidClientException.class)
				.isThrownBy(() -> RustBridgeClients.check(Mistaken.class, announced(sdk)))
				.withMessageContaining("the daemon has no method 'ecko'")
				.withMessageContaining("the daemon's method 'echo' gives one result and no chunks");
		}
	}

	@Test
	void aClassicDaemonTellsNoneAndIsNotHeldAgainst() {
		try (Sdk sdk = Sdk.start(Sdk.classic())) {
			assertThat(announced(sdk)).isEmpty();
			assertThatCode(() -> RustBridgeClients.check(Mistaken.class, announced(sdk))).doesNotThrowAnyException();
		}
	}

	interface Fitting {

		Mono<String> echo(String text);

		Flux<Long> count(long to);

	}

	interface Mistaken {

		Mono<String> ecko(String text);

		Flux<String> echo(String text);

	}

}
