package dev.rustbridge.connection;

import dev.rustbridge.BridgeFrame.Kind;
import dev.rustbridge.BridgeListener.Outcome;
import dev.rustbridge.BridgeUnavailableException;
import dev.rustbridge.CommandTimeoutException;
import dev.rustbridge.ConnectionLostException;
import dev.rustbridge.protocol.CommandMembers;
import dev.rustbridge.protocol.Envelope;
import dev.rustbridge.transport.LoopLog;
import org.jspecify.annotations.Nullable;
import reactor.util.context.ContextView;

/**
 * One command from its subscription to its end: what it asks for, where it is, and what
 * its subscriber is told.
 */
public abstract class Call extends ObservedCall implements OutboundFrame {

	private static final LoopLog logger = LoopLog.of(Call.class);

	private static final byte[] RELEASED = new byte[0];

	private volatile @Nullable Connection connection;

	private volatile @Nullable WaitingRoom waitingRoom;

	private volatile @Nullable Upload upload;

	private byte[] frame = RELEASED;

	private int retries;

	/** How it was lost before it was to be sent again. */
	private volatile @Nullable LostConnection lost;

	Call(CommandRequest request, CallRouter router, ContextView reactorContext) {
		super(request, router, reactorContext);
	}

	/**
	 * Looks for a connection, unless it has ended already. Called once, after its start.
	 */
	final void begin() {
		if (!hasEnded()) {
			router().route(this);
		}
	}

	/**
	 * The moment at which it expires as things stand: its deadline or, of a stream, the
	 * end of the daemon's time to send something.
	 * @return a moment, or {@link DeadlineWatch#NEVER}
	 */
	public long expiresAt() {
		return deadlineAt();
	}

	/**
	 * The final response came. On the loop.
	 * @param envelope the response
	 */
	abstract void onResponse(Envelope envelope);

	/**
	 * A chunk came. On the loop.
	 * @param envelope the chunk
	 */
	abstract void onChunk(Envelope envelope);

	/**
	 * Raw bytes are announced. On the loop.
	 * @param count how many
	 * @return where they go, {@code null} to skip them
	 */
	@Nullable RawChunk onRawChunk(long count) {
		return null;
	}

	/**
	 * Tells the subscriber that it ended in an error. Called at most once, by whoever
	 * ended it.
	 * @param error what went wrong
	 */
	abstract void signalError(Throwable error);

	/**
	 * Whether the subscriber was given a part of the answer, or its upload was begun.
	 * @return whether sending it again would give that part twice
	 */
	boolean isPartlyDelivered() {
		Upload current = this.upload;
		return current != null && current.hasRequested();
	}

	/**
	 * What goes out with the command besides method and parameters.
	 * @param capabilities what is in force on the connection
	 * @return the members
	 */
	CommandMembers members(Capabilities capabilities) {
		long deadlineMs = -1;
		if (capabilities.deadline() && deadlineAt() != DeadlineWatch.NEVER) {
			deadlineMs = Math.max(1, (deadlineAt() - context().deadlines().now()) / 1_000_000);
		}
		TraceContext trace = capabilities.trace() ? trace() : TraceContext.NONE;
		if (deadlineMs < 0 && trace == TraceContext.NONE && request().upload() == null) {
			return CommandMembers.NONE;
		}
		return new CommandMembers(deadlineMs, trace.traceparent(), trace.tracestate(), -1, request().upload() != null,
				false);
	}

	/**
	 * The call left its connection, for whatever reason. On any thread.
	 */
	void onDetached() {
	}

	/**
	 * The daemon lets more items come. On the loop.
	 * @param amount how many
	 */
	final void onUploadCredit(long amount) {
		Upload current = this.upload;
		if (current != null) {
			current.request(amount);
		}
	}

	// The steps

	/**
	 * Steps to waiting for a connection.
	 * @param room where
	 * @return whether it still wanted to
	 */
	public final boolean startWaiting(WaitingRoom room) {
		this.waitingRoom = room;
		return stepToWaiting();
	}

	final void prepare(Connection target, long number, byte[] line) {
		this.connection = target;
		this.frame = line;
		routed(number, target);
	}

	@Override
	public final boolean claim() {
		if (!stepToSent()) {
			return false;
		}
		Connection current = this.connection;
		if (request().upload() != null && current != null) {
			// before a byte is written: credit for it can't come earlier
			Upload started = new Upload(this, current, request().upload());
			this.upload = started;
			if (hasEnded()) {
				// given up just now, by someone who could not know that there is an
				// upload
				started.giveUp();
				return true;
			}
			context().loop().execute(started::start);
		}
		return true;
	}

