package dev.rustbridge.connection;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

import dev.rustbridge.BridgeFrame;
import dev.rustbridge.BridgeOverloadedException;
import dev.rustbridge.BridgeUnavailableException;
import dev.rustbridge.protocol.FrameEncoder;
import dev.rustbridge.transport.IoLoop;
import dev.rustbridge.transport.Link;
import org.jspecify.annotations.Nullable;

/**
 * The wire to one generation of a daemon. Takes calls from any thread, and ends each of
 * them on the loop. Knows nothing of what comes after its own end.
 */
public final class Connection {

	/** How often the daemon's life is looked at while anything is pending. */
	public static final Duration TICK = Duration.ofMillis(20);

	private final BridgeContext context;

	private final Link link;

	private final int instance;

	private final long generation;

	private final ConnectionOwner owner;

	private final Admission admission;

	private final CallTable calls = new CallTable();

	private final FrameEncoder encoder;

	private final CommandEncoding encoding;

	private final ConnectionFrames frames;

	private final Outbound outbound;

	private final ControlOutput control;

	private final LifeWatch life;

	private final ReadPause readPause;

	private final Abandoned abandoned = new Abandoned();

	private final HostCalls hostCalls;

	private final Inbound inbound;

	private volatile Capabilities capabilities = Capabilities.CLASSIC;

	/** When reading went on after a pause; confined to the loop. */
	private long resumedAt;

	/** The heartbeat that is not answered yet, 0 for none; confined to the loop. */
	private long pendingPing;

	private volatile @Nullable LostConnection lost;

	private final AtomicLong bytesOut = new AtomicLong();

	public Connection(BridgeContext context, Link link, int instance, long generation, ConnectionOwner owner) {
		this.context = context;
		this.link = link;
		this.instance = instance;
		this.generation = generation;
		this.owner = owner;
		this.admission = new Admission(context.options().maxInFlight());
		this.encoder = context.codec().encoder(context.ids());
		this.encoding = new CommandEncoding(this.encoder);
		this.frames = context.recorder().open(instance, generation, context.deadlines()::now);
		this.outbound = new Outbound(context.loop(), link, this.frames.out(), this.admission::inside, this::onWritten,
				this::onWriteFailure);
		this.control = new ControlOutput(this.encoder, this.outbound);
		this.life = new LifeWatch(context.loop(), this.calls, owner::onTick);
		this.readPause = new ReadPause(context.loop(), link, context.options().streamStallTimeout().toNanos(),
				this::touchStreams);
		this.hostCalls = new HostCalls(context, this);
		this.inbound = new Inbound(context, this);
	}

	/**
	 * Begins to read. On the loop.
	 */
	public void open() {
		this.context.loop().register(this.outbound);
		this.link.start(this.inbound);
	}

	// Commands, from any thread

	/**
	 * Takes a call, which from then on ends here, unless it comes back after a loss.
	 * @param call a call that is new
	 * @return {@code false} when this connection takes no calls any more
	 */
	public boolean submit(Call call) {
		switch (this.admission.enter()) {
			case CLOSED -> {
				return false;
			}
			case FULL -> {
				call.refuse(new BridgeOverloadedException(call.origin(),
						"'max-in-flight' (" + this.context.options().maxInFlight() + ") calls are pending already",
						null));
				return true;
			}
			case ADMITTED -> send(call);
		}
		return true;
	}

	private void send(Call call) {
		long sequence = this.context.ids().next();
		byte[] line;
		try {
			line = this.encoding.encode(call, sequence, this.capabilities);
			reserve(call, line.length);
		}
		catch (BridgeUnavailableException ex) {
			leave();
			call.refuse(ex);
			return;
		}
		catch (RuntimeException ex) {
			leave();
			call.fail(ex);
			return;
		}
		call.prepare(this, sequence, line);
		this.calls.put(sequence, call);
		if (!call.startQueuing()) {
			// it was cancelled meanwhile, and could not know where it is
			this.outbound.giveBack(line.length);
			forget(call);
			return;
		}
		try {
			enqueue(call);
		}
		catch (RejectedExecutionException ex) {
			// the loop ends after all connections are lost: nothing was written
			call.fail(new BridgeUnavailableException(call.origin(), "the bridge was closed; it was not sent", ex));
		}
	}

