package dev.rustbridge.sample;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

import dev.rustbridge.sample.SampleClient.Event;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import tools.jackson.databind.JsonNode;

import org.springframework.beans.factory.annotation.Autowired;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the application does when its daemon is killed.
 */
@SampleIntegrationTest
class DaemonLossIntegrationTests {

	/** More hits than are sent before the kill. */
	private static final String ENDLESS = "/api/search?q=.&max=1000000";

	/** A second, and as much more as the cores are overcommitted. */
	private static final Duration PROMPTLY = Duration.ofSeconds(1)
		.multipliedBy(Math.max(1, (long) Math.ceil(ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage()
				/ Runtime.getRuntime().availableProcessors())));

	@Autowired
	private SampleClient client;

	private long pid;

	@BeforeEach
	void awaitIdle() {
		this.pid = this.client.awaitIdle().pid();
	}

	@Test
	void whenTheDaemonIsKilledDuringASearchTheEventsEndWithAnErrorWithinASecond() {
		AtomicLong killed = new AtomicLong();
		List<Event> last = this.client.events(ENDLESS)
			.index((index, event) -> killOnce(index, event, killed))
			.takeLast(2)
			.collectList()
			.block();
		Duration delay = Duration.ofNanos(System.nanoTime() - killed.get());
		assertThat(last.get(0).name()).isEqualTo("hit");
		assertThat(last.get(1).name()).isEqualTo("error");
		assertThat(last.get(1).data().at("/status").asInt()).isEqualTo(502);
		assertThat(delay).isLessThan(PROMPTLY);
	}

	@Test
	void whenTheDaemonIsKilledDuringASearchTheLinesEndWithAnErrorWithinASecond() {
		AtomicLong killed = new AtomicLong();
		JsonNode last = this.client.lines(ENDLESS).index((index, line) -> killOnce(index, line, killed)).last().block();
		Duration delay = Duration.ofNanos(System.nanoTime() - killed.get());
		assertThat(last.at("/error/status").asInt()).isEqualTo(502);
		assertThat(delay).isLessThan(PROMPTLY);
	}

	@Test
	void whenADaemonThatHasStoppedAnsweringIsKilledTheSearchEndsWithinASecond() throws InterruptedException {
		BlockingQueue<Event> events = new LinkedBlockingQueue<>();
		Disposable search = this.client.events(ENDLESS).subscribe(events::add);
		assertThat(events.poll(10, TimeUnit.SECONDS).name()).isEqualTo("hit");
		SampleClient.signal(this.pid, "STOP");
		drainUntilSilent(events);
		assertThat(search.isDisposed()).isFalse();
		SampleClient.kill(this.pid);
		assertThat(afterTheHits(events).name()).isEqualTo("error");
	}

	@Test
	void aKilledDaemonComesBackAndSearchesAgain() {
		SampleClient.kill(this.pid);
		assertThat(this.client.awaitIdle().pid()).isNotEqualTo(this.pid);
		List<Event> events = this.client.events("/api/search?q=static&max=10").collectList().block();
		assertThat(events).hasSize(11);
	}

	private <T> T killOnce(long index, T element, AtomicLong killed) {
		if (index == 0) {
			killed.set(System.nanoTime());
			SampleClient.kill(this.pid);
		}
		return element;
	}

	/** Skips hits that were held up on their way for longer than the silence lasted. */
	private static Event afterTheHits(BlockingQueue<Event> events) throws InterruptedException {
		Event next = events.poll(PROMPTLY.toMillis(), TimeUnit.MILLISECONDS);
		while (next != null && next.name().equals("hit")) {
			next = events.poll(PROMPTLY.toMillis(), TimeUnit.MILLISECONDS);
		}
		return Objects.requireNonNull(next, "nothing came in time");
	}

	/** Takes what was on its way, until nothing has come for a while. */
	private static void drainUntilSilent(BlockingQueue<Event> events) throws InterruptedException {
		while (events.poll(500, TimeUnit.MILLISECONDS) != null) {
			events.clear();
		}
	}

}
