package dev.rustbridge.actuate.metrics;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import dev.rustbridge.BridgeListener.Outcome;
import dev.rustbridge.BridgeListener.Violation;
import dev.rustbridge.BridgeOptions.Startup;
import dev.rustbridge.BridgeOptions.WhileUnavailable;
import dev.rustbridge.BridgeState;
import dev.rustbridge.ConnectionLostException;
import dev.rustbridge.RustBridge;
import dev.rustbridge.actuate.Daemons;
import dev.rustbridge.actuate.process.ProcessUsage;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

/**
 * The meters of a bridge to a real daemon.
 */
class RustBridgeMetricsIntegrationTests {

	private static final Duration LIMIT = Duration.ofSeconds(10);

	private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

	private RustBridge bridge;

	@AfterEach
	void close() {
		this.bridge.close();
	}

	private void start(RustBridge.Builder builder, MeterLimits limits) {
		this.bridge = builder.build();
		new RustBridgeMetrics(List.of(this.bridge), limits).bindTo(this.registry);
		this.bridge.start().block(LIMIT);
	}

	private void start(RustBridge.Builder builder) {
		start(builder, MeterLimits.DEFAULTS);
	}

	private double count(RustBridgeMeter meter, String... tags) {
		return this.registry.get(meter.meterName()).tags(tags).counter().count();
	}

	private double gauge(RustBridgeMeter meter, String... tags) {
		return this.registry.get(meter.meterName()).tags(tags).gauge().value();
	}

	private double functionCount(RustBridgeMeter meter) {
		return this.registry.get(meter.meterName()).functionCounter().count();
	}

	private long ended(String method, String outcome, String code) {
		return this.registry.get(RustBridgeMeter.COMMANDS.meterName())
			.tags("bridge", "search", "method", method, "outcome", outcome, "code", code)
			.timer()
			.count();
	}

	private <T> T call(String method, Map<String, ?> params, Class<T> type) {
		return this.bridge.command(method).params(params).retrieveMono(type).block(LIMIT);
	}

	private void streamOf(int count) {
		this.bridge.command("stream").params(Map.of("count", count)).retrieveFlux(JsonNode.class).blockLast(LIMIT);
	}

	/** A subscriber that never asks for anything. */
	private static <T> Disposable ignore(Flux<T> events) {
		return events.subscribeWith(new BaseSubscriber<T>() {
			@Override
			protected void hookOnSubscribe(org.reactivestreams.Subscription subscription) {
				// no demand
			}
		});
	}

	@Test
	void theDocumentedMetersAreThoseOfTheRegistry() {
		start(Daemons.chaosBridge("search").heartbeatInterval(Duration.ofMillis(20)).eventsBuffer(1));
		ignore(this.bridge.events());
		call("echo", Map.of(), JsonNode.class);
		streamOf(3);
		call("emit", Map.of("event", "changed", "count", 3), JsonNode.class);
		await().atMost(LIMIT).until(() -> this.registry.get(RustBridgeMeter.HEARTBEAT.meterName()).timer().count() > 0);
		assertThat(MeterTable.documented()).isEqualTo(MeterTable.of(this.registry));
		assertThat(MeterTable.documented()).extracting(MeterTable.Row::name)
			.containsExactlyInAnyOrderElementsOf(
					Arrays.stream(RustBridgeMeter.values()).map(RustBridgeMeter::meterName).toList());
	}

	@Test
	void theDocumentationNamesAllValuesOfClosedSets() {
		start(Daemons.chaosBridge("search"));
		assertThat(MeterTable.values("outcome"))
			.containsExactlyElementsOf(Arrays.stream(Outcome.values()).map(RustBridgeMeter::valueOf).toList());
		assertThat(MeterTable.values("state"))
			.containsExactlyElementsOf(Arrays.stream(BridgeState.values()).map(RustBridgeMeter::valueOf).toList());
		assertThat(MeterTable.values("kind"))
			.containsExactlyElementsOf(Arrays.stream(Violation.values()).map(RustBridgeMeter::valueOf).toList());
	}