	@Override
	final void onLeft(State before, boolean abandoned) {
		if (before == State.WAITING) {
			leaveRoom();
		}
		Connection left = this.connection;
		if (left != null && before == State.SENT && abandoned) {
			left.abandon(this);
		}
		else if (left != null && (before == State.QUEUED || before == State.SENT)) {
			left.forget(this);
		}
		Upload current = this.upload;
		if (current != null) {
			if (abandoned) {
				current.giveUp();
			}
			else {
				current.cancel();
			}
		}
		onDetached();
	}

	private void leaveRoom() {
		WaitingRoom room = this.waitingRoom;
		if (room != null) {
			room.left(this);
		}
	}

	// The ends

	/**
	 * Ends with an error, unless it has ended.
	 * @param error what went wrong
	 */
	public final void fail(Throwable error) {
		if (end()) {
			tellEnded(Outcomes.of(error), error);
			tellSubscriber(error);
		}
	}

	/**
	 * Ends with an error that is the host's or the caller's own, and tells the daemon to
	 * stop.
	 * @param error what went wrong
	 */
	final void failAndAbandon(Throwable error) {
		if (endAndAbandon()) {
			tellEnded(Outcomes.of(error), error);
			tellSubscriber(error);
		}
	}

	/** One that throws must not keep the others of a lost connection from ending. */
	private void tellSubscriber(Throwable error) {
		boolean onLoop = context().loop().inLoop();
		String before = onLoop ? context().occupant().enter(method()) : null;
		try {
			signalError(error);
		}
		catch (RuntimeException ex) {
			logger.error("{}: its subscriber threw when it was told of a failure", this, ex);
		}
		finally {
			if (onLoop) {
				context().occupant().leave(before);
			}
		}
	}

	/**
	 * Ends because the subscriber went away. Any thread.
	 * @return whether it had not ended before
	 */
	final boolean cancelCall() {
		if (endAndAbandon()) {
			tellEnded(Outcome.CANCELLED, null);
			return true;
		}
		return false;
	}

	/**
	 * Ends because its time is over. On the loop.
	 */
	public final void expire() {
		String waited = switch (state()) {
			case NEW, WAITING -> waitingFor();
			case QUEUED -> "it was not written yet, because the daemon does not read";
			case SENT, ENDED -> "the daemon did not answer";
		};
		LostConnection before = this.lost;
		failAndAbandon(new CommandTimeoutException(origin(), expiryMessage() + ": " + waited,
				(before != null) ? before.toException(origin()) : null));
	}

	private String waitingFor() {
		WaitingRoom room = this.waitingRoom;
		return (room != null) ? room.story() : "no daemon was available";
	}

	String expiryMessage() {
		return "no answer within " + Durations.text(deadlineAt() - startedAt());
	}

	/**
	 * Its connection is lost: it is sent again where that is allowed, or fails. On the
	 * loop.
	 * @param lost what happened to the connection
	 */
	final void onConnectionLost(LostConnection lost) {
		if (state() == State.NEW) {
			// not queued yet: who is about to do that looks for a loss after it
			return;
		}
		if (stepBack(true)) {
			router().route(this);
			return;
		}
		boolean again = request().idempotent() && this.retries < context().options().idempotentRetries()
				&& !isPartlyDelivered();
		if (again) {
			this.lost = lost;
			if (stepBack(false)) {
				this.retries++;
				router().route(this);
				return;
			}
		}
		fail(lost.toException(origin()));
	}

	/**
	 * Ends because no connection takes it. One that had been sent before cannot claim
	 * that it was not: it ends as lost.
	 * @param refusal why it is not taken
	 */
	public final void refuse(BridgeUnavailableException refusal) {
		LostConnection before = this.lost;
		if (before == null) {
			fail(refusal);
			return;
		}
		ConnectionLostException failure = before.toException(origin());
		failure.addSuppressed(refusal);
		fail(failure);
	}

	/**
	 * Whether it was sent, lost, and waits to be sent again.
	 * @return whether it was sent before
	 */
	public final boolean isReplay() {
		return this.lost != null;
	}

	// What it knows

	@Override
	public final byte[] bytes() {
		return this.frame;
	}

	@Override
	public final void recordIn(FrameRing ring, long nanos) {
		ring.record(nanos, Kind.COMMAND, sequence(), null, method(), this.frame.length);
	}

	@Override
	public final void release() {
		this.frame = RELEASED;
	}

	final @Nullable Connection connection() {
		return this.connection;
	}

}
