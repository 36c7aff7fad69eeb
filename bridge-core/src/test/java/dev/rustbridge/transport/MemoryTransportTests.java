package dev.rustbridge.transport;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class MemoryTransportTests {

	private final ManualLoop loop = new ManualLoop();

	private final ScriptedDaemon daemon = new ScriptedDaemon();

	private final Link link = new MemoryTransport((instance) -> this.daemon).open(this.loop, 0);

	private final RecordingHandler handler = new RecordingHandler(this.loop);

	private void start() {
		this.loop.execute(() -> this.link.start(this.handler));
		this.loop.run();
	}

	private static ByteBuffer bytes(String text) {
		return ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
	}

	@Test
	void eachInstanceGetsADaemonOfItsOwnForEachGeneration() {
		List<Integer> made = new ArrayList<>();
		MemoryTransport transport = new MemoryTransport((instance) -> {
			made.add(instance);
			return new ScriptedDaemon();
		});
		transport.open(this.loop, 0);
		transport.open(this.loop, 1);
		transport.open(this.loop, 0);
		assertThat(made).containsExactly(0, 1, 0);
	}

	@Test
	void nothingHappensBeforeTheLoopTurns() throws IOException {
		start();
		this.link.write(bytes("one"));
		assertThat(this.daemon.heard).isEmpty();
		this.loop.run();
		assertThat(this.daemon.heard).containsExactly("one");
	}

	@Test
	void aDaemonMayAnswerLaterByTheClockOfTheLoop() {
		start();
		this.loop.schedule(() -> this.daemon.connection.send(bytes("late")), TimeUnit.HOURS.toNanos(1));
		this.loop.advance(59, TimeUnit.MINUTES);
		assertThat(this.handler.bytes()).isEmpty();
		this.loop.advance(1, TimeUnit.MINUTES);
		assertThat(this.handler.bytes()).asString().isEqualTo("late");
	}

	@Test
	void aHostThatPausesTakesABoundedNumberOfBytesAndTheDaemonIsToldWhenThereIsRoom() {
		start();
		this.link.pauseReading();
		ByteBuffer large = ByteBuffer.allocate(1024 * 1024);
		int taken = this.daemon.connection.send(large);
		assertThat(taken).isBetween(1, 512 * 1024);
		assertThat(large.position()).isEqualTo(taken);
		this.loop.run();
		assertThat(this.daemon.writables).isZero();
		this.link.resumeReading();
		this.loop.run();
		assertThat(this.daemon.writables).isOne();
		assertThat(this.handler.received).hasValue(taken);
	}

	@Test
	void aBrokenConnectionTellsItsCauseBehindTheBytes() {
		List<IOException> causes = new ArrayList<>();
		RecordingHandler ending = new RecordingHandler(this.loop) {
			@Override
			public void onEnd(IOException cause) {
				causes.add(cause);
				super.onEnd(cause);
			}
		};
		this.loop.execute(() -> this.link.start(ending));
		this.loop.run();
		IOException cause = new IOException("reset");
		this.daemon.connection.send(bytes("rest"));
		this.daemon.connection.fail(cause);
		this.daemon.connection.close();
		this.loop.run();
		assertThat(ending.bytes()).asString().isEqualTo("rest");
		assertThat(causes).containsExactly(cause);
		assertThat(this.daemon.connection.send(bytes("more"))).isEqualTo(-1);
		assertThatExceptionOfType(IOException.class).isThrownBy(() -> this.link.write(bytes("more")));
	}

	@Test
	void theDaemonIsToldOfTheEndOfItsInputAndOfTheClose() throws IOException {
		start();
		this.link.write(bytes("last"));
		this.link.shutdownOutput();
		this.loop.run();
		assertThat(this.daemon.heard).containsExactly("last", "<end>");
		this.link.close();
		this.loop.run();
		assertThat(this.daemon.heard).containsExactly("last", "<end>", "<close>");
		assertThat(this.daemon.connection.send(bytes("more"))).isEqualTo(-1);
	}

	private static final class ScriptedDaemon implements MemoryDaemon {

		private final List<String> heard = new ArrayList<>();

		private MemoryConnection connection;

		private int writables;

		@Override
		public void onConnect(MemoryConnection connection) {
			this.connection = connection;
		}

		@Override
		public void onBytes(byte[] buffer, int offset, int length) {
			this.heard.add(new String(buffer, offset, length, StandardCharsets.US_ASCII));
		}

		@Override
		public void onWritable() {
			this.writables++;
		}

		@Override
		public void onInputEnd() {
			this.heard.add("<end>");
		}

		@Override
		public void onClose() {
			this.heard.add("<close>");
		}

	}

}