	@Test
	void commandsAreTimedByHowTheyEnd() {
		start(Daemons.chaosBridge("search"));
		call("echo", Map.of(), JsonNode.class);
		call("echo", Map.of(), JsonNode.class);
		assertThatThrownBy(() -> call("fail", Map.of("message", "no"), JsonNode.class));
		assertThatThrownBy(() -> call("fail", Map.of("message", "no", "code", "NOT_FOUND"), JsonNode.class));
		assertThatThrownBy(() -> this.bridge.command("ignore")
			.timeout(Duration.ofMillis(20))
			.retrieveMono(JsonNode.class)
			.block(LIMIT));
		this.bridge.command("ignore").retrieveMono(JsonNode.class).subscribe().dispose();
		assertThat(ended("echo", "success", "none")).isEqualTo(2);
		assertThat(ended("fail", "failed", "none")).isOne();
		assertThat(ended("fail", "failed", "NOT_FOUND")).isOne();
		assertThat(ended("ignore", "timeout", "none")).isOne();
		assertThat(ended("ignore", "cancelled", "none")).isOne();
	}

	@Test
	void theLossOfADaemonIsSeenInOutcomesStatesReconnectsAndRestarts() {
		start(Daemons.chaosBridge("search").reconnectInitialDelay(Duration.ofMillis(1)));
		assertThat(gauge(RustBridgeMeter.STATE, "state", "ready")).isOne();
		assertThatThrownBy(() -> call("die", Map.of("code", 3), JsonNode.class))
			.isInstanceOf(ConnectionLostException.class);
		await().until(() -> functionCount(RustBridgeMeter.RESTARTS) == 1);
		assertThat(ended("die", "lost", "none")).isOne();
		assertThat(count(RustBridgeMeter.RECONNECTS)).isOne();
		assertThat(this.registry.get(RustBridgeMeter.START_UP.meterName()).timer().count()).isEqualTo(2);
		this.bridge.stop().block(LIMIT);
		assertThat(gauge(RustBridgeMeter.STATE, "state", "ready")).isZero();
		assertThat(gauge(RustBridgeMeter.STATE, "state", "stopped")).isOne();
		assertThatThrownBy(() -> call("echo", Map.of(), JsonNode.class));
		assertThat(ended("echo", "unavailable", "none")).isOne();
	}

	@Test
	void aPlannedRestartIsNoReconnect() {
		start(Daemons.chaosBridge("search"));
		this.bridge.restart().block(LIMIT);
		assertThat(functionCount(RustBridgeMeter.RESTARTS)).isOne();
		assertThat(count(RustBridgeMeter.RECONNECTS)).isZero();
		assertThat(this.registry.get(RustBridgeMeter.START_UP.meterName()).timer().count()).isEqualTo(2);
	}

	@Test
	void streamsAreCountedByChunksAndTimedToTheFirst() {
		start(Daemons.chaosBridge("search"));
		streamOf(7);
		streamOf(5);
		assertThat(count(RustBridgeMeter.CHUNKS, "method", "stream")).isEqualTo(12);
		assertThat(this.registry.get(RustBridgeMeter.FIRST_CHUNK.meterName()).tag("method", "stream").timer().count())
			.isEqualTo(2);
	}

	@Test
	void bytesAreCountedInBothDirections() {
		start(Daemons.chaosBridge("search"));
		double before = count(RustBridgeMeter.BYTES, "direction", "in");
		call("big", Map.of("bytes", 100_000), JsonNode.class);
		assertThat(count(RustBridgeMeter.BYTES, "direction", "in") - before).isBetween(100_000.0, 101_000.0);
		assertThat(count(RustBridgeMeter.BYTES, "direction", "out")).isBetween(10.0, 1000.0);
	}

