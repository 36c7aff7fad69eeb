package dev.rustbridge.engine;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;

import dev.rustbridge.BridgeOptions;
import dev.rustbridge.BridgeOptions.WhileUnavailable;
import dev.rustbridge.BridgeOverloadedException;
import dev.rustbridge.BridgeStartException;
import dev.rustbridge.BridgeState;
import dev.rustbridge.BridgeUnavailableException;
import dev.rustbridge.connection.BridgeContext;
import dev.rustbridge.connection.Call;
import dev.rustbridge.connection.CallRouter;
import dev.rustbridge.connection.Connection;
import dev.rustbridge.connection.DeadlineWatch;
import dev.rustbridge.connection.SessionRouter;
import dev.rustbridge.connection.WaitingRoom;
import dev.rustbridge.supervision.Instance;
import org.jspecify.annotations.Nullable;

/**
 * Brings each call to an instance that takes commands, lets it wait for one, or refuses
 * it.
 */
final class Dispatcher implements CallRouter, WaitingRoom {

	private final BridgeContext context;

	private final @Nullable IdleStop idleStop;

	private final Runnable starter;

	private final AtomicInteger waitingCount = new AtomicInteger();

	/** In the order in which they came; confined to the loop. */
	private final Set<Call> waiting = new LinkedHashSet<>();

	private final List<Instance> instances;

	/** Why no call is taken any more, once that is so. */
	private volatile @Nullable String stopped;

	Dispatcher(BridgeContext context, List<Instance> instances, @Nullable IdleStop idleStop, Runnable starter) {
		this.context = context;
		this.instances = instances;
		this.idleStop = idleStop;
		this.starter = starter;
	}

	/** The bridge was stopped by intention: calls are refused until it is started. */
	void close(String why) {
		this.stopped = why;
	}

	/** Whether it was stopped by intention, and not started since. */
	boolean isClosed() {
		return this.stopped != null;
	}

	void open() {
		this.stopped = null;
	}

	@Override
	public BridgeContext context() {
		return this.context;
	}

	@Override
	public List<CallRouter> all() {
		List<CallRouter> routers = new ArrayList<>();
		for (Instance instance : this.instances) {
			Connection connection = instance.active();
			if (connection != null) {
				routers.add(new SessionRouter(this.context, connection));
			}
		}
		return routers.isEmpty() ? List.of(this) : routers;
	}

	@Override
	public void route(Call call) {
		if (this.idleStop != null) {
			this.idleStop.touch();
		}
		if (submit(call)) {
			return;
		}
		String refusal = refusal(call);
		if (refusal != null) {
			refuse(call, refusal, null);
			return;
		}
		if (this.waitingCount.incrementAndGet() > this.context.options().maxInFlight()) {
			this.waitingCount.decrementAndGet();
			call.refuse(new BridgeOverloadedException(call.origin(),
					"'max-in-flight' (" + this.context.options().maxInFlight() + ") calls wait for the daemon already",
					null));
			return;
		}
		try {
			this.context.loop().execute(() -> await(call));
		}
		catch (RejectedExecutionException ex) {
			this.waitingCount.decrementAndGet();
			refuse(call, "it has been closed", ex);
		}
	}

	private boolean submit(Call call) {
		List<Instance> pool = this.instances;
		if (pool.size() == 1) {
			Connection only = pool.get(0).active();
			return only != null && only.submit(call);
		}
		// a door may close between the look and the call: then there is another one
		for (int attempts = 0; attempts <= pool.size(); attempts++) {
			Connection best = pick(pool, call.request().affinity());
			if (best == null) {
				return false;
			}
			if (best.submit(call)) {
				return true;
			}
		}
		return false;
	}

	private static @Nullable Connection pick(List<Instance> pool, @Nullable Object affinity) {
		return (affinity != null) ? home(pool, affinity) : leastInFlight(pool);
	}

	/**
	 * Equal keys have one home as long as that is ready, and one stand-in while it is
	 * not.
	 */
	private static @Nullable Connection home(List<Instance> pool, Object affinity) {
		int home = Math.floorMod(affinity.hashCode(), pool.size());
		for (int i = 0; i < pool.size(); i++) {
			Connection candidate = pool.get((home + i) % pool.size()).active();
			if (candidate != null && candidate.isOpen()) {
				return candidate;
			}
		}
		return null;
	}

	/** Those that are equal take turns. */
	private static @Nullable Connection leastInFlight(List<Instance> pool) {
		Connection best = null;
		int start = ThreadLocalRandom.current().nextInt(pool.size());
		for (int i = 0; i < pool.size(); i++) {
			Connection candidate = pool.get((start + i) % pool.size()).active();
			if (candidate != null && candidate.isOpen() && (best == null || candidate.inFlight() < best.inFlight())) {
				best = candidate;
			}
		}
		return best;
	}

