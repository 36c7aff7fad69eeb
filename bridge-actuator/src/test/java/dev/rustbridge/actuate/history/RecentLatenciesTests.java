package dev.rustbridge.actuate.history;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.mock;

/**
 * What is recent.
 */
class RecentLatenciesTests {

	private static final Instant START = Instant.EPOCH.atOffset(ZoneOffset.UTC).toInstant();

	private static final Instant SECOND_WINDOW = START.plus(RecentLatencies.WINDOW);

	private static final Instant THIRD_WINDOW = SECOND_WINDOW.plus(RecentLatencies.WINDOW);

	private final Clock clock = mock(Clock.class);

	private final RecentLatencies latencies = at(START);

	private RecentLatencies at(Instant start) {
		given(this.clock.instant()).willReturn(start);
		return new RecentLatencies(this.clock);
	}

	@Test
	void theWindowBeforeStillCounts() {
		this.latencies.record(2_000_000);
		given(this.clock.instant()).willReturn(SECOND_WINDOW);
		this.latencies.latency();
		this.latencies.record(2_000_000);
		assertThat(this.latencies.latency().count()).isEqualTo(2);
		assertThat(this.latencies.latency().since()).isEqualTo(START);
	}

	@Test
	void whatIsOlderDoesNot() {
		this.latencies.record(2_000_000);
		given(this.clock.instant()).willReturn(SECOND_WINDOW);
		this.latencies.latency();
		this.latencies.record(8_000_000);
		given(this.clock.instant()).willReturn(THIRD_WINDOW);
		CommandLatency latency = this.latencies.latency();
		assertThat(latency.count()).isOne();
		assertThat(latency.maxMillis()).isEqualTo(8.0);
		assertThat(latency.since()).isEqualTo(SECOND_WINDOW);
	}

	@Test
	void aBusyMethodTurnsItsWindowsThoughNobodyReads() {
		this.latencies.record(1);
		for (Instant moment : new Instant[] { SECOND_WINDOW, THIRD_WINDOW }) {
			given(this.clock.instant()).willReturn(moment);
			for (int i = 0; i < 64; i++) {
				this.latencies.record(2_000_000);
			}
		}
		assertThat(this.latencies.latency().since()).isEqualTo(SECOND_WINDOW);
	}

}
