package dev.rustbridge.transport;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;

/**
 * A daemon in memory that behaves as told. Echoes with a bounded store, as a process
 * would.
 */
final class MemoryPeer implements MemoryDaemon, FarEnd.Peer {

	private static final int STORE = 256 * 1024;

	private final Behaviour behaviour;

	private final Deque<ByteBuffer> stored = new ArrayDeque<>();

	private MemoryConnection connection;

	private int storedBytes;

	private long left;

	private long counted;

	private boolean inputEnded;

	private volatile boolean gone;

	MemoryPeer(Behaviour behaviour) {
		this.behaviour = behaviour;
		this.left = (behaviour.kind() == Behaviour.Kind.FLOOD) ? Long.MAX_VALUE : behaviour.bytes();
	}

	@Override
	public void onConnect(MemoryConnection connection) {
		this.connection = connection;
		switch (this.behaviour.kind()) {
			case EMIT, FLOOD -> {
				connection.pauseReading();
				emit();
			}
			case IGNORE -> connection.pauseReading();
			case END_OUTPUT_ONLY -> close();
			case ECHO, COUNT -> {
			}
		}
	}

	@Override
	public void onBytes(byte[] buffer, int offset, int length) {
		this.counted += length;
		if (this.behaviour.kind() == Behaviour.Kind.ECHO) {
			byte[] copy = Arrays.copyOfRange(buffer, offset, offset + length);
			this.stored.add(ByteBuffer.wrap(copy));
			this.storedBytes += length;
			echo();
		}
	}

	@Override
	public void onWritable() {
		if (this.behaviour.kind() == Behaviour.Kind.ECHO) {
			echo();
		}
		else {
			emit();
		}
	}

	@Override
	public void onInputEnd() {
		this.inputEnded = true;
		if (this.behaviour.kind() == Behaviour.Kind.COUNT) {
			this.connection.send(ByteBuffer.wrap((this.counted + "\n").getBytes(StandardCharsets.US_ASCII)));
			close();
		}
		else if (this.behaviour.kind() == Behaviour.Kind.ECHO) {
			echo();
		}
	}

	@Override
	public void onClose() {
		this.gone = true;
	}

	@Override
	public boolean isGone() {
		return this.gone;
	}

	@Override
	public void kill() {
		// nothing is left of it once its link is closed
	}

	private void echo() {
		while (!this.stored.isEmpty()) {
			ByteBuffer next = this.stored.peek();
			this.storedBytes -= Math.max(0, this.connection.send(next));
			if (next.hasRemaining()) {
				break;
			}
			this.stored.remove();
		}
		if (this.storedBytes > STORE) {
			this.connection.pauseReading();
		}
		else {
			this.connection.resumeReading();
		}
		if (this.inputEnded && this.stored.isEmpty()) {
			close();
		}
	}

	private void emit() {
		ByteBuffer piece = ByteBuffer.allocate((int) Math.min(this.left, 64 * 1024));
		int count = this.connection.send(piece);
		while (count > 0) {
			this.left -= count;
			piece = ByteBuffer.allocate((int) Math.min(this.left, 64 * 1024));
			count = this.connection.send(piece);
		}
		if (this.left == 0) {
			close();
		}
	}

	private void close() {
		this.connection.close();
		this.gone = true;
	}

}
