package dev.rustbridge.protocol;

import dev.rustbridge.BridgeListener.Violation;
import org.jspecify.annotations.Nullable;

/**
 * One decoded line: what it is, and where its parts lie in the bytes. A view that its
 * {@link EnvelopeDecoder} uses again: valid until the next line is decoded, and only
 * while the buffer holds that line. Not thread-safe.
 */
public final class Envelope {

	private static final byte[] NOTHING = {};

	private static final int MEMBERS = Member.values().length;

	private final NameCache names = new NameCache();

	private final int[] starts = new int[MEMBERS];

	private final int[] ends = new int[MEMBERS];

	/** A bit for each member that is there. */
	private int present;

	private byte[] buffer = NOTHING;

	private Kind kind = Kind.VIOLATION;

	private long sequence;

	private @Nullable String id;

	private @Nullable Member value;

	private long number;

	private Violation violation = Violation.NOISE;

	private String violationText = "";

	Envelope() {
	}

	/**
	 * What the line is.
	 * @return its kind
	 */
	public Kind kind() {
		return this.kind;
	}

	/**
	 * The number of an id that has the form of ours. A violation has it too, as far as
	 * the id could be read.
	 * @return the number, else -1
	 */
	public long sequence() {
		return this.sequence;
	}

	/**
	 * The id as text: calls of the daemon have ids of its own.
	 * @return the id, {@code null} if there is none
	 */
	public @Nullable String id() {
		if (this.id == null && isString(Member.ID)) {
			this.id = JsonText.unescape(this.buffer, start(Member.ID) + 1, end(Member.ID) - 1);
		}
		return this.id;
	}

	/**
	 * The bytes that hold the line.
	 * @return the buffer that was decoded
	 */
	public byte[] buffer() {
		return this.buffer;
	}

	/**
	 * Where the value begins: {@code result} of a response, {@code data} of a chunk or an
	 * event, {@code params} of a call.
	 * @return the index of its first byte, -1 if the line has none
	 */
	public int valueStart() {
		return (this.value != null && has(this.value)) ? this.starts[this.value.slot()] : -1;
	}

	/**
	 * Where the value ends.
	 * @return the index after its last byte, -1 if the line has none
	 */
	public int valueEnd() {
		return (this.value != null && has(this.value)) ? this.ends[this.value.slot()] : -1;
	}

	/**
	 * Whether a response says success: only the literal {@code true} does.
	 * @return true for success
	 */
	public boolean success() {
		return isTrue(Member.SUCCESS);
	}

	/**
	 * What a response that is no success says: a string as it is, anything else as
	 * compact JSON.
	 * @return the text; a default if the daemon gave none
	 */
	public String errorText() {
		String text = text(Member.ERROR);
		return (text != null) ? text : "the daemon gave no reason";
	}

	/**
	 * The machine-readable code of an error.
	 * @return the code, {@code null} if there is none
	 */
	public @Nullable String code() {
		return text(Member.CODE);
	}

	/**
	 * The details of an error.
	 * @return compact JSON, {@code null} if there are none
	 */
	public @Nullable String details() {
		return isPresent(Member.DETAILS) ? JsonText.compact(this.buffer, start(Member.DETAILS), end(Member.DETAILS))
				: null;
	}

	/**
	 * The name of an event, or the method of a call.
	 * @return the name
	 */
	public String name() {
		Member member = (this.kind == Kind.EVENT) ? Member.EVENT : Member.METHOD;
		if (!isString(member)) {
			throw new IllegalStateException("Only events and calls have a name, not a " + this.kind);
		}
		return this.names.get(this.buffer, start(member) + 1, end(member) - 1);
	}

	/**
	 * The items that a credit line grants.
	 * @return the count, at most 2^53-1, which is unlimited
	 */
	public long credit() {
		return this.number;
	}

	/**
	 * The raw bytes that follow a chunk line.
	 * @return how many
	 */
	public long payload() {
		return this.number;
	}