	@Test
	void linesAgainstTheProtocolAreCountedByKind() {
		start(Daemons.chaosBridge("search"));
		call("raw", Map.of("lines", List.of("oops", "{\"id\":\"nobody\",\"success\":true}")), JsonNode.class);
		assertThat(count(RustBridgeMeter.PROTOCOL_ERRORS, "kind", "noise")).isOne();
		assertThat(count(RustBridgeMeter.PROTOCOL_ERRORS, "kind", "unknown_id")).isOne();
		assertThat(count(RustBridgeMeter.PROTOCOL_ERRORS, "kind", "bad_bytes")).isZero();
	}

	@Test
	void commandsThatWaitForTheirAnswerAreActive() {
		start(Daemons.chaosBridge("search"));
		Disposable waiting = this.bridge.command("ignore").retrieveMono(JsonNode.class).subscribe();
		assertThat(gauge(RustBridgeMeter.ACTIVE)).isOne();
		waiting.dispose();
		assertThat(gauge(RustBridgeMeter.ACTIVE)).isZero();
	}

	@Test
	void commandsThatWaitForADaemonAreQueued() {
		this.bridge = Daemons.chaosBridge("search", "--never-ready")
			.startup(Startup.BACKGROUND)
			.whileUnavailable(WhileUnavailable.WAIT)
			.build();
		new RustBridgeMetrics(List.of(this.bridge), MeterLimits.DEFAULTS).bindTo(this.registry);
		this.bridge.start().onErrorComplete().subscribe();
		await().atMost(LIMIT).until(() -> gauge(RustBridgeMeter.STATE, "state", "starting") == 1);
		Disposable waiting = this.bridge.command("echo").retrieveMono(JsonNode.class).subscribe();
		assertThat(gauge(RustBridgeMeter.QUEUED)).isOne();
		waiting.dispose();
		await().atMost(LIMIT).until(() -> gauge(RustBridgeMeter.QUEUED) == 0);
	}

	@Test
	void eventsThatASlowSubscriberHasNoRoomForAreCounted() {
		start(Daemons.chaosBridge("search").eventsBuffer(2));
		ignore(this.bridge.events("changed"));
		call("emit", Map.of("event", "changed", "count", 5), JsonNode.class);
		assertThat(count(RustBridgeMeter.EVENTS, "event", "changed")).isEqualTo(5);
		assertThat(count(RustBridgeMeter.EVENTS_DROPPED, "event", "changed")).isEqualTo(3);
	}

	@Test
	void eventNamesThatTheDaemonMadeUpAreCountedTogether() {
		start(Daemons.chaosBridge("search"), new MeterLimits(10, 3, 10));
		for (String event : List.of("watch:w_1", "watch:w_2", "changed", "third", "fourth")) {
			call("emit", Map.of("event", event, "count", 1), JsonNode.class);
		}
		assertThat(count(RustBridgeMeter.EVENTS, "event", "ready")).isOne();
		assertThat(count(RustBridgeMeter.EVENTS, "event", "watch:*")).isEqualTo(2);
		assertThat(count(RustBridgeMeter.EVENTS, "event", "changed")).isOne();
		assertThat(count(RustBridgeMeter.EVENTS, "event", MeterLimits.OTHER)).isEqualTo(2);
	}

	@Test
	void methodsAndCodesBeyondTheLimitsAreCountedTogether() {
		start(Daemons.chaosBridge("search"), new MeterLimits(2, 10, 1));
		for (String code : List.of("FIRST", "SECOND", "THIRD")) {
			assertThatThrownBy(() -> call("fail", Map.of("message", "no", "code", code), JsonNode.class));
		}
		call("echo", Map.of(), JsonNode.class);
		call("pid", Map.of(), JsonNode.class);
		call("counts", Map.of(), JsonNode.class);
		assertThat(ended("fail", "failed", "FIRST")).isOne();
		assertThat(ended("fail", "failed", MeterLimits.OTHER)).isEqualTo(2);
		assertThat(ended("echo", "success", "none")).isOne();
		assertThat(ended(MeterLimits.OTHER, "success", "none")).isEqualTo(2);
	}

