package dev.rustbridge.engine;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;

import dev.rustbridge.BridgeOptions;
import dev.rustbridge.BridgeOptions.WhileUnavailable;
import dev.rustbridge.BridgeOverloadedException;
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

	private final Runnable starter;

	private final AtomicInteger waitingCount = new AtomicInteger();

	/** In the order in which they came; confined to the loop. */
	private final Set<Call> waiting = new LinkedHashSet<>();

	private final List<Instance> instances;

	/** Why no call is taken any more, once that is so. */
	private volatile @Nullable String stopped;

	Dispatcher(BridgeContext context, List<Instance> instances, Runnable starter) {
		this.context = context;
		this.instances = instances;
		this.starter = starter;
	}

	/** The bridge was stopped by intention: calls are refused until it is started. */
	void close(String why) {
		this.stopped = why;
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
		if (submit(call)) {
			return;
		}
		String refusal = refusal();
		if (refusal != null) {
			refuse(call, refusal, null);
			return;
		}
		if (this.waitingCount.incrementAndGet() > this.context.options().maxInFlight()) {
			this.waitingCount.decrementAndGet();
			call.fail(new BridgeOverloadedException(call.origin(),
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
		if (affinity != null) {
			Connection home = pool.get(Math.floorMod(affinity.hashCode(), pool.size())).active();
			if (home != null) {
				return home;
			}
		}
		Connection best = null;
		for (Instance instance : pool) {
			Connection candidate = instance.active();
			if (candidate != null && (best == null || candidate.inFlight() < best.inFlight())) {
				best = candidate;
			}
		}
		return best;
	}

	/**
	 * Why a call that finds no connection is not to wait for one. Any thread.
	 * @return the reason, {@code null} when it is to wait
	 */
	private @Nullable String refusal() {
		BridgeOptions options = this.context.options();
		if (!options.enabled()) {
			return "it is disabled ('enabled' is false)";
		}
		String why = this.stopped;
		if (why != null) {
			return why;
		}
		if (options.whileUnavailable() == WhileUnavailable.WAIT
				|| this.instances.stream().anyMatch(Instance::isExpected)) {
			return (state() == BridgeState.FAILED) ? story() : null;
		}
		return story();
	}

	private String story() {
		StringBuilder story = new StringBuilder("no daemon is available (").append(state()).append(')');
		for (Instance instance : this.instances) {
			String error = instance.lastError();
			if (error != null) {
				return story.append(": ").append(error).toString();
			}
		}
		return story.toString();
	}

	private static void refuse(Call call, String why, @Nullable Throwable cause) {
		call.fail(new BridgeUnavailableException(call.origin(), why + "; it was not sent", cause));
	}

	private void await(Call call) {
		if (submit(call)) {
			this.waitingCount.decrementAndGet();
			return;
		}
		String refusal = refusal();
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
		if (state() == BridgeState.STOPPED) {
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
	 * Those that wait have nothing to wait for. On the loop.
	 * @param why for people
	 * @param cause what happened
	 */
	void refuseWaiting(String why, @Nullable Throwable cause) {
		for (Call call : List.copyOf(this.waiting)) {
			refuse(call, why, cause);
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
			Connection connection = instance.active();
			sum += (connection != null) ? connection.inFlight() : 0;
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