	/**
	 * Why a call that finds no connection is not to wait for one. Any thread.
	 * @return the reason, {@code null} when it is to wait
	 */
	private @Nullable String refusal(Call call) {
		BridgeState state = state();
		while (true) {
			String refusal = refusal(call, state);
			BridgeState after = state();
			if (after == state) {
				return refusal;
			}
			// made of two states it could refuse what each of them lets wait
			state = after;
		}
	}

	private @Nullable String refusal(Call call, BridgeState state) {
		BridgeOptions options = this.context.options();
		if (!options.enabled()) {
			return "it is disabled ('enabled' is false)";
		}
		String why = this.stopped;
		if (why != null) {
			return why;
		}
		if (state == BridgeState.FAILED) {
			return story();
		}
		boolean waits = options.whileUnavailable() == WhileUnavailable.WAIT || isStartedByCall(state)
				|| this.instances.stream().anyMatch(Instance::isExpected);
		// one that is to be sent again waits for that, or its being idempotent were of no
		// use
		return (waits || call.isReplay()) ? null : story();
	}

	/**
	 * It was not started yet, or was stopped because it was idle; a stop by intention has
	 * been looked at before.
	 */
	private static boolean isStartedByCall(BridgeState state) {
		return state == BridgeState.STOPPED || state == BridgeState.DRAINING;
	}

	@Override
	public String story() {
		BridgeState state = state();
		StringBuilder story = new StringBuilder("no daemon is available (").append(state).append(')');
		for (Instance instance : this.instances) {
			String error = instance.story();
			if (error != null) {
				return story.append(": ").append(error).toString();
			}
		}
		return story.toString();
	}

	private static void refuse(Call call, String why, @Nullable Throwable cause) {
		call.refuse(new BridgeUnavailableException(call.origin(), why + "; it was not sent", cause));
	}

	private void await(Call call) {
		if (submit(call)) {
			this.waitingCount.decrementAndGet();
			return;
		}
		String refusal = refusal(call);
		if (refusal != null) {
			this.waitingCount.decrementAndGet();
			refuse(call, refusal, null);
			return;
		}
		if (!call.startWaiting(this)) {
			this.waitingCount.decrementAndGet();
			return;
		}
		this.waiting.add(call);
		this.context.deadlines().watch(call.expiresAt());
		if (this.waiting.size() == 1 && isStartedByCall(state())) {
			this.starter.run();
		}
	}

	@Override
	public void left(Call call) {
		this.waitingCount.decrementAndGet();
		if (this.context.loop().inLoop()) {
			this.waiting.remove(call);
		}
		else {
			this.context.loop().execute(() -> this.waiting.remove(call));
		}
	}

	/**
	 * A connection takes commands: those that waited go first, in their order. On the
	 * loop.
	 * @param connection not known to anybody else yet
	 */
	void release(Connection connection) {
		for (Call call : List.copyOf(this.waiting)) {
			if (call.stopWaiting() && !connection.submit(call)) {
				route(call);
			}
		}
	}

	/**
	 * Something has changed: those that have nothing to wait for any more are refused. On
	 * the loop.
	 * @param cause what happened
	 */
	void reconsiderWaiting(@Nullable Throwable cause) {
		for (Call call : List.copyOf(this.waiting)) {
			String refusal = refusal(call);
			if (refusal != null) {
				refuse(call, refusal, cause);
			}
		}
	}

	/**
	 * Those that wait for a lazy start are told why it failed: they brought it about, and
	 * are not to wait for the attempts that follow. On the loop.
	 * @param failure why
	 */
	void refuseStarters(BridgeStartException failure) {
		for (Call call : List.copyOf(this.waiting)) {
			refuse(call, "the daemon did not start: " + failure.getMessage(), failure);
		}
	}

	/**
	 * Expires what is due. On the loop.
	 * @param now the present moment
	 * @return the next moment at which something may be due
	 */
	long sweep(long now) {
		long next = DeadlineWatch.NEVER;
		for (Call call : List.copyOf(this.waiting)) {
			long expiresAt = call.expiresAt();
			if (expiresAt <= now) {
				call.expire();
			}
			else {
				next = Math.min(next, expiresAt);
			}
		}
		for (Instance instance : this.instances) {
			next = Math.min(next, instance.sweep(now));
		}
		return next;
	}

	int waitingCount() {
		return this.waitingCount.get();
	}

	int inFlight() {
		int sum = 0;
		for (Instance instance : this.instances) {
			sum += instance.inFlight();
		}
		return sum;
	}

	/** READY if any instance is, else the state that is closest to it. */
	BridgeState state() {
		BridgeState best = BridgeState.STOPPED;
		for (Instance instance : this.instances) {
			BridgeState candidate = instance.state();
			if (rank(candidate) < rank(best)) {
				best = candidate;
			}
		}
		return best;
	}

	private static int rank(BridgeState state) {
		return switch (state) {
			case READY -> 0;
			case STARTING -> 1;
			case BACKING_OFF -> 2;
			case DRAINING -> 3;
			case FAILED -> 4;
			case STOPPED -> 5;
		};
	}

}
