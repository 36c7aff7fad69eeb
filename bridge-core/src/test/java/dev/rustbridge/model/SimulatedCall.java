package dev.rustbridge.model;

import java.time.Duration;

import dev.rustbridge.model.HostCall.Kind;
import dev.rustbridge.model.Signals.Caller;
import dev.rustbridge.model.Signals.Source;
import org.jspecify.annotations.Nullable;

/**
 * A call of the simulation: its caller, and what the model says of it from the moment its
 * command was seen on the wire. Before that only its host knows how far it is.
 */
final class SimulatedCall {

	private final int number;

	private final Kind kind;

	private final Caller caller;

	private final @Nullable Source source;

	private final Duration timeout;

	private final boolean idempotent;

	private final boolean refills;

	/** Of its caller that is not served yet. */
	private long demand;

	/** The moment from which its time runs. */
	private long since;

	private @Nullable HostCall model;

	private @Nullable SimulatedDaemon daemon;

	private String wireId = "";

	private int sends;

	/** A part of its answer came, or of its upload was asked for. */
	private boolean partly;

	private boolean cancelled;

	SimulatedCall(int number, Kind kind, Signals signals, Duration timeout, boolean idempotent, boolean refills,
			long demand, long now) {
		this.number = number;
		this.kind = kind;
		this.caller = new Caller(signals, id(), kind.isStream() ? "chunk" : "value", demand, refills);
		this.source = (kind == Kind.UPLOAD) ? new Source(signals, id()) : null;
		this.timeout = timeout;
		this.idempotent = idempotent;
		this.refills = refills;
		this.demand = demand;
		this.since = now;
	}

	/** Its command was seen. */
	HostCall seen(SimulatedDaemon by, String id) {
		HostCall seen = new HostCall(id(), this.kind, by.inForce(), this.demand);
		this.model = seen;
		this.daemon = by;
		this.wireId = id;
		this.sends++;
		return seen;
	}

	/** It was lost, and is to be sent again. */
	void unsee() {
		HostCall lost = model();
		this.demand = lost.demand();
		this.model = null;
		this.daemon = null;
	}

	boolean mayBeSentAgain() {
		return this.idempotent && this.sends <= 1 && !this.partly && !this.cancelled;
	}

	void cancel() {
		this.cancelled = true;
		this.caller.cancel();
	}

	void request(long amount, long now) {
		HostCall current = this.model;
		if (((current != null) ? current.demand() : this.demand) == 0) {
			this.since = now;
		}
		if (current == null && this.demand != HostCall.UNLIMITED) {
			this.demand += amount;
		}
		this.caller.request(amount);
	}

	/** A part of its answer came, or was asked for. */
	void progress(long now) {
		this.partly = true;
		touch(now);
	}

	/** The clock of a stream starts anew. */
	void touch(long now) {
		if (this.kind.isStream()) {
			this.since = now;
		}
	}

	/** Whether its host must have told by now that its time is over. */
	boolean isOver(long now) {
		HostCall current = this.model;
		long wanted = (current != null) ? current.demand() : this.demand;
		return now >= this.since + this.timeout.toNanos() && (!this.kind.isStream() || wanted > 0);
	}

	boolean hasEnded() {
		return this.caller.hasEnded() || this.cancelled;
	}

	boolean isSeen() {
		return this.model != null;
	}

	boolean wasSentBefore() {
		return this.sends > 0;
	}

	HostCall model() {
		HostCall current = this.model;
		if (current == null) {
			throw new AssertionError(id() + " was not seen on the wire");
		}
		return current;
	}

	@Nullable SimulatedDaemon daemon() {
		return this.daemon;
	}

	String wireId() {
		return this.wireId;
	}

	int number() {
		return this.number;
	}

	String id() {
		return "c" + this.number;
	}

	Kind kind() {
		return this.kind;
	}

	Caller caller() {
		return this.caller;
	}

	Source source() {
		Source current = this.source;
		if (current == null) {
			throw new AssertionError(id() + " has no upload");
		}
		return current;
	}

	Duration timeout() {
		return this.timeout;
	}

	boolean isIdempotent() {
		return this.idempotent;
	}

	boolean refills() {
		return this.refills;
	}

	@Override
	public String toString() {
		return id() + " (" + this.kind + (this.idempotent ? ", idempotent" : "") + (this.refills ? ", refills" : "")
				+ ", " + this.timeout.toMillis() + " ms)";
	}

}
