package dev.rustbridge.benchmarks.peer;

import dev.rustbridge.benchmarks.Messages.Blob;
import dev.rustbridge.benchmarks.Messages.Echo;
import dev.rustbridge.benchmarks.Messages.Size;
import dev.rustbridge.benchmarks.Messages.StreamAsk;
import dev.rustbridge.benchmarks.Messages.StreamEnd;
import dev.rustbridge.benchmarks.Messages.Tick;
import dev.rustbridge.benchmarks.load.Daemons;
import dev.rustbridge.benchmarks.load.Lane;
import dev.rustbridge.benchmarks.load.Peer;
import dev.rustbridge.benchmarks.load.TickCheck;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.eclipse.lsp4j.jsonrpc.Launcher;
import org.eclipse.lsp4j.jsonrpc.services.JsonNotification;
import org.eclipse.lsp4j.jsonrpc.services.JsonRequest;
import org.jspecify.annotations.Nullable;

/**
 * LSP4J's JSON-RPC on stdio. Answers complete on its one reading thread; a stream is made
 * of notifications, as language servers do it.
 */
public final class Lsp4jPeer implements Peer {

	private static final int WRITE_BUFFER = 64 * 1024;

	private final Process process;

	private final ExecutorService reader = Executors.newSingleThreadExecutor();

	private final Chunks chunks = new Chunks();

	private final Bench remote;

	/** Starts the daemon and the client. */
	public Lsp4jPeer(Daemons daemons) throws IOException {
		process = new ProcessBuilder(daemons.binary("bench-jsonrpc").toString(), "--headers")
			.redirectError(Redirect.INHERIT)
			.start();
		Launcher<Bench> launcher = new Launcher.Builder<Bench>().setLocalService(chunks)
			.setRemoteInterface(Bench.class)
			.setInput(process.getInputStream())
			.setOutput(new BufferedOutputStream(process.getOutputStream(), WRITE_BUFFER))
			.setExecutorService(reader)
			.validateMessages(false)
			.create();
		remote = launcher.getRemoteProxy();
		launcher.startListening();
	}

	@Override
	public void send(Lane lane) {
		remote.echo(lane.ask()).whenComplete((reply, e) -> {
			if (e != null) {
				lane.failed(e);
			}
			else {
				lane.answered(reply.seq(), reply.text());
			}
		});
	}

	@Override
	public Echo call(Echo ask) throws Exception {
		return remote.echo(ask).get();
	}

	@Override
	public long stream(int count, int size, TickCheck check) throws Exception {
		chunks.check = check;
		return remote.stream(new StreamAsk(count, size)).get().count();
	}

	@Override
	public Blob result(int size) throws Exception {
		return remote.result(new Size(size)).get();
	}

	@Override
	public long sink(Blob blob) throws Exception {
		return remote.sink(blob).get().size();
	}

	@Override
	public long daemonPid() {
		return process.pid();
	}

	@Override
	public void close() {
		process.destroyForcibly();
		reader.shutdownNow();
	}

	/** What the daemon serves. */
	public interface Bench {

		/** The params, as they are. */
		@JsonRequest
		CompletableFuture<Echo> echo(Echo ask);

		/** Chunks as notifications, then their number. */
		@JsonRequest
		CompletableFuture<StreamEnd> stream(StreamAsk ask);

		/** So many bytes of text. */
		@JsonRequest
		CompletableFuture<Blob> result(Size ask);

		/** The size of a text. */
		@JsonRequest
		CompletableFuture<Size> sink(Blob blob);

	}

	/** What the daemon tells us. */
	public static final class Chunks {

		private volatile @Nullable TickCheck check;

		/** One chunk of the stream that is under way. */
		@JsonNotification
		public void chunk(Tick tick) {
			TickCheck current = check;
			if (current != null) {
				current.tick(tick.n(), tick.text());
			}
		}

	}

}