	private void reserve(Call call, int bytes) {
		long limit = this.context.options().maxQueuedBytes();
		if (!this.outbound.reserve(bytes, limit)) {
			throw new BridgeOverloadedException(call.origin(),
					this.outbound.queuedBytes() + " bytes wait to be written and " + bytes
							+ " more would exceed 'max-queued-bytes' (" + limit + ")",
					null);
		}
	}

	private void enqueue(Call call) {
		this.context.deadlines().watch(call.expiresAt());
		this.outbound.offerReserved(call);
		this.life.start();
		if (this.lost != null) {
			// it came in beside the one who failed all that were there
			this.context.loop().execute(this::failStragglers);
		}
	}

	/**
	 * A call is no longer pending here. Any thread, once for each call.
	 * @param call the call
	 */
	void forget(Call call) {
		if (this.calls.remove(call.sequence()) != null) {
			leave();
		}
	}

	/**
	 * Takes a call out of the table, because its final answer came. On the loop.
	 * @param sequence the call's number
	 * @return the call, whose place is to be {@link #vacate() vacated}, {@code null} if
	 * it is not pending
	 */
	@Nullable Call take(long sequence) {
		return this.calls.remove(sequence);
	}

	private void leave() {
		if (vacate()) {
			tellDrained();
		}
	}

	/**
	 * Gives up the place of a call.
	 * @return whether it was the last one behind a closed door, which is to be told
	 */
	boolean vacate() {
		return this.admission.leave();
	}

	void tellDrained() {
		onLoop(this.owner::onDrained);
	}

	/**
	 * A call that was sent is no longer pending here, but nobody waits for its answer.
	 * Any thread, once for each call.
	 * @param call the call
	 */
	void abandon(Call call) {
		long sequence = call.sequence();
		// first: an answer that does not find the call in the table must find it there
		this.abandoned.add(sequence);
		if (this.calls.remove(sequence) == null) {
			this.abandoned.remove(sequence);
			return;
		}
		if (this.lost == null && this.capabilities.cancel()) {
			this.control.cancel(sequence);
		}
		leave();
	}

	/**
	 * Asks for a sign of life; {@link ConnectionOwner#onPong()} tells of the answer. On
	 * the loop.
	 */
	public void ping() {
		if (this.pendingPing != 0) {
			this.abandoned.add(this.pendingPing);
		}
		this.pendingPing = this.context.ids().next();
		this.control.ping(this.pendingPing);
	}

	/** Whether this is the answer to a heartbeat; then it has been told. */
	boolean takePong(long sequence) {
		if (sequence != this.pendingPing) {
			return false;
		}
		this.pendingPing = 0;
		this.owner.onPong();
		return true;
	}

	/**
	 * Whether the daemon has commands to answer, those that nobody waits for any more
	 * included. On the loop.
	 * @return whether it is busy
	 */
	public boolean isBusy() {
		return !this.calls.isEmpty() || !this.abandoned.isEmpty();
	}

	// The door

	/**
	 * Takes no calls any more; those inside go on.
	 * @return whether none is inside
	 */
	public boolean closeDoor() {
		return this.admission.close();
	}

	/**
	 * Ends everything that is pending here. On the loop.
	 * @param how what happened
	 */
	public void lose(LostConnection how) {
		if (this.lost != null) {
			return;
		}
		this.lost = how;
		this.admission.close();
		this.outbound.close();
		this.readPause.close();
		this.hostCalls.close();
		this.life.close();
		failStragglers();
	}

	private void failStragglers() {
		LostConnection how = this.lost;
		if (how != null) {
			this.calls.forEach((call) -> call.onConnectionLost(how));
		}
	}

	/**
	 * Expires what is due. On the loop.
	 * @param now the present moment
	 * @return the next moment at which something may be due
	 */
	public long sweep(long now) {
		long[] next = { DeadlineWatch.NEVER };
		this.calls.forEach((call) -> {
			long expiresAt = call.expiresAt();
			if (expiresAt <= now) {
				call.expire();
			}
			else {
				next[0] = Math.min(next[0], expiresAt);
			}
		});
		return next[0];
	}