	@Test
	void onceAMethodIsKnownTheRegistryIsNotAskedForItsMeters() {
		AtomicInteger asked = new AtomicInteger();
		this.registry.config().meterFilter(new MeterFilter() {
			@Override
			public Meter.Id map(Meter.Id id) {
				asked.incrementAndGet();
				return id;
			}
		});
		start(Daemons.chaosBridge("search"));
		call("echo", Map.of(), JsonNode.class);
		streamOf(3);
		int before = asked.get();
		call("echo", Map.of(), JsonNode.class);
		streamOf(3);
		assertThat(asked).hasValue(before);
	}

	@Test
	void codeThatHoldsTheIoThreadIsCountedUnderItsMethod() {
		start(Daemons.chaosBridge("search"));
		call("echo", Map.of(), JsonNode.class);
		assertThat(count(RustBridgeMeter.IO_HELD, "method", "echo")).isZero();
		this.bridge.command("echo")
			.retrieveMono(JsonNode.class)
			.doOnNext((answer) -> await().atMost(LIMIT)
				.until(() -> count(RustBridgeMeter.IO_HELD, "method", "echo") == 1))
			.block(LIMIT);
		assertThat(count(RustBridgeMeter.IO_HELD, "method", "unknown")).isZero();
	}

	@Test
	void bytesThatADaemonDoesNotReadAreQueued() throws Exception {
		start(Daemons.chaosBridge("search"));
		assertThat(gauge(RustBridgeMeter.QUEUE_SIZE)).isZero();
		long pid = this.bridge.info().instances().get(0).pid();
		signal("STOP", pid);
		Mono<JsonNode> answer = this.bridge.command("echo")
			.params(Map.of("text", "x".repeat(4_000_000)))
			.retrieveMono(JsonNode.class)
			.cache();
		answer.subscribe();
		await().atMost(LIMIT).until(() -> gauge(RustBridgeMeter.QUEUE_SIZE) > 1_000_000);
		signal("CONT", pid);
		answer.block(LIMIT);
		assertThat(gauge(RustBridgeMeter.QUEUE_SIZE)).isZero();
	}

	private static void signal(String signal, long pid) throws Exception {
		Process kill = new ProcessBuilder("kill", "-" + signal, Long.toString(pid)).inheritIO().start();
		assertThat(kill.waitFor()).isZero();
	}

	@Test
	void theDaemonsProcessIsMeasured() {
		start(Daemons.chaosBridge("search"));
		long pid = this.bridge.info().instances().get(0).pid();
		ProcessUsage usage = ProcessUsage.of(pid);
		assertThat(gauge(RustBridgeMeter.PROCESS_MEMORY, "index", "0")).isPositive()
			.isLessThan(Runtime.getRuntime().maxMemory());
		assertThat(gauge(RustBridgeMeter.PROCESS_THREADS, "index", "0")).isEqualTo(usage.threads().doubleValue());
		assertThat(gauge(RustBridgeMeter.PROCESS_FILES, "index", "0")).isEqualTo(usage.descriptors().doubleValue());
		this.bridge.stop().block(LIMIT);
		await().atMost(LIMIT)
			.pollInterval(100, TimeUnit.MILLISECONDS)
			.until(() -> Double.isNaN(gauge(RustBridgeMeter.PROCESS_MEMORY, "index", "0")));
	}

	@Test
	void theProcessorTimeOfOneDaemonIsAddedToThatOfTheLast() {
		start(Daemons.chaosBridge("search"));
		call("big", Map.of("bytes", 20_000_000), JsonNode.class);
		await().atMost(LIMIT)
			.pollInterval(100, TimeUnit.MILLISECONDS)
			.until(() -> functionCount(RustBridgeMeter.PROCESS_CPU) > 0);
		double first = functionCount(RustBridgeMeter.PROCESS_CPU);
		this.bridge.restart().block(LIMIT);
		call("big", Map.of("bytes", 20_000_000), JsonNode.class);
		await().atMost(LIMIT)
			.pollInterval(100, TimeUnit.MILLISECONDS)
			.until(() -> functionCount(RustBridgeMeter.PROCESS_CPU) > first);
	}

}
