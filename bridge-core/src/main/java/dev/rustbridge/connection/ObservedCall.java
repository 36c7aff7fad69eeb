package dev.rustbridge.connection;

import dev.rustbridge.BridgeException;
import dev.rustbridge.BridgeException.Origin;
import dev.rustbridge.BridgeListener.Outcome;
import org.jspecify.annotations.Nullable;
import reactor.util.context.ContextView;

/**
 * What a command asks for, since when, and what listeners and traces are told of it.
 */
abstract class ObservedCall extends CallSteps {

	private final CommandRequest request;

	private final CallRouter router;

	private final ContextView reactorContext;

	private volatile long sequence;

	private long startedAt;

	private long deadlineAt = DeadlineWatch.NEVER;

	private @Nullable CallObservation observation;

	ObservedCall(CommandRequest request, CallRouter router, ContextView reactorContext) {
		this.request = request;
		this.router = router;
		this.reactorContext = reactorContext;
	}

	/**
	 * Counts the time from here. Called once, before anybody can cancel it: whoever hears
	 * of its end has heard of its start.
	 */
	final void start() {
		this.startedAt = context().deadlines().now();
		this.deadlineAt = totalDeadline(this.startedAt);
		if (!this.request.isReserved()) {
			context().tell((listener) -> listener.commandStarted(method()));
			this.observation = context().listeners().observe(method(), this.reactorContext);
		}
	}

	/**
	 * The moment at which the whole call must have ended.
	 * @param start the moment of its subscription
	 * @return a moment, or {@link DeadlineWatch#NEVER}
	 */
	abstract long totalDeadline(long start);

	/**
	 * It is to be sent.
	 * @param number its number there
	 * @param target where to
	 */
	final void routed(long number, Connection target) {
		this.sequence = number;
		CallObservation followed = this.observation;
		if (followed != null) {
			followed.routed(context().ids().format(number), target.instance(), target.generation());
		}
	}

	/** Its own span where it is followed, else what the subscriber's context says. */
	final TraceContext trace() {
		CallObservation followed = this.observation;
		TraceContext own = (followed != null) ? followed.trace() : TraceContext.NONE;
		return (own != TraceContext.NONE) ? own : TraceContext.from(this.reactorContext);
	}

	final void tellEnded(Outcome outcome, @Nullable Throwable error) {
		if (!this.request.isReserved() && !context().listeners().isEmpty()) {
			long nanos = elapsed();
			if (context().loop().inLoop()) {
				context().listeners().tellChunks();
			}
			context().tell((listener) -> listener.commandEnded(method(), outcome, error, nanos));
		}
		CallObservation followed = this.observation;
		if (followed != null) {
			followed.ended(outcome, error);
		}
	}

	public final CommandRequest request() {
		return this.request;
	}

	final BridgeContext context() {
		return this.router.context();
	}

	final CallRouter router() {
		return this.router;
	}

	final ContextView reactorContext() {
		return this.reactorContext;
	}

	public final String method() {
		return this.request.method();
	}

	final long sequence() {
		return this.sequence;
	}

	final long startedAt() {
		return this.startedAt;
	}

	final long deadlineAt() {
		return this.deadlineAt;
	}

	final long elapsed() {
		return context().deadlines().now() - this.startedAt;
	}

	/**
	 * Where its failures happen.
	 * @return bridge, method, and id if it has one
	 */
	public final Origin origin() {
		String id = (this.sequence > 0) ? context().ids().format(this.sequence) : null;
		return new BridgeException.Origin(context().bridge(), method(), id);
	}

	@Override
	public String toString() {
		return origin() + " " + state();
	}

}
