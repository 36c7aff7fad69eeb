package dev.rustbridge.connection;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

import dev.rustbridge.BridgeFrame;
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

	private final ConnectionFrames frames;

	private final Outbound outbound;

	private final ControlOutput control;

	private final LifeWatch life;

	private final CallIntake intake;

	private final CallClocks clocks;

	private final Pings pings;

	private final ReadPause readPause;

	private final Abandoned abandoned = new Abandoned();

	private final HostCalls hostCalls;

	private final Inbound inbound;

	private volatile Capabilities capabilities = Capabilities.CLASSIC;

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
		this.frames = context.recorder().open(instance, generation, context.deadlines()::now);
		this.outbound = new Outbound(context.loop(), link, this.frames.out(), this.admission::inside, this::onWritten,
				this::onWriteFailure);
		this.control = new ControlOutput(this.encoder, this.outbound);
		this.life = new LifeWatch(context.loop(), this.calls, owner::onTick);
		this.intake = new CallIntake(context, this, this.admission, this.outbound, this.life);
		this.pings = new Pings(context.ids(), this.control, this.abandoned, owner::onPong);
		this.clocks = new CallClocks(context.deadlines(), this.calls);
		this.readPause = new ReadPause(context.loop(), link, context.options().streamStallTimeout().toNanos(),
				this.clocks::restart);
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
		return this.intake.submit(call);
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

	void leave() {
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
		this.pings.ping();
	}

	/** Whether this is the answer to a heartbeat; then it has been told. */
	boolean takePong(long sequence) {
		return this.pings.take(sequence);
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

	/** Those too that come in beside the end. On the loop. */
	void failStragglers() {
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
		return this.clocks.sweep(now);
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
		return Math.max(this.inbound.readMoment(), this.clocks.restartedAt());
	}

	/**
	 * Visits the pending calls.
	 * @param visitor is given each
	 */
	public void forEachCall(Consumer<Call> visitor) {
		this.calls.forEach(visitor);
	}

}
