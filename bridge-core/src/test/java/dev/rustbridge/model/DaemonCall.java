package dev.rustbridge.model;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;

import dev.rustbridge.model.Table.Row;
import org.jspecify.annotations.Nullable;

/**
 * A call as its daemon has to treat it: {@link DaemonTable} with what it counts.
 */
public final class DaemonCall {

	/** Items that a daemon lets come at first; how many is its own affair. */
	private static final long WINDOW = 8;

	private final String id;

	private final Command command;

	private final Set<Capability> inForce;

	private DaemonState state = DaemonState.ABSENT;

	/** Chunks that may still be sent. */
	private long credit;

	/** A chunk that waits for credit. */
	private @Nullable String waiting;

	private final Deque<String> items = new ArrayDeque<>();

	/** Items that the host may still send. */
	private long granted;

	/** Told to the handler when all items are taken. */
	private @Nullable String end;

	/** The id of the call that its handler made. */
	private String asked = "";

	private boolean crowded;

	/**
	 * A call that was not made yet.
	 * @param id its id
	 * @param command what is asked for
	 * @param inForce what was agreed on
	 */
	public DaemonCall(String id, Command command, Set<Capability> inForce) {
		this.id = id;
		this.command = command;
		this.inForce = inForce;
		boolean counted = inForce.contains(Capability.CREDIT) && command.credit() >= 0;
		this.credit = counted ? command.credit() : HostCall.UNLIMITED;
	}

	/**
	 * Lets something happen.
	 * @param input what happens
	 * @param effects takes what comes of it
	 * @return the row that says so
	 */
	public String on(Input<DaemonInput> input, Effects effects) {
		Row<DaemonState, DaemonInput, DaemonCall> row = row(input.kind());
		if (row == null) {
			throw new AssertionError("The model knows no " + input + " for " + this);
		}
		row.apply(this, input, effects);
		DaemonState next = row.to();
		if (next != null) {
			this.state = next;
		}
		return row.toString();
	}

	@Nullable Row<DaemonState, DaemonInput, DaemonCall> row(DaemonInput input) {
		return DaemonTable.TABLE.find(this.state, input, this);
	}

	/** Whether it can happen now. */
	public boolean allows(DaemonInput input) {
		return row(input) != null;
	}

	/** Others have all rights to run. */
	void crowd(boolean now) {
		this.crowded = now;
	}

	// What its rows do

	void grant(long amount) {
		this.credit = (this.credit == HostCall.UNLIMITED) ? this.credit : this.credit + amount;
	}

	void spend() {
		if (this.credit != HostCall.UNLIMITED) {
			this.credit--;
		}
	}

	void stall(@Nullable String chunk) {
		this.waiting = chunk;
	}

	void receive(@Nullable String item) {
		this.granted--;
		this.items.add(String.valueOf(item));
	}

	void endItems(@Nullable String error) {
		this.end = (error != null) ? "source failed" : "end of items";
	}

	/** Lets items come, where none may come yet. */
	boolean letItemsCome() {
		if (this.granted > 0) {
			return false;
		}
		this.granted = WINDOW;
		return true;
	}

	String takeItem() {
		if (!this.items.isEmpty()) {
			return "item " + this.items.remove();
		}
		String told = String.valueOf(this.end);
		// an error is told once
		this.end = "end of items";
		return told;
	}

	void asks(@Nullable String call) {
		this.asked = String.valueOf(call);
	}

	// What it knows

	boolean has(Capability capability) {
		return this.inForce.contains(capability);
	}

	boolean takesItems() {
		return this.command.upload() && has(Capability.UPLOAD);
	}

	boolean isOpen() {
		return takesItems() && this.end == null && this.granted > 0;
	}

	boolean hasItems() {
		return !this.items.isEmpty() || this.end != null;
	}

	boolean hasEnded() {
		return this.end != null;
	}

	boolean isCrowded() {
		return this.crowded;
	}

	@Nullable String waiting() {
		return this.waiting;
	}

	String asked() {
		return this.asked;
	}

	public String id() {
		return this.id;
	}

	public Command command() {
		return this.command;
	}

	public DaemonState state() {
		return this.state;
	}

	public long credit() {
		return this.credit;
	}

	public long granted() {
		return this.granted;
	}

	/** What tells apart what its table tells apart. */
	String situation() {
		if (this.state == DaemonState.ABSENT) {
			return this.state.toString();
		}
		return this.state + " credit=" + Math.min(this.credit, 1) + " items=" + Math.min(this.items.size(), 1)
				+ " granted=" + Math.min(this.granted, 1) + " end=" + this.end;
	}

	@Override
	public String toString() {
		return this.command + " " + this.id + " " + situation();
	}

	/**
	 * What a host asks for.
	 *
	 * @param method a handler that does what it is told
	 * @param credit the credit that it comes with, -1 for none named
	 * @param upload whether it announces an upload
	 * @param deadlineMs the time that it has, -1 for none named
	 */
	public record Command(String method, long credit, boolean upload, long deadlineMs) {

		/** Sends chunks, and calls the host. */
		public static final String WORK = "work";

		/** Takes items as well. */
		public static final String TAKE = "take";

		/** As the first, but one at a time. */
		public static final String ONE = "one";

		String line(String id) {
			return "{'id':'" + id + "','method':'" + method() + "','params':{}"
					+ ((credit() >= 0) ? ",'credit':" + credit() : "") + (upload() ? ",'upload':true" : "")
					+ ((deadlineMs() >= 0) ? ",'deadlineMs':" + deadlineMs() : "") + "}";
		}

	}

}
