package dev.rustbridge.engine;

import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import dev.rustbridge.BridgeListener;
import dev.rustbridge.connection.BridgeContext;
import dev.rustbridge.connection.DeadlineWatch;
import dev.rustbridge.connection.Listeners;
import dev.rustbridge.protocol.JsonCodec;
import dev.rustbridge.protocol.RequestIds;
import dev.rustbridge.transport.IoLoop;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import reactor.core.scheduler.Schedulers;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * When a hold of an I/O thread is told.
 */
class LoopWatchTests {

	private final List<Duration> told = new ArrayList<>();

	/** How long the turn has lasted, each time somebody asks; the last one stays. */
	private final List<Duration> turns = new ArrayList<>();

	private final LoopWatch watch = new LoopWatch(context());

	@Test
	void whatIsShortIsNotTold() {
		look("0.999s");
		assertThat(this.told).isEmpty();
	}

	@Test
	void theNextLookIsWhenItWouldBeTooLong() {
		assertThat(look("0s")).isEqualTo(Duration.ofSeconds(1));
		assertThat(look("0.4s")).isEqualTo(Duration.ofMillis(600));
	}

	@Test
	void aHoldIsToldAfterASecond() {
		look("1s");
		assertThat(this.told).containsExactly(Duration.ofSeconds(1));
	}

	@Test
	void aHoldThatGoesOnIsToldAgainAfterTenSeconds() {
		look("1s");
		look("2s");
		look("10.9s");
		assertThat(this.told).hasSize(1);
		look("11s");
		assertThat(this.told).containsExactly(Duration.ofSeconds(1), Duration.ofSeconds(11));
	}

	@Test
	void theNextHoldIsToldAnew() {
		look("5s");
		look("0s");
		look("1.5s");
		assertThat(this.told).containsExactly(Duration.ofSeconds(5), Duration.ofMillis(1500));
	}

	@Test
	void aHoldThatEndedWhileItsStackWasTakenIsNotTold() {
		this.turns.add(Duration.ofSeconds(2));
		this.turns.add(Duration.ZERO);
		this.watch.look();
		assertThat(this.told).isEmpty();
	}

	private Duration look(String held) {
		this.turns.clear();
		this.turns.add(Duration.parse("PT" + held));
		return Duration.ofNanos(this.watch.look());
	}

	private BridgeContext context() {
		IoLoop loop = (IoLoop) Proxy.newProxyInstance(IoLoop.class.getClassLoader(), new Class<?>[] { IoLoop.class },
				(proxy, method, arguments) -> switch (method.getName()) {
					case "turnNanos" -> turnNanos();
					case "thread" -> Thread.currentThread();
					case "nanoTime" -> 0L;
					default -> throw new UnsupportedOperationException(method.getName());
				});
		BridgeListener listener = new BridgeListener() {

			@Override
			public void ioThreadHeld(@Nullable String method, Duration held, StackTraceElement[] stack) {
				LoopWatchTests.this.told.add(held);
			}

		};
		return new BridgeContext(new DefaultBuilder("held").options(), loop, RequestIds.random(),
				new JsonCodec(JsonMapper.shared(), 1024), new Listeners("held", List.of(listener)), Map.of(),
				Schedulers.immediate(), new DeadlineWatch(loop), "test", "1");
	}

	private long turnNanos() {
		Duration turn = (this.turns.size() > 1) ? this.turns.remove(0) : this.turns.get(0);
		return turn.toNanos();
	}

}
