package dev.rustbridge.connection;

import java.util.concurrent.RejectedExecutionException;

import dev.rustbridge.BridgeOverloadedException;
import dev.rustbridge.BridgeUnavailableException;

/**
 * How a call comes onto a connection: admitted, encoded, put into the table and into the
 * write queue, or refused before anything of it is written. Any thread.
 */
final class CallIntake {

	private final BridgeContext context;

	private final Connection connection;

	private final Admission admission;

	private final CommandEncoding encoding;

	private final Outbound outbound;

	private final LifeWatch life;

	CallIntake(BridgeContext context, Connection connection, Admission admission, Outbound outbound, LifeWatch life) {
		this.context = context;
		this.connection = connection;
		this.admission = admission;
		this.encoding = new CommandEncoding(connection.encoder());
		this.outbound = outbound;
		this.life = life;
	}

	/**
	 * Takes a call in.
	 * @param call a call that is new
	 * @return {@code false} when the door is closed
	 */
	boolean submit(Call call) {
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
			line = this.encoding.encode(call, sequence, this.connection.capabilities());
			reserve(call, line.length);
		}
		catch (BridgeUnavailableException ex) {
			this.connection.leave();
			call.refuse(ex);
			return;
		}
		catch (RuntimeException ex) {
			this.connection.leave();
			call.fail(ex);
			return;
		}
		call.prepare(this.connection, sequence, line);
		this.connection.calls().put(sequence, call);
		if (!call.startQueuing()) {
			// it was cancelled meanwhile, and could not know where it is
			this.outbound.giveBack(line.length);
			this.connection.forget(call);
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
		if (this.connection.isLost()) {
			// it came in beside the one who failed all that were there
			this.context.loop().execute(this.connection::failStragglers);
		}
	}

}
