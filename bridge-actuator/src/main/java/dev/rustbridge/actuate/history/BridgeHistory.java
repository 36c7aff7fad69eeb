package dev.rustbridge.actuate.history;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

import dev.rustbridge.BridgeException;
import dev.rustbridge.BridgeListener;
import dev.rustbridge.BridgeState;
import dev.rustbridge.BridgeStateChange;
import dev.rustbridge.CommandFailedException;
import dev.rustbridge.actuate.bounded.BoundedTable;
import org.jspecify.annotations.Nullable;

/**
 * What is remembered of one bridge, within bounds: the last {@value #STEPS} steps, the
 * last {@value #ERRORS} errors, and how long the commands of the first {@value #METHODS}
 * methods took.
 */
public final class BridgeHistory implements BridgeListener {

	static final int STEPS = 50;

	static final int ERRORS = 20;

	static final int METHODS = 100;

	/** Of a message: a daemon may say as much as a line holds, and it is kept. */
	static final int LONGEST_MESSAGE = 2000;

	private final Clock clock;

	private final LastEntries<Step> steps = new LastEntries<>(STEPS);

	private final LastEntries<Failure> failures = new LastEntries<>(ERRORS);

	private final BoundedTable<RecentLatencies> latencies;

	BridgeHistory(Clock clock) {
		this.clock = clock;
		this.latencies = new BoundedTable<>(METHODS, (method) -> new RecentLatencies(clock));
	}

	@Override
	public void stateChanged(BridgeStateChange change) {
		Throwable cause = change.cause();
		this.steps.add(new Step(change.at(), change.instance(), change.generation(), change.from(), change.to(),
				(cause != null) ? shortened(cause.getMessage()) : null, change.retryIn(), null));
	}

	@Override
	public void ready(int instance, long generation, Duration startUp) {
		this.steps.add(new Step(this.clock.instant(), instance, generation, null, null, null, null, startUp));
	}

	@Override
	public void commandEnded(String method, Outcome outcome, @Nullable Throwable error, long nanos) {
		if (outcome != Outcome.CANCELLED && outcome != Outcome.UNAVAILABLE) {
			this.latencies.get(method).record(nanos);
		}
		if (error != null) {
			this.failures.add(failure(method, outcome, error));
		}
	}

	private Failure failure(String method, Outcome outcome, Throwable error) {
		String id = (error instanceof BridgeException failed) ? failed.id() : null;
		String code = (error instanceof CommandFailedException failed) ? failed.code() : null;
		return new Failure(this.clock.instant(), method, id, outcome.name().toLowerCase(Locale.ROOT),
				error.getClass().getSimpleName(), shortened(code), shortened(error.getMessage()));
	}

	private static @Nullable String shortened(@Nullable String text) {
		return (text != null && text.length() > LONGEST_MESSAGE) ? text.substring(0, LONGEST_MESSAGE) + "…" : text;
	}

	/**
	 * The last steps of its instances.
	 * @return oldest first
	 */
	public List<Step> steps() {
		return this.steps.list();
	}

	/**
	 * The last errors in which commands ended.
	 * @return oldest first
	 */
	public List<Failure> failures() {
		return this.failures.list();
	}

	/**
	 * How long commands took.
	 * @return by method
	 */
	public Map<String, CommandLatency> latencies() {
		Map<String, CommandLatency> told = new TreeMap<>();
		this.latencies.forEach((method, recent) -> told.put(method, recent.latency()));
		return told;
	}

	/**
	 * A step of an instance from state to state, or a generation of it that took over.
	 *
	 * @param at when
	 * @param instance which instance
	 * @param generation which generation
	 * @param from the state before
	 * @param to the state after
	 * @param cause why, when something failed
	 * @param retryIn when the next attempt follows
	 * @param readyAfter how long the generation that took over needed to be ready; there
	 * is no step from state to state then
	 */
	public record Step(Instant at, int instance, long generation, @Nullable BridgeState from, @Nullable BridgeState to,
			@Nullable String cause, @Nullable Duration retryIn, @Nullable Duration readyAfter) {

	}

	/**
	 * A command that ended in an error.
	 *
	 * @param at when
	 * @param method the method
	 * @param id its id on the wire, if it had one
	 * @param outcome how it ended, as the meters name it
	 * @param type the type of the error
	 * @param code the daemon's code, if it gave one
	 * @param message what was said
	 */
	public record Failure(Instant at, String method, @Nullable String id, String outcome, String type,
			@Nullable String code, @Nullable String message) {

	}

}
