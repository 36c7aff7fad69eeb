package dev.rustbridge.supervision;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import dev.rustbridge.BridgeOptions.Descendants;
import dev.rustbridge.BridgeOptions.StdioMode;
import dev.rustbridge.BridgeState;
import dev.rustbridge.RustBridge;
import dev.rustbridge.engine.Daemons;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * What becomes of the processes that a daemon had started when it crashes: nothing but
 * the mark in their environment tells then whose they were.
 */
@EnabledOnOs(OS.LINUX)
@ExtendWith(LeakCheck.class)
class CrashedDescendantsIntegrationTests {

	private static final Duration LIMIT = Duration.ofSeconds(10);

	/** A daemon with one child, whose pid is its version; the child ignores SIGTERM. */
	private static final String WITH_STUBBORN_CHILD = """
			trap '' TERM
			sleep 600 &
			echo "{\\"event\\":\\"ready\\",\\"data\\":{\\"version\\":\\"$!\\"}}"
			while read line; do :; done
			""";

	private final List<RustBridge> bridges = new ArrayList<>();

	private final List<Long> grandchildren = new ArrayList<>();

	@AfterEach
	void end() {
		this.bridges.forEach(RustBridge::close);
		this.grandchildren.forEach((pid) -> ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly));
	}

	private RustBridge start(RustBridge.Builder builder) {
		RustBridge bridge = builder.reconnectInitialDelay(Duration.ofMillis(10)).build();
		this.bridges.add(bridge);
		bridge.start().block(LIMIT);
		return bridge;
	}

	private long grandchild(RustBridge bridge) {
		long pid = bridge.command("grandchild")
			.params(Map.of("seconds", 600))
			.retrieveMono(JsonNode.class)
			.block(LIMIT)
			.get("pid")
			.asLong();
		this.grandchildren.add(pid);
		return pid;
	}

	private static void kill(RustBridge bridge) {
		ProcessHandle.of(bridge.info().instances().get(0).pid()).orElseThrow().destroyForcibly();
	}

	private static void awaitRestart(RustBridge bridge) {
		await().atMost(LIMIT)
			.until(() -> bridge.state() == BridgeState.READY && bridge.info().instances().get(0).generation() == 2);
	}

	@ParameterizedTest
	@EnumSource(StdioMode.class)
	void theyAreEndedBeforeTheDaemonIsStartedAgain(StdioMode mode) {
		RustBridge bridge = start(Daemons.chaosBridge().stdio(mode));
		long first = grandchild(bridge);
		long second = grandchild(bridge);

		kill(bridge);

		awaitRestart(bridge);
		assertThat(Processes.isRunning(first)).isFalse();
		assertThat(Processes.isRunning(second)).isFalse();
	}

	@Test
	void theyAreEndedThoughTheDaemonInheritsNoEnvironment() {
		RustBridge bridge = start(Daemons.chaosBridge().inheritEnvironment(false));
		long grandchild = grandchild(bridge);

		kill(bridge);

		awaitRestart(bridge);
		assertThat(Processes.isRunning(grandchild)).isFalse();
	}

	@Test
	void aBridgeThatIsClosedRightAfterTheCrashWaitsForTheirEnd() {
		RustBridge bridge = start(Daemons.chaosBridge());
		long grandchild = grandchild(bridge);

		kill(bridge);
		bridge.close();

		assertThat(Processes.isRunning(grandchild)).isFalse();
	}

	@Test
	void onesThatIgnoreSigtermAreKilledAfterKillTimeout() {
		RustBridge bridge = start(RustBridge.builder("shell")
			.binaryPath(Path.of("/bin/sh"))
			.args("-c", WITH_STUBBORN_CHILD)
			.shutdownKillTimeout(Duration.ofMillis(300)));
		long grandchild = Long.parseLong(bridge.info().instances().get(0).version());
		this.grandchildren.add(grandchild);

		kill(bridge);

		awaitRestart(bridge);
		assertThat(Processes.isRunning(grandchild)).isFalse();
	}

	@Test
	void thoseOfAnotherDaemonLiveOn() {
		RustBridge other = start(Daemons.chaosBridge());
		long bystander = grandchild(other);
		RustBridge bridge = start(Daemons.chaosBridge());
		long grandchild = grandchild(bridge);

		kill(bridge);

		awaitRestart(bridge);
		assertThat(Processes.isRunning(grandchild)).isFalse();
		assertThat(Processes.isRunning(bystander)).isTrue();
	}

	@Test
	void theyAreLeftAloneIfAsked() {
		RustBridge bridge = start(Daemons.chaosBridge().shutdownDescendants(Descendants.LEAVE));
		long grandchild = grandchild(bridge);

		kill(bridge);

		awaitRestart(bridge);
		bridge.close();
		assertThat(Processes.isRunning(grandchild)).isTrue();
	}

}
