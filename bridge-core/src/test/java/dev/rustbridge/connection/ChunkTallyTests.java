package dev.rustbridge.connection;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;

import dev.rustbridge.BridgeListener;
import dev.rustbridge.RustBridge;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Flux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * When listeners are told of chunks.
 */
class ChunkTallyTests {

	private static final Duration LIMIT = Duration.ofSeconds(5);

	private final List<String> told = new CopyOnWriteArrayList<>();

	private final LineDaemon daemon = new LineDaemon();

	private final RustBridge bridge = RustBridge.builder("test")
		.transport(this.daemon.transport())
		.listener(new BridgeListener() {
			@Override
			public void chunks(String method, long count) {
				ChunkTallyTests.this.told.add(method + " " + count);
			}

			@Override
			public void commandEnded(String method, Outcome outcome, @Nullable Throwable error, long nanos) {
				ChunkTallyTests.this.told.add(method + " " + outcome);
			}
		})
		.build();

	private final Disposable.Composite streams = Disposables.composite();

	@AfterEach
	void close() {
		this.streams.dispose();
		this.bridge.close();
	}

	private Flux<Integer> stream(String method) {
		return this.bridge.command(method).retrieveFlux(Integer.class);
	}

	private static String chunk(String id, int data) {
		return "{\"id\":\"" + id + "\",\"stream\":true,\"data\":" + data + "}\n";
	}

	private static String end(String id) {
		return "{\"id\":\"" + id + "\",\"success\":true}";
	}

	@Test
	void chunksThatComeTogetherAreToldTogetherAndBeforeTheEndOfTheirCall() {
		CountDownLatch ended = new CountDownLatch(1);
		stream("a").doOnComplete(ended::countDown).subscribe();
		String id = this.daemon.receiveId();
		this.daemon.send(chunk(id, 1) + chunk(id, 2) + chunk(id, 3) + end(id));
		await().atMost(LIMIT).until(() -> ended.getCount() == 0);
		assertThat(this.told).containsExactly("a 3", "a SUCCESS");
	}

	@Test
	void aStreamThatGoesOnIsToldAsItComes() {
		this.streams.add(stream("a").subscribe());
		String id = this.daemon.receiveId();
		this.daemon.send(chunk(id, 1) + chunk(id, 2).strip());
		await().atMost(LIMIT).untilAsserted(() -> assertThat(this.told).containsExactly("a 2"));
		this.daemon.send(chunk(id, 3).strip());
		await().atMost(LIMIT).untilAsserted(() -> assertThat(this.told).containsExactly("a 2", "a 1"));
	}

	@Test
	void chunksOfAnotherMethodAreToldApart() {
		this.streams.add(stream("a").subscribe());
		String a = this.daemon.receiveId();
		this.streams.add(stream("b").subscribe());
		String b = this.daemon.receiveId();
		this.daemon.send(chunk(a, 1) + chunk(a, 2) + chunk(b, 3) + chunk(a, 4).strip());
		await().atMost(LIMIT).untilAsserted(() -> assertThat(this.told).containsExactly("a 2", "b 1", "a 1"));
	}

	@Test
	void whoTakesAFewHearsOfThemBeforeTheEnd() {
		CountDownLatch ended = new CountDownLatch(1);
		stream("a").take(2).doOnComplete(ended::countDown).subscribe();
		String id = this.daemon.receiveId();
		this.daemon.send(chunk(id, 1) + chunk(id, 2) + chunk(id, 3) + end(id));
		await().atMost(LIMIT).until(() -> ended.getCount() == 0);
		assertThat(this.told).containsExactly("a 2", "a CANCELLED");
	}

	@Test
	void aLostConnectionLeavesNoneUntold() {
		stream("a").onErrorComplete().subscribe();
		String id = this.daemon.receiveId();
		this.daemon.send(chunk(id, 1) + chunk(id, 2).strip());
		this.daemon.end();
		await().atMost(LIMIT).untilAsserted(() -> assertThat(this.told).containsExactly("a 2", "a LOST"));
	}

}
