package dev.rustbridge.test.conformance.host;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

import dev.rustbridge.BridgeEvent;
import dev.rustbridge.BridgeListener;
import dev.rustbridge.BridgeStartException;
import dev.rustbridge.BridgeState;
import dev.rustbridge.RustBridge;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

/**
 * Our own host goes through every scenario, and survives.
 */
class HostScenariosIntegrationTests {

	private static final Duration LIMIT = Duration.ofSeconds(15);

	private static final long MAX_MESSAGE_SIZE = 4 * 1024 * 1024;

	private final List<String> events = new CopyOnWriteArrayList<>();

	@TempDir
	private Path folder;

	static Stream<String> onASocket() {
		return HostScenarios.all().stream().filter((scenario) -> !scenario.needsProcess()).map(HostScenario::name);
	}

	static Stream<String> asAProcess() {
		return HostScenarios.all().stream().filter(HostScenario::needsProcess).map(HostScenario::name);
	}

	@ParameterizedTest
	@MethodSource
	void onASocket(String name) throws Exception {
		Path socket = this.folder.resolve("scenario.sock");
		try (SocketStage stage = new SocketStage(name, socket)) {
			goThrough(scenario(name), RustBridge.builder(name).socketPath(socket));
		}
	}

	@ParameterizedTest
	@MethodSource
	void asAProcess(String name) throws Exception {
		goThrough(scenario(name), process(name));
	}

	@Test
	void oneOnSocketsIsPlayedByAProcessAsWell() throws Exception {
		goThrough(scenario("answers-and-dies"), process("answers-and-dies"));
	}

	@Test
	void eventsAroundReadyAreSeen() throws IOException {
		Path socket = this.folder.resolve("scenario.sock");
		try (SocketStage stage = new SocketStage("events-around-ready", socket);
				RustBridge bridge = listening(RustBridge.builder("events").socketPath(socket))) {
			bridge.start().block(LIMIT);
			await().atMost(LIMIT)
				.untilAsserted(() -> assertThat(this.events).containsExactly("early", "ready", "watch:w_1", "bare"));
		}
	}

	@Test
	void scenariosHaveNamesOfTheirOwn() {
		assertThat(HostScenarios.all()).extracting(HostScenario::name).doesNotHaveDuplicates();
	}

	private static HostScenario scenario(String name) {
		return HostScenarios.all()
			.stream()
			.filter((scenario) -> scenario.name().equals(name))
			.findFirst()
			.orElseThrow();
	}

	private static RustBridge.Builder process(String name) {
		return RustBridge.builder(name)
			.binaryPath(Path.of(System.getProperty("java.home"), "bin", "java"))
			.args("-XX:TieredStopAtLevel=1", "-Xshare:auto", "-cp", System.getProperty("java.class.path"),
					"dev.rustbridge.test.conformance.ConformanceCommand", "host-scenario", name)
			.readyTimeout(LIMIT)
			.shutdownExitTimeout(Duration.ofSeconds(1));
	}

	private RustBridge listening(RustBridge.Builder builder) {
		return builder.maxMessageSize(MAX_MESSAGE_SIZE).listener(new BridgeListener() {

			@Override
			public void event(BridgeEvent event) {
				HostScenariosIntegrationTests.this.events.add(event.name());
			}

		}).build();
	}

	private static void assertRefuses(RustBridge bridge) {
		Throwable failure = catchThrowable(() -> bridge.start().block(LIMIT));
		if (failure != null) {
			assertThat(failure).isInstanceOf(BridgeStartException.class);
			return;
		}
		// nothing waits for the answer to $hello: the start may have been told already
		await().atMost(LIMIT)
			.untilAsserted(() -> assertThat(bridge.info().instances().get(0).lastError()).contains("not today"));
	}

	private void goThrough(HostScenario scenario, RustBridge.Builder builder) throws InterruptedException {
		RustBridge bridge = listening(builder);
		try {
			if (scenario.startFails()) {
				assertRefuses(bridge);
				return;
			}
			bridge.start().block(LIMIT);
			List<StepRun> runs = new ArrayList<>();
			for (Step step : scenario.steps()) {
				if (step.afterOthers()) {
					for (StepRun run : runs) {
						run.assertEndedAsItMust();
					}
				}
				runs.add(StepRun.start(step, bridge));
			}
			for (StepRun run : runs) {
				run.assertEndedAsItMust();
			}
			if (scenario.servesOn()) {
				StepRun.start(Step.result("echo", "{}"), bridge).assertEndedAsItMust();
				assertThat(bridge.info().instances().get(0).generation()).as("generation").isOne();
			}
			await().atMost(LIMIT).untilAsserted(() -> assertThat(bridge.info().inFlight()).isZero());
		}
		finally {
			bridge.stop().block(LIMIT);
			bridge.close();
		}
		assertThat(bridge.state()).isEqualTo(BridgeState.STOPPED);
	}

}