	/**
	 * The total time that the daemon leaves for its call.
	 * @return milliseconds, -1 if it says none
	 */
	public long deadlineMs() {
		return isPresent(Member.DEADLINE_MS) ? count(Member.DEADLINE_MS) : -1;
	}

	/**
	 * The W3C trace context of a call or an event.
	 * @return {@code traceparent}, {@code null} if there is none
	 */
	public @Nullable String traceparent() {
		return trace("traceparent");
	}

	/**
	 * The vendors' part of the trace context of a call or an event.
	 * @return {@code tracestate}, {@code null} if there is none
	 */
	public @Nullable String tracestate() {
		return trace("tracestate");
	}

	/**
	 * What is wrong with the line.
	 * @return the kind of violation
	 */
	public Violation violation() {
		return this.violation;
	}

	/**
	 * What is wrong with the line, in words.
	 * @return a short text without content of the line
	 */
	public String violationText() {
		return this.violationText;
	}

	void reset(byte[] buffer) {
		this.buffer = buffer;
		this.present = 0;
		this.id = null;
		this.sequence = -1;
		this.value = null;
		this.number = -1;
	}

	void put(Member member, int start, int end) {
		this.present |= 1 << member.slot();
		this.starts[member.slot()] = start;
		this.ends[member.slot()] = end;
	}

	/**
	 * Shows a line that differs from the last one only in the value of its last member,
	 * and perhaps in where it lies.
	 */
	void repeat(byte[] buffer, Member last, int start, int end) {
		int shift = start - this.starts[last.slot()];
		this.buffer = buffer;
		for (int left = this.present; left != 0; left &= left - 1) {
			int slot = Integer.numberOfTrailingZeros(left);
			this.starts[slot] += shift;
			this.ends[slot] += shift;
		}
		this.ends[last.slot()] = end;
	}

	void is(Kind kind, @Nullable Member value) {
		this.kind = kind;
		this.value = value;
	}

	void is(Kind kind, long number) {
		this.kind = kind;
		this.number = number;
	}

	void violates(Violation violation, String text) {
		this.kind = Kind.VIOLATION;
		this.violation = violation;
		this.violationText = text;
	}

	void sequence(long sequence) {
		this.sequence = sequence;
	}

	/** Whether a member is there, be it {@code null}. */
	boolean has(Member member) {
		return (this.present & 1 << member.slot()) != 0;
	}

	/** Whether a member is there and not {@code null}. */
	boolean isPresent(Member member) {
		return has(member) && !JsonText.isNull(this.buffer, start(member));
	}

	boolean isTrue(Member member) {
		return has(member) && JsonText.isTrue(this.buffer, start(member));
	}

	boolean isString(Member member) {
		return has(member) && JsonText.isString(this.buffer, start(member));
	}

	/** A member as a count, -1 if it is none. */
	long count(Member member) {
		return JsonText.count(this.buffer, start(member), end(member));
	}

	int start(Member member) {
		return this.starts[member.slot()];
	}

	int end(Member member) {
		return this.ends[member.slot()];
	}

	private @Nullable String text(Member member) {
		return has(member) ? JsonText.textOf(this.buffer, start(member), end(member)) : null;
	}

	private @Nullable String trace(String name) {
		return has(Member.TRACE) ? JsonText.stringMember(this.buffer, start(Member.TRACE), end(Member.TRACE), name)
				: null;
	}

	/**
	 * What a line can be.
	 */
	public enum Kind {

		/** An event: {@code name}, value. */
		EVENT,

		/** A call of the daemon: {@code id}, {@code name}, value. */
		HOST_CALL,

		/** A chunk: {@code sequence}, value. */
		CHUNK,

		/** The header of a chunk of raw bytes: {@code sequence}, {@code payload}. */
		RAW_CHUNK,

		/** The final response: {@code sequence}, value or error. */
		RESPONSE,

		/** Credit for an upload: {@code sequence}, {@code credit}. */
		CREDIT,

		/** The daemon cancels a call of its own: {@code id}. */
		CANCEL,

		/**
		 * None of these: {@code violation}, and {@code sequence} where it can be told.
		 */
		VIOLATION

	}

}
