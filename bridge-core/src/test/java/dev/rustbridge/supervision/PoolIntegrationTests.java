package dev.rustbridge.supervision;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

import dev.rustbridge.BridgeEvent;
import dev.rustbridge.BridgeInfo;
import dev.rustbridge.BridgeState;
import dev.rustbridge.ConnectionLostException;
import dev.rustbridge.engine.Daemons;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Several daemons behind one bridge.
 */
class PoolIntegrationTests extends BridgeFixture {

	private static final int SIZE = 3;

	@BeforeEach
	void start() {
		open(Daemons.chaosBridge().instances(SIZE)).start().block(LIMIT);
	}

	private Mono<Long> pid() {
		return this.bridge.command("pid").retrieveMono(JsonNode.class).map((answer) -> answer.get("pid").asLong());
	}

	private long home(Object key) {
		return this.bridge.command("pid")
			.affinity(key)
			.retrieveMono(JsonNode.class)
			.map((answer) -> answer.get("pid").asLong())
			.block(LIMIT);
	}

	private Mono<JsonNode> sleep(int millis) {
		return this.bridge.command("sleep").params(Map.of("ms", millis)).retrieveMono(JsonNode.class);
	}

	@Test
	void eachInstanceIsVisible() {
		assertThat(this.bridge.info().instances()).hasSize(SIZE)
			.allMatch((instance) -> instance.state() == BridgeState.READY)
			.extracting(BridgeInfo.Instance::pid)
			.doesNotHaveDuplicates();
	}

	@Test
	void aCallGoesWhereTheFewestAreInFlight() {
		List<CompletableFuture<JsonNode>> busy = Flux.range(0, SIZE - 1)
			.map((i) -> sleep(30_000).toFuture())
			.collectList()
			.block(LIMIT);
		Set<Long> others = Set.copyOf(Flux.range(0, 20).concatMap((i) -> pid()).collectList().block(LIMIT));
		assertThat(others).hasSize(1);
		busy.forEach((answer) -> answer.cancel(true));
	}

	@Test
	void aCrashCostsOnlyTheCallsOfItsInstance() {
		List<CompletableFuture<JsonNode>> pending = Flux.range(0, SIZE)
			.map((i) -> sleep(1000).toFuture())
			.collectList()
			.block(LIMIT);
		await().until(() -> this.bridge.info().inFlight() == SIZE);
		long victim = this.bridge.info().instances().get(1).pid();
		ProcessHandle.of(victim).orElseThrow().destroyForcibly();
		await().atMost(LIMIT).until(() -> pending.stream().allMatch(CompletableFuture::isDone));
		assertThat(pending).filteredOn(CompletableFuture::isCompletedExceptionally)
			.singleElement()
			.satisfies((lost) -> assertThat(lost).failsWithin(LIMIT)
				.withThrowableThat()
				.withCauseInstanceOf(ConnectionLostException.class));
		assertThat(this.recorder.changes()).filteredOn((change) -> change.to() == BridgeState.BACKING_OFF)
			.extracting((change) -> change.instance())
			.containsExactly(1);
	}

	@Test
	void theBridgeIsReadyWhileAnyInstanceIs() {
		CompletableFuture<List<BridgeState>> states = this.bridge.states()
			.take(Duration.ofSeconds(1))
			.collectList()
			.toFuture();
		ProcessHandle.of(this.bridge.info().instances().get(0).pid()).orElseThrow().destroyForcibly();
		await().atMost(LIMIT).until(() -> this.bridge.info().instances().get(0).restarts() == 1);
		assertThat(states).succeedsWithin(LIMIT).isEqualTo(List.of(BridgeState.READY));
	}

	@Test
	void equalKeysHaveOneHome() {
		assertThat(Flux.range(0, 20).map((i) -> home("tenant-7")).distinct().count().block(LIMIT)).isEqualTo(1);
		assertThat(Flux.range(0, 60).map((i) -> home("tenant-" + i)).distinct().count().block(LIMIT)).isEqualTo(SIZE);
	}

	@Test
	void aKeyReturnsHomeWhenThatIsReadyAgain() {
		BridgeInfo.Instance home = this.bridge.info()
			.instances()
			.stream()
			.filter((instance) -> instance.pid() == home("tenant-7"))
			.findFirst()
			.orElseThrow();
		ProcessHandle.of(home.pid()).orElseThrow().destroyForcibly();
		await().atMost(LIMIT).until(() -> instance(home.index()).restarts() == 1);
		assertThat(home("tenant-7")).isEqualTo(instance(home.index()).pid());
	}

	private BridgeInfo.Instance instance(int index) {
		return this.bridge.info().instances().get(index);
	}

	@Test
	void aBroadcastReachesAll() {
		CompletableFuture<List<Integer>> told = this.bridge.events("tick")
			.map(BridgeEvent::instance)
			.take(SIZE)
			.collectList()
			.toFuture();
		this.bridge.command("emit").broadcast().retrieveFlux(JsonNode.class).blockLast(LIMIT);
		assertThat(told).succeedsWithin(LIMIT).satisfies((instances) -> assertThat(instances).containsOnly(0, 1, 2));
	}

	@Test
	void aPlannedRestartReplacesAllWhileOthersServe() {
		List<Long> before = pids();
		CompletableFuture<Void> restart = this.bridge.restart().toFuture();
		Flux.range(0, 100).concatMap((i) -> pid()).blockLast(LIMIT);
		assertThat(restart).succeedsWithin(LIMIT);
		assertThat(pids()).doesNotContainAnyElementsOf(before);
		assertThat(this.bridge.state()).isEqualTo(BridgeState.READY);
	}

	private List<Long> pids() {
		return this.bridge.info().instances().stream().map(BridgeInfo.Instance::pid).toList();
	}

}
