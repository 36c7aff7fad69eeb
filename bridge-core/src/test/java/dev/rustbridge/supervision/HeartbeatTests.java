package dev.rustbridge.supervision;

import java.time.Duration;
import java.util.function.Function;

import dev.rustbridge.BridgeOptions.Startup;
import dev.rustbridge.BridgeState;
import dev.rustbridge.RustBridge;
import dev.rustbridge.connection.CommandRequest;
import dev.rustbridge.connection.Connection;
import dev.rustbridge.connection.Holdup;
import dev.rustbridge.connection.MonoCall;
import dev.rustbridge.connection.SessionRouter;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * How a silent daemon is found out, on virtual time.
 */
class HeartbeatTests {

	private InstanceHarness harness;

	private FakeDaemon daemon;

	private void serve(Function<RustBridge.Builder, RustBridge.Builder> options) {
		this.harness = new InstanceHarness(
				InstanceHarness.options((builder) -> options.apply(builder.startup(Startup.BACKGROUND))));
		this.harness.start();
		this.harness.launch();
		this.harness.sayReady();
		this.daemon = this.harness.daemons.get(0);
	}

	private static RustBridge.Builder everySecond(RustBridge.Builder builder) {
		return builder.heartbeatInterval(Duration.ofSeconds(1)).heartbeatTimeout(Duration.ofSeconds(3));
	}

	private BridgeState state() {
		return this.harness.instance.state();
	}

	private String pingId() {
		String line = this.daemon.written().get(this.daemon.written().size() - 1);
		assertThat(line).contains("\"$ping\"");
		return JsonMapper.shared().readTree(line).get("id").stringValue();
	}

	private void say(String line) {
		onLoop(() -> this.daemon.say(line));
	}

	private void call(String method) {
		SessionRouter router = new SessionRouter(this.harness.context(), this.harness.instance.active());
		onLoop(() -> MonoCall
			.<Void>mono(CommandRequest.of(method), router, JsonMapper.shared().constructType(Void.class))
			.subscribe(null, (failure) -> {
			}));
	}

	@Test
	void aClassicDaemonIsLeftInPeaceByDefault() {
		serve((builder) -> builder);
		this.harness.pass(3600);
		assertThat(this.daemon.written()).isEmpty();
		assertThat(state()).isEqualTo(BridgeState.READY);
	}

	@Test
	void aDaemonThatDoesNotAnswerIsLost() {
		serve(HeartbeatTests::everySecond);
		this.harness.pass(3);
		assertThat(state()).isEqualTo(BridgeState.READY);
		this.harness.pass(1);
		assertThat(state()).isEqualTo(BridgeState.BACKING_OFF);
		assertThat(this.harness.instance.story()).isEqualTo("the daemon did not answer a heartbeat within 3s");
	}

	@Test
	void anAnswerProvesLifeThoughItIsAnError() {
		serve(HeartbeatTests::everySecond);
		for (int i = 0; i < 10; i++) {
			this.harness.pass(1);
			say("{\"id\":\"" + pingId() + "\",\"success\":false,\"error\":\"unknown method\"}");
		}
		assertThat(state()).isEqualTo(BridgeState.READY);
		assertThat(this.daemon.written()).hasSize(10);
		assertThat(this.harness.instance.current().heartbeatNanos()).isZero();
	}

	@Test
	void anyOtherLineProvesLifeAsWell() {
		serve(HeartbeatTests::everySecond);
		for (int i = 0; i < 10; i++) {
			this.harness.pass(2);
			say("{\"event\":\"tick\"}");
		}
		assertThat(state()).isEqualTo(BridgeState.READY);
	}

	@Test
	void aClassicDaemonThatIsBusyIsNotJudged() {
		serve(HeartbeatTests::everySecond);
		call("slow");
		this.harness.pass(3600);
		assertThat(state()).isEqualTo(BridgeState.READY);
		assertThat(this.daemon.written()).hasSize(1);
	}

	@Test
	void aClassicDaemonThatIsBusyForTooLongIsLost() {
		serve((builder) -> everySecond(builder).heartbeatBusyTimeout(Duration.ofSeconds(20)));
		call("slow");
		this.harness.pass(18);
		assertThat(state()).isEqualTo(BridgeState.READY);
		this.harness.pass(4);
		assertThat(state()).isNotEqualTo(BridgeState.READY);
		assertThat(this.harness.instance.story()).contains("busy-timeout");
	}

	@Test
	void aDaemonThatWeDoNotReadFromIsNotJudgedUntilWeDo() {
		serve((builder) -> everySecond(builder).streamStallTimeout(Duration.ofHours(2)));
		Connection connection = this.harness.instance.active();
		Holdup holdup = new Holdup() {
			@Override
			public String describe() {
				return "a subscriber that takes nothing";
			}

			@Override
			public void giveUp(long stallNanos) {
				throw new AssertionError("not so soon");
			}
		};
		onLoop(() -> connection.pauseReadingFor(holdup));
		this.harness.pass(3600);
		assertThat(state()).isEqualTo(BridgeState.READY);
		onLoop(() -> connection.resumeReadingFor(holdup));
		this.harness.pass(10);
		assertThat(this.harness.instance.story()).contains("did not answer a heartbeat");
	}

	private void onLoop(Runnable step) {
		this.harness.loop.execute(step);
		this.harness.loop.run();
	}

	@Test
	void anExtendedDaemonIsAskedEveryTenSeconds() {
		this.harness = new InstanceHarness(InstanceHarness.options((builder) -> builder.startup(Startup.BACKGROUND)));
		this.harness.start();
		this.harness.launch();
		this.daemon = this.harness.daemons.get(0);
		say("{\"event\":\"ready\",\"data\":{\"rustbridge\":{\"protocol\":1,\"capabilities\":[]}}}");
		assertThat(state()).isEqualTo(BridgeState.READY);
		this.harness.pass(11);
		pingId();
	}

	@Test
	void aDaemonThatRefusesTheHandshakeIsLost() {
		this.harness = new InstanceHarness(
				InstanceHarness.options((builder) -> builder.startup(Startup.BACKGROUND).reconnectEnabled(false)));
		this.harness.start();
		this.harness.launch();
		this.daemon = this.harness.daemons.get(0);
		say("{\"event\":\"ready\",\"data\":{\"rustbridge\":{\"protocol\":1,\"capabilities\":[]}}}");
		String id = JsonMapper.shared().readTree(this.daemon.written().get(0)).get("id").stringValue();
		say("{\"id\":\"" + id + "\",\"success\":false,\"error\":\"no such host\"}");
		assertThat(state()).isEqualTo(BridgeState.FAILED);
		assertThat(this.harness.instance.story()).contains("refused the handshake", "no such host");
	}

	@Test
	void zeroSwitchesItOff() {
		this.harness = new InstanceHarness(InstanceHarness
			.options((builder) -> builder.startup(Startup.BACKGROUND).heartbeatInterval(Duration.ZERO)));
		this.harness.start();
		this.harness.launch();
		this.daemon = this.harness.daemons.get(0);
		say("{\"event\":\"ready\",\"data\":{\"rustbridge\":{\"protocol\":1,\"capabilities\":[]}}}");
		this.harness.pass(60);
		assertThat(this.daemon.written()).hasSize(1).first().asString().contains("$hello");
	}

}
