package dev.rustbridge.connection;

import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;

/**
 * The steps of a call, each of which is made by exactly one thread. It ends exactly once:
 * whoever makes the step to {@link State#ENDED} tells the subscriber, and nobody else
 * does. <pre>
 *   NEW ──▶ WAITING ──▶ QUEUED ──▶ SENT ──▶ ENDED
 *    │          (for a connection)   │        ▲
 *    └──▶ QUEUED                     └──▶ NEW │  (idempotent, connection lost)
 *    any state ───────────────────────────────┘  (answer, error, cancel, timeout, loss)
 * </pre> {@code QUEUED → SENT} is made by the thread that writes, just before the first
 * byte is offered to the kernel: a cancel or a timeout that wins before it keeps the call
 * from being written at all.
 */
abstract class CallSteps {

	private static final AtomicReferenceFieldUpdater<CallSteps, State> STATE = AtomicReferenceFieldUpdater
		.newUpdater(CallSteps.class, State.class, "state");

	private volatile State state = State.NEW;

	/**
	 * It left the place where it was, for whatever reason. On the thread that made the
	 * step.
	 * @param before the state that it was in
	 * @param abandoned whether the daemon is to be told that nobody waits any more
	 */
	abstract void onLeft(State before, boolean abandoned);

	final boolean stepToWaiting() {
		return STATE.compareAndSet(this, State.NEW, State.WAITING);
	}

	/**
	 * Steps from waiting to being routed again.
	 * @return whether it still waited; then the room has been told
	 */
	public final boolean stopWaiting() {
		return stepBackFrom(State.WAITING);
	}

	/**
	 * Steps into the write queue of a connection that holds it in its table already.
	 * @return whether it still wanted to
	 */
	final boolean startQueuing() {
		return STATE.compareAndSet(this, State.NEW, State.QUEUED);
	}

	final boolean stepToSent() {
		return STATE.compareAndSet(this, State.QUEUED, State.SENT);
	}

	/**
	 * Steps back to being routed again after its connection was lost, where that is
	 * allowed and still possible. On the loop.
	 * @param unsent whether to do so only if no byte of it was written
	 * @return whether it did
	 */
	final boolean stepBack(boolean unsent) {
		return stepBackFrom(unsent ? State.QUEUED : State.SENT);
	}

	private boolean stepBackFrom(State before) {
		if (STATE.compareAndSet(this, before, State.NEW)) {
			onLeft(before, false);
			return true;
		}
		return false;
	}

	/**
	 * Steps to the end.
	 * @return whether this was the step: then the caller tells the subscriber
	 */
	final boolean end() {
		return end(false);
	}

	/**
	 * Steps to the end, and lets the daemon know that it may stop.
	 * @return whether this was the step: then the caller tells the subscriber
	 */
	final boolean endAndAbandon() {
		return end(true);
	}

	private boolean end(boolean abandoned) {
		State before = STATE.getAndSet(this, State.ENDED);
		if (before == State.ENDED) {
			return false;
		}
		onLeft(before, abandoned);
		return true;
	}

	final State state() {
		return this.state;
	}

	public final boolean hasEnded() {
		return this.state == State.ENDED;
	}

	final boolean isSent() {
		return this.state == State.SENT;
	}

	/** Whether it waits or is pending, so that somebody has asked when it expires. */
	final boolean isUnderWay() {
		State current = this.state;
		return current != State.NEW && current != State.ENDED;
	}

	enum State {

		/** Looking for a connection. */
		NEW,

		/** No connection can take it now. */
		WAITING,

		/** In a connection's table and write queue. */
		QUEUED,

		/** From the first byte that was offered to the kernel. */
		SENT,

		/** The subscriber was, or is being, told. */
		ENDED

	}

}
