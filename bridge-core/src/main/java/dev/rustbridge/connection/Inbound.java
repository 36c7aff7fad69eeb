package dev.rustbridge.connection;

import java.io.IOException;

import dev.rustbridge.BridgeFrame.Kind;
import dev.rustbridge.BridgeListener.Violation;
import dev.rustbridge.BridgeProtocolException;
import dev.rustbridge.PayloadTooLargeException;
import dev.rustbridge.protocol.Envelope;
import dev.rustbridge.protocol.EnvelopeDecoder;
import dev.rustbridge.protocol.LineFramer;
import dev.rustbridge.transport.LinkHandler;
import dev.rustbridge.transport.LoopLog;
import org.jspecify.annotations.Nullable;

/**
 * What comes from the daemon: told apart and brought to whom it concerns. On the loop.
 */
final class Inbound implements LinkHandler, LineFramer.Lines {

	private static final LoopLog logger = LoopLog.of(Inbound.class);

	/** Of an id or a name that is remembered. */
	private static final int LONGEST_NOTE = 100;

	private final BridgeContext context;

	private final Connection connection;

	private final LineFramer framer;

	private final EnvelopeDecoder decoder;

	private final Handshake handshake;

	private final ViolationLog violations;

	private final FrameRing ring;

	/** Of the line that is being dispatched. */
	private int lineLength;

	private @Nullable RawChunk rawChunk;

	/** Of the call that the raw bytes are for. */
	private String rawMethod = "";

	private volatile long readMoment;

	private volatile long bytesIn;

	Inbound(BridgeContext context, Connection connection) {
		this.context = context;
		this.connection = connection;
		this.framer = new LineFramer((int) context.options().maxMessageSize(), this);
		this.decoder = new EnvelopeDecoder(context.ids());
		this.handshake = new Handshake(context, connection, this.decoder);
		this.violations = new ViolationLog(context);
		this.ring = connection.frames().in();
	}

	// Bytes

	@Override
	public void onBytes(byte[] buffer, int offset, int length) {
		this.readMoment = this.context.deadlines().turnTime();
		this.bytesIn = this.bytesIn + length;
		this.context.tell((listener) -> listener.transferred(length, 0));
		this.framer.feed(buffer, offset, length);
	}

	@Override
	public void onBatchEnd() {
		this.connection.flush();
	}

	@Override
	public void onWritable() {
		this.connection.onWritable();
	}

	@Override
	public void onEnd(@Nullable IOException cause) {
		if (this.framer.midLine()) {
			logger.debug("Bridge '{}': the daemon ended in the middle of a line", this.context.bridge());
		}
		this.connection.owner().onInputEnd(cause);
	}

	// Lines

	@Override
	public void line(byte[] buffer, int offset, int length) {
		if (this.connection.isLost()) {
			// everything that was pending has ended: nobody is left to hear it
			return;
		}
		try {
			dispatch(buffer, offset, length);
		}
		catch (RuntimeException ex) {
			// a subscriber broke the rules of its stream: the next line is none of its
			logger.error("Bridge '{}': a subscriber threw instead of cancelling", this.context.bridge(), ex);
		}
	}

	private void dispatch(byte[] buffer, int offset, int length) {
		this.lineLength = length;
		Envelope envelope = this.decoder.decode(buffer, offset, length);
		switch (envelope.kind()) {
			case RESPONSE -> onResponse(envelope);
			case CHUNK -> onChunk(envelope);
			case RAW_CHUNK -> onRawChunk(envelope);
			case EVENT -> onEvent(envelope);
			case HOST_CALL -> {
				note(Kind.CALL, envelope, envelope.name());
				this.connection.hostCalls().onCall(envelope);
			}
			case CANCEL -> {
				note(Kind.CANCEL, envelope, null);
				this.connection.hostCalls().onCancel(envelope);
			}
			case CREDIT -> onCredit(envelope);
			case VIOLATION -> onViolation(envelope, buffer, offset, length);
		}
	}

	/** Before anybody hears of it: what it brings about may be what is to be told. */
	private void note(Kind kind, Envelope envelope, @Nullable String name) {
		String id = (envelope.sequence() < 0) ? envelope.id() : null;
		this.ring.record(this.readMoment, kind, envelope.sequence(), shortened(id), shortened(name),
				this.lineLength + 1);
	}

	/** The daemon decides how long they are. */
	private static @Nullable String shortened(@Nullable String text) {
		return (text != null && text.length() > LONGEST_NOTE) ? text.substring(0, LONGEST_NOTE) + "…" : text;
	}

	private void onResponse(Envelope envelope) {
		long sequence = envelope.sequence();
		Call call = this.connection.take(sequence);
		note(envelope.success() ? Kind.RESULT : Kind.ERROR, envelope, (call != null) ? call.method() : null);
		if (call != null) {
			answer(call, envelope);
		}
		else if (!this.connection.takePong(sequence) && !this.connection.abandoned().remove(sequence)) {
			unknown(envelope);
		}
	}

	private void answer(Call call, Envelope envelope) {
		// before its subscriber hears: who sends the next call at once sends it in its
		// place
		boolean last = this.connection.vacate();
		String before = this.context.occupant().enter(call.method());
		try {
			call.onResponse(envelope);
		}
		catch (Throwable ex) {
			// nothing else would end it any more
			call.fail(ex);
			throw ex;
		}
		finally {
			this.context.occupant().leave(before);
			if (last) {
				this.connection.tellDrained();
			}
		}
	}