	// Life

	private void onWritten(int bytes) {
		this.bytesOut.lazySet(this.bytesOut.get() + bytes);
		this.context.tell((listener) -> listener.transferred(0, bytes));
	}

	private void onWriteFailure(IOException cause) {
		onLoop(() -> this.owner.onOutputFailed(cause));
	}

	void flush() {
		this.outbound.flush();
	}

	void onWritable() {
		this.outbound.onWritable();
	}

	/**
	 * While nothing was read nothing could come: the clocks of all streams start anew.
	 */
	private void touchStreams() {
		long now = this.context.deadlines().now();
		this.resumedAt = now;
		this.calls.forEach((call) -> {
			if (call instanceof StreamCall<?> stream) {
				stream.touch(now);
				this.context.deadlines().watch(stream.expiresAt());
			}
		});
	}

	/**
	 * Reads nothing more for now. On the loop.
	 * @param holdup who takes nothing
	 */
	public void pauseReadingFor(Holdup holdup) {
		this.readPause.pauseFor(holdup);
	}

	/**
	 * Reads again, unless somebody else holds it up. Any thread; does nothing if this one
	 * does not hold it up.
	 * @param holdup who takes more again, or has ended
	 */
	public void resumeReadingFor(Holdup holdup) {
		if (this.readPause.isPaused()) {
			onLoop(() -> this.readPause.resumeFor(holdup));
		}
	}

	/**
	 * Whether somebody holds up the reading. Any thread.
	 * @return whether nothing is read for now
	 */
	public boolean isReadingPaused() {
		return this.readPause.isPaused();
	}

	private void onLoop(Runnable task) {
		if (this.context.loop().inLoop()) {
			task.run();
		}
		else {
			this.context.loop().execute(task);
		}
	}

	// What it knows

	void onReady(Capabilities agreed) {
		this.capabilities = agreed;
		this.owner.onReady(agreed);
	}

	ConnectionOwner owner() {
		return this.owner;
	}

	FrameEncoder encoder() {
		return this.encoder;
	}

	ControlOutput control() {
		return this.control;
	}

	ConnectionFrames frames() {
		return this.frames;
	}

	CallTable calls() {
		return this.calls;
	}

	Abandoned abandoned() {
		return this.abandoned;
	}

	HostCalls hostCalls() {
		return this.hostCalls;
	}

	/**
	 * The last frames that went over it, for a story of how it ended. Any thread.
	 * @param count at most so many
	 * @return the frames, oldest first
	 */
	public List<BridgeFrame> lastFrames(int count) {
		return this.frames.last(count, this.context.ids());
	}

	/**
	 * Whether it takes calls. Any thread; may have changed meanwhile.
	 * @return whether its door is open
	 */
	public boolean isOpen() {
		return !this.admission.isClosed();
	}

	boolean isLost() {
		return this.lost != null;
	}

	long readMoment() {
		return this.inbound.readMoment();
	}

	public IoLoop loop() {
		return this.context.loop();
	}

	public Capabilities capabilities() {
		return this.capabilities;
	}

	public int instance() {
		return this.instance;
	}

	public long generation() {
		return this.generation;
	}

	public int inFlight() {
		return this.admission.inside();
	}

	public long queuedBytes() {
		return this.outbound.queuedBytes();
	}

	public long bytesIn() {
		return this.inbound.bytesIn();
	}

	public long bytesOut() {
		return this.bytesOut.get();
	}

	/**
	 * When the daemon last had a chance to be heard: when anything was read, or reading
	 * went on after a pause. On the loop.
	 * @return a moment on the scale of the deadlines
	 */
	public long lastHeardAt() {
		return Math.max(this.inbound.readMoment(), this.resumedAt);
	}

	/**
	 * Visits the pending calls.
	 * @param visitor is given each
	 */
	public void forEachCall(Consumer<Call> visitor) {
		this.calls.forEach(visitor);
	}

}
