package dev.rustbridge.test.app;

import java.nio.file.Path;
import java.time.Duration;

import dev.rustbridge.BridgeInfo;
import dev.rustbridge.BridgeOptions.Startup;
import dev.rustbridge.BridgeState;
import dev.rustbridge.RustBridge;
import dev.rustbridge.boot.UnknownBridgeException;
import dev.rustbridge.test.AutoConfigureTestRustBridge;
import dev.rustbridge.test.ScriptedDaemon;
import dev.rustbridge.test.ScriptedDaemons;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * A whole application with two bridges, one of them to a socket.
 */
@SpringBootTest(properties = { "rustbridge.bridges.my-vpn.socket.path=/no/such/vpn.sock",
		"rustbridge.bridges.my-vpn.ready-event=hello" })
@AutoConfigureTestRustBridge
@Import({ OpenedWorkspace.class, SeveralBridgesTests.OfItsOwn.class })
class SeveralBridgesTests {

	@Autowired
	@Qualifier("search")
	ScriptedDaemon daemon;

	@Autowired
	Finder finder;

	@Test
	void eachBridgeHasADaemonOfItsOwn(@Qualifier("my-vpn") ScriptedDaemon vpnDaemon,
			@Qualifier("my-vpn") RustBridge vpn) {
		vpnDaemon.on("connect").returns("up");
		assertThat(vpn.command("connect").retrieveMono(String.class).block(Duration.ofSeconds(10))).isEqualTo("up");
		assertThat(vpnDaemon).hasReceivedExactly("connect");
		assertThat(this.daemon).hasReceivedNothing();
	}

	@Test
	void theWholeApplicationIsConfigured(@Autowired Warehouse warehouse) {
		this.daemon.on("search");
		assertThat(this.finder.find("x").collectList().block(Duration.ofSeconds(10))).isEmpty();
		assertThat(warehouse).isNotNull();
	}

	@Test
	void aBridgeThatTheApplicationBuildsKeepsItsDaemon(@Qualifier("printer") RustBridge printer) {
		assertThat(printer.info().instances()).extracting(BridgeInfo.Instance::transport).containsExactly("socket");
		assertThat(printer.state()).isNotEqualTo(BridgeState.READY);
	}

	@Test
	void aDaemonOfABridgeThatThereIsNotIsRefused(@Autowired ScriptedDaemons daemons) {
		assertThat(daemons.get("search")).isSameAs(this.daemon);
		assertThatExceptionOfType(UnknownBridgeException.class).isThrownBy(() -> daemons.get("vpn"))
			.withMessageContaining("there are: my-vpn, search");
	}

	@TestConfiguration(proxyBeanMethods = false)
	static class OfItsOwn {

		@Bean
		RustBridge printer() {
			return RustBridge.builder("printer")
				.socketPath(Path.of("/no/such/printer.sock"))
				.startup(Startup.BACKGROUND)
				.build();
		}

	}

}
