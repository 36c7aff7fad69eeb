package dev.rustbridge.boot;

import java.nio.file.Path;
import java.time.Duration;

import dev.rustbridge.BridgeOptions.Startup;
import dev.rustbridge.RustBridge;
import dev.rustbridge.boot.RustBridgeConnectionDetails.Executable;
import dev.rustbridge.boot.RustBridgeConnectionDetails.Socket;
import dev.rustbridge.boot.autoconfigure.RustBridgeAutoConfiguration;
import dev.rustbridge.boot.properties.InvalidBridgeConfigurationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Configuration;

import static dev.rustbridge.boot.BridgeBeansTests.requestTimeout;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a bridge is built from that is declared by properties.
 */
class DeclaredBridgeTests {

	private final ApplicationContextRunner runner = BridgeContexts.idle();

	private final ApplicationContextRunner two = this.runner.withPropertyValues(
			"rustbridge.bridges.search.request-timeout=1s", "rustbridge.bridges.my-vpn.request-timeout=2s");

	@Test
	void aCustomizerHasTheLastWord() {
		this.two
			.withBean(RustBridgeCustomizer.class,
					() -> (name, builder) -> builder
						.requestTimeout(name.equals("search") ? Duration.ofSeconds(7) : Duration.ofSeconds(8)))
			.run((context) -> {
				assertThat(requestTimeout(context.getBean("search"))).isEqualTo(Duration.ofSeconds(7));
				assertThat(requestTimeout(context.getBean("my-vpn"))).isEqualTo(Duration.ofSeconds(8));
			});
	}

	@Test
	void connectionDetailsSayWhereADaemonIs() {
		this.two.withBean(RustBridgeConnectionDetails.class, () -> (bridge) -> switch (bridge) {
			case "search" -> new Socket(Path.of("/run/search.sock"));
			default -> new Executable(Path.of("/opt/vpn"));
		}).run((context) -> {
			RustBridge search = context.getBean("search", RustBridge.class);
			assertThat(search.options().launches()).isFalse();
			assertThat(search.options().socket().path()).isEqualTo(Path.of("/run/search.sock"));
			RustBridge vpn = context.getBean("my-vpn", RustBridge.class);
			assertThat(vpn.options().binary().path()).isEqualTo(Path.of("/opt/vpn"));
		});
	}

	@Test
	void whereConnectionDetailsAreSilentThePropertiesHold() {
		this.two.withBean(RustBridgeConnectionDetails.class, () -> (bridge) -> null)
			.run((context) -> assertThat(context.getBean("search", RustBridge.class).options().binary().path())
				.isEqualTo(Path.of("/no/such/daemon")));
	}

	@Test
	void aValueOutOfItsBoundsIsToldWithItsPlace() {
		this.runner.withPropertyValues("rustbridge.bridges.search.reconnect.jitter=3")
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.satisfies((root) -> assertThat(context.getStartupFailure())
					.hasStackTraceContaining("property 'reconnect.jitter' is 3.0, but must be between 0 and 1")));
	}

	@Test
	void aBridgeWithNeitherBinaryNorSocketIsRefused() {
		BridgeContexts.plain()
			.withPropertyValues("rustbridge.bridges.search.startup=lazy")
			.run((context) -> assertThat(context.getStartupFailure())
				.hasStackTraceContaining("has neither a binary nor a socket")
				.hasStackTraceContaining(InvalidBridgeConfigurationException.class.getName()));
	}

	@Test
	void anUnsetBridgeHasTheOptionsThatTheCoreGivesByItself() {
		BridgeContexts.plain()
			.withPropertyValues("rustbridge.bridges.search.binary.name=x", "rustbridge.bridges.search.startup=lazy")
			.run((context) -> {
				try (RustBridge byCore = RustBridge.builder("search").binaryName("x").startup(Startup.LAZY).build()) {
					assertThat(context.getBean("search", RustBridge.class).options()).isEqualTo(byCore.options());
				}
			});
	}

	@ParameterizedTest
	@ValueSource(strings = { "jakarta.validation", "io.micrometer", "kotlin", "kotlinx.coroutines",
			"org.springframework.web", "org.springframework.transaction", "org.springframework.security",
			"org.springframework.boot.actuate" })
	void whatIsOptionalMayBeAbsent(String classes) {
		this.two.withUserConfiguration(Listening.class)
			.withClassLoader(new FilteredClassLoader(classes))
			.run((context) -> assertThat(context).hasNotFailed().hasBean("search"));
	}

	@Test
	void theApplicationNeedsNoMapperOfItsOwn() {
		new ApplicationContextRunner().withConfiguration(AutoConfigurations.of(RustBridgeAutoConfiguration.class))
			.withPropertyValues("rustbridge.bridges.search.binary.path=/no/such/daemon",
					"rustbridge.bridges.search.startup=lazy")
			.run((context) -> assertThat(context).hasNotFailed().hasBean("search"));
	}

	@Configuration(proxyBeanMethods = false)
	static class Listening {

		@BridgeEventListener(bridge = "search")
		void on(String text) {
		}

		@BridgeHandler(bridge = "search", method = "authorize")
		boolean authorize(String text) {
			return true;
		}

	}

}
