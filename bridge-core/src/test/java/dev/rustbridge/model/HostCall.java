package dev.rustbridge.model;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;

import dev.rustbridge.model.Table.Row;
import org.jspecify.annotations.Nullable;

/**
 * A call as its host has it to treat it: {@link HostTable} with what it counts.
 */
public final class HostCall {

	/** Demand or credit without a limit. */
	public static final long UNLIMITED = Long.MAX_VALUE;

	private final String id;

	private final Kind kind;

	private final Set<Capability> inForce;

	private HostState state = HostState.NEW;

	private long demand;

	/** Chunks that the daemon may still send. */
	private long credit;

	/** Chunks that came and are not wanted yet. */
	private final Deque<String> held = new ArrayDeque<>();

	/** Items that the daemon lets come. */
	private long uploadCredit;

	/** Where a held-up stream ended. */
	private @Nullable String end;

	/**
	 * A call that is not made yet.
	 * @param id its id, or what stands for it
	 * @param kind what it is
	 * @param inForce what was agreed on
	 * @param demand how many chunks its caller wants at first
	 */
	public HostCall(String id, Kind kind, Set<Capability> inForce, long demand) {
		this.id = id;
		this.kind = kind;
		this.inForce = inForce;
		this.demand = demand;
		this.credit = (kind.isStream() && inForce.contains(Capability.CREDIT)) ? 0 : UNLIMITED;
	}

	/**
	 * Lets something happen.
	 * @param input what happens
	 * @param effects takes what comes of it
	 * @return the row that says so
	 */
	public String on(Input<HostInput> input, Effects effects) {
		Row<HostState, HostInput, HostCall> row = row(input.kind());
		if (row == null) {
			throw new AssertionError("The model knows no " + input + " for " + this);
		}
		row.apply(this, input, effects);
		HostState next = row.to();
		if (next != null) {
			this.state = next;
		}
		return row.toString();
	}

	@Nullable Row<HostState, HostInput, HostCall> row(HostInput input) {
		return HostTable.TABLE.find(this.state, input, this);
	}

	/** Whether it can happen now. */
	public boolean allows(HostInput input) {
		return row(input) != null;
	}

	/** The host has granted credit for chunks; how much is its own affair. */
	public void granted(long amount) {
		this.credit = (amount == UNLIMITED || this.credit == UNLIMITED) ? UNLIMITED : this.credit + amount;
	}

	// What its rows do

	void hold(String chunk) {
		if (this.credit != UNLIMITED) {
			this.credit--;
		}
		this.held.add(chunk);
	}

	void want(long amount) {
		this.demand = (amount == UNLIMITED || this.demand == UNLIMITED) ? UNLIMITED : this.demand + amount;
	}

	void give(Effects effects) {
		while (this.demand > 0 && !this.held.isEmpty()) {
			effects.tell(this.id, "chunk " + this.held.remove());
			if (this.demand != UNLIMITED) {
				this.demand--;
			}
		}
	}

	void dropHeld() {
		this.held.clear();
	}

	void endsAs(String how) {
		this.end = how;
	}

	void tellEnd(Effects effects) {
		effects.tell(this.id, (this.end != null) ? this.end : "complete");
	}

	void allowItems(long amount) {
		this.uploadCredit += amount;
	}

	void takeItem() {
		this.uploadCredit--;
	}

	// What it knows

	boolean has(Capability capability) {
		return this.inForce.contains(capability);
	}

	public String id() {
		return this.id;
	}

	public Kind kind() {
		return this.kind;
	}

	public HostState state() {
		return this.state;
	}

	public long demand() {
		return this.demand;
	}

	public long credit() {
		return this.credit;
	}

	public int held() {
		return this.held.size();
	}

	public long uploadCredit() {
		return this.uploadCredit;
	}

	/** What tells apart what its table tells apart. */
	String situation() {
		if (this.state == HostState.ENDED || this.state == HostState.ABANDONED) {
			return this.state.toString();
		}
		return this.state + " demand=" + Math.min(this.demand, 1) + " credit=" + Math.min(this.credit, 1) + " held="
				+ Math.min(this.held.size(), 2) + " items=" + Math.min(this.uploadCredit, 1);
	}

	@Override
	public String toString() {
		return this.kind + " " + this.id + " " + situation();
	}

	/**
	 * What its caller wants of it.
	 */
	public enum Kind {

		/** One result. */
		MONO,

		/** Chunks of JSON. */
		STREAM,

		/** Chunks of bytes. */
		RAW,

		/** One result, of a command with an upload. */
		UPLOAD;

		public boolean isStream() {
			return this == STREAM || this == RAW;
		}

	}

}
