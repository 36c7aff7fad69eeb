package dev.rustbridge.test.app;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import dev.rustbridge.BridgeState;
import dev.rustbridge.BridgeUnavailableException;
import dev.rustbridge.CommandFailedException;
import dev.rustbridge.CommandTimeoutException;
import dev.rustbridge.ConnectionLostException;
import dev.rustbridge.RustBridge;
import dev.rustbridge.test.HostAnswer;
import dev.rustbridge.test.RustBridgeTest;
import dev.rustbridge.test.ScriptedDaemon;
import dev.rustbridge.test.app.SearchClient.Hit;
import dev.rustbridge.test.app.SearchClient.Query;
import dev.rustbridge.test.app.SearchClient.Stats;
import dev.rustbridge.test.app.Workspace.Decision;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Import;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * The slice, as a user's test has it.
 */
@RustBridgeTest
@Import({ Finder.class, OpenedWorkspace.class })
class RustBridgeTestTests {

	private static final Duration LIMIT = Duration.ofSeconds(10);

	private static final Hit FIRST = new Hit("a.rs", 1);

	private static final Hit SECOND = new Hit("b.rs", 2);

	@Autowired
	ScriptedDaemon daemon;

	@Autowired
	Finder finder;

	@Autowired
	SearchClient client;

	@Test
	void theDaemonStreamsAndTheCommandIsRecorded() {
		this.daemon.on("search").streams(FIRST, SECOND);
		StepVerifier.create(this.finder.find("main")).expectNext(FIRST, SECOND).expectComplete().verify(LIMIT);
		assertThat(this.daemon).hasReceived("search", new Query("main", 100)).hasReceivedTimes("search", 1);
		assertThat(this.daemon.received("search")).singleElement()
			.extracting((command) -> command.params(Query.class))
			.isEqualTo(new Query("main", 100));
	}

	@Test
	void theDaemonFailsWithACode() {
		this.daemon.on("stats").fails("NOT_INDEXED");
		StepVerifier.create(this.client.stats())
			.expectErrorSatisfies((error) -> assertThat(error).isInstanceOfSatisfying(CommandFailedException.class,
					(failed) -> assertThat(failed.code()).isEqualTo("NOT_INDEXED")))
			.verify(LIMIT);
	}

	@Test
	void theDaemonEmitsAnEvent(@Autowired Workspace workspace) {
		this.daemon.emits("fileChanged", Map.of("path", "/src/a.rs"));
		await().untilAsserted(() -> assertThat(workspace.changed()).contains("/src/a.rs"));
	}

	@Test
	void theDaemonCallsTheApplication() {
		HostAnswer answer = this.daemon.calls("authorize", Map.of("path", "/src/a.rs")).block(LIMIT);
		assertThat(answer.success()).isTrue();
		assertThat(answer.result(Decision.class)).isEqualTo(new Decision(true));
	}

	@Test
	void theApplicationsErrorIsTheAnswerToACall() {
		HostAnswer answer = this.daemon.calls("authorize", Map.of("path", "")).block(LIMIT);
		assertThat(answer.success()).isFalse();
		assertThat(answer.code()).isEqualTo("INVALID_PARAMS");
		assertThat(answer.error()).isEqualTo("there is no path");
	}

	@Test
	void theDaemonDiesAndRecovers(@Autowired RustBridge bridge) {
		this.daemon.dies();
		bridge.states().filter((state) -> state != BridgeState.READY).blockFirst(LIMIT);
		StepVerifier.create(this.client.stats()).expectError(BridgeUnavailableException.class).verify(LIMIT);
		this.daemon.on("stats").returns(new Stats(7));
		this.daemon.recovers();
		bridge.states().filter((state) -> state == BridgeState.READY).blockFirst(LIMIT);
		StepVerifier.create(this.client.stats()).expectNext(new Stats(7)).expectComplete().verify(LIMIT);
	}

	@Test
	void theDaemonDiesInTheMiddleOfAStream() {
		this.daemon.on("search").streams(FIRST).dies();
		StepVerifier.create(this.finder.find("main"))
			.expectNext(FIRST)
			.expectError(ConnectionLostException.class)
			.verify(LIMIT);
	}

	@RepeatedTest(3)
	void theDelaysOfTheDaemonPassInVirtualTime() {
		this.daemon.on("search").delays(Duration.ofSeconds(20)).streams(FIRST);
		StepVerifier.withVirtualTime(() -> this.finder.find("main"))
			.expectSubscription()
			.expectNoEvent(Duration.ofSeconds(19))
			.thenAwait(Duration.ofSeconds(1))
			.expectNext(FIRST)
			.expectComplete()
			.verify(LIMIT);
	}

	@RepeatedTest(3)
	void aTimeoutOfTheBridgePassesInVirtualTime() {
		this.daemon.on("stats").hangs();
		StepVerifier.withVirtualTime(() -> this.client.stats())
			.expectSubscription()
			.expectNoEvent(Duration.ofSeconds(29))
			.thenAwait(Duration.ofSeconds(2))
			.expectError(CommandTimeoutException.class)
			.verify(LIMIT);
	}

	@RepeatedTest(3)
	void delaysAddUpInVirtualTime() {
		this.daemon.on("stats").delays(Duration.ofSeconds(20)).returns(new Stats(7));
		StepVerifier.withVirtualTime(() -> this.client.stats().repeat(2))
			.thenAwait(Duration.ofSeconds(20))
			.expectNext(new Stats(7))
			.expectNoEvent(Duration.ofSeconds(19))
			.thenAwait(Duration.ofSeconds(21))
			.expectNext(new Stats(7), new Stats(7))
			.expectComplete()
			.verify(LIMIT);
	}

	@RepeatedTest(3)
	void theApplicationsOwnTimePassesInVirtualTime() {
		this.daemon.on("search").streams(Flux.just(FIRST).concatWith(Flux.never()));
		StepVerifier.withVirtualTime(() -> this.finder.findQuickly("main"))
			.expectNext(FIRST)
			.thenAwait(Duration.ofSeconds(5))
			.expectComplete()
			.verify(LIMIT);
		await().untilAsserted(() -> assertThat(this.daemon).hasBeenCancelled("search"));
	}

	@Test
	void whatIsUploadedIsRecorded() {
		this.daemon.on("index").answers((command) -> command.items().size());
		StepVerifier.create(this.client.index("all", Flux.just(FIRST, SECOND)))
			.expectNext(2)
			.expectComplete()
			.verify(LIMIT);
		assertThat(this.daemon).hasReceived("index", Map.of("name", "all"));
	}

	@Test
	void whatTheDaemonMustKnowFromTheStartWasToldByACustomizer(@Autowired RustBridge bridge) {
		bridge.restart().block(LIMIT);
		assertThat(this.daemon).hasReceivedExactly("open");
	}

	@Test
	void nothingIsLeftOfOtherTests() {
		assertThat(this.daemon).hasReceivedNothing().hasNotReceived("search");
		StepVerifier.create(this.client.stats())
			.expectErrorSatisfies((error) -> assertThat(error)
				.hasMessageContaining("unknown method 'stats': the scripted daemon was not told what it does"))
			.verify(LIMIT);
	}

	@Test
	void onlyWhatHasToDoWithBridgesIsConfigured(@Autowired ApplicationContext context) {
		assertThat(context.getBeansOfType(Workspace.class)).hasSize(1);
		assertThat(context.getBeansOfType(Warehouse.class)).isEmpty();
		assertThat(List.of(context.getBeanNamesForType(RustBridge.class))).containsExactly("search");
	}

}