	private void onChunk(Envelope envelope) {
		Call call = this.connection.calls().get(envelope.sequence());
		note(Kind.CHUNK, envelope, (call != null) ? call.method() : null);
		if (call != null) {
			giveChunk(call, envelope);
		}
		else if (!this.connection.abandoned().contains(envelope.sequence())) {
			unknown(envelope);
		}
	}

	private void giveChunk(Call call, Envelope envelope) {
		String before = this.context.occupant().enter(call.method());
		try {
			call.onChunk(envelope);
		}
		finally {
			this.context.occupant().leave(before);
		}
	}

	private void onRawChunk(Envelope envelope) {
		long count = envelope.payload();
		if (count > this.context.options().maxMessageSize()) {
			brokenPayload("it announced " + count + " raw bytes, more than 'max-message-size'");
			return;
		}
		Call call = this.connection.calls().get(envelope.sequence());
		this.lineLength += (int) count + 1;
		note(Kind.CHUNK, envelope, (call != null) ? call.method() : null);
		// they follow whether or not anybody waits for them
		this.rawChunk = (call != null) ? call.onRawChunk(count) : null;
		if (call == null && !this.connection.abandoned().contains(envelope.sequence())) {
			unknown(envelope);
		}
		this.rawMethod = (call != null) ? call.method() : "";
		this.framer.expectPayload(count);
	}

	private void onCredit(Envelope envelope) {
		Call call = this.connection.calls().get(envelope.sequence());
		note(Kind.CREDIT, envelope, (call != null) ? call.method() : null);
		if (call != null) {
			call.onUploadCredit(envelope.credit());
		}
	}

	private void onEvent(Envelope envelope) {
		ReceivedEvent event = new ReceivedEvent(this.context.bridge(), this.connection.instance(),
				this.connection.generation(), envelope, this.connection.capabilities().trace(), this.context.codec());
		note(Kind.EVENT, envelope, event.name());
		this.context.tell((listener) -> listener.event(event));
		this.connection.owner().onEvent(event);
		this.handshake.onEvent(event);
	}

	@Override
	public void raw(byte[] buffer, int offset, int length, boolean last) {
		RawChunk target = this.rawChunk;
		if (target != null) {
			String before = this.context.occupant().enter(this.rawMethod);
			try {
				target.append(buffer, offset, length, last);
			}
			finally {
				this.context.occupant().leave(before);
			}
		}
		if (last) {
			this.rawChunk = null;
		}
	}

	// What is wrong with them

	private void unknown(Envelope envelope) {
		this.violations.record(Violation.UNKNOWN_ID, "no call is pending under the id " + envelope.id(), new byte[0], 0,
				0);
	}

	private void onViolation(Envelope envelope, byte[] buffer, int offset, int length) {
		this.ring.record(this.readMoment, Kind.VIOLATION, envelope.sequence(), null, null, length + 1);
		this.violations.record(envelope.violation(), envelope.violationText(), buffer, offset, length);
		if (envelope.violation() == Violation.BAD_BYTES) {
			// how many bytes follow is not known: they must not be taken for lines
			end("the daemon announced raw bytes in a way that cannot be read: " + envelope.violationText());
			return;
		}
		Call call = (envelope.sequence() >= 0) ? this.connection.calls().get(envelope.sequence()) : null;
		if (call != null) {
			call.fail(new BridgeProtocolException(call.origin(),
					"the daemon broke the protocol in its answer: " + envelope.violationText(), null));
		}
	}

	@Override
	public void oversized(byte[] head, int offset, int length) {
		long limit = this.context.options().maxMessageSize();
		this.ring.record(this.readMoment, Kind.VIOLATION, -1, null, null, length);
		this.violations.record(Violation.OVERSIZED, "a line exceeds 'max-message-size' (" + limit + " bytes)", head,
				offset, length);
		if (this.connection.capabilities().bytes()) {
			// it may have announced raw bytes, which would be taken for lines
			end("a line exceeds 'max-message-size' (" + limit + " bytes) on a connection with raw bytes");
			return;
		}
		long sequence = this.decoder.recoverId(head, offset, length);
		Call call = (sequence >= 0) ? this.connection.calls().get(sequence) : null;
		if (call != null) {
			PayloadTooLargeException failure = new PayloadTooLargeException(call.origin(),
					"a line of its answer exceeds 'max-message-size' (" + limit + " bytes)", null);
			if (call instanceof StreamCall<?>) {
				// more of them may be on their way
				call.failAndAbandon(failure);
			}
			else {
				call.fail(failure);
			}
		}
	}

	@Override
	public void brokenPayload(String what) {
		this.context.tell((listener) -> listener.protocolViolation(Violation.BAD_BYTES, what));
		end(what);
	}

	/** What comes from here on cannot be told apart. */
	private void end(String what) {
		this.framer.stop();
		this.connection.owner().onBroken(what);
	}

	long readMoment() {
		return this.readMoment;
	}

	long bytesIn() {
		return this.bytesIn;
	}

}
