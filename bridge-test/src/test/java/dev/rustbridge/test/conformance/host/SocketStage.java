package dev.rustbridge.test.conformance.host;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Plays a scenario on a Unix socket, on threads of the test: quicker than a process each.
 */
final class SocketStage implements AutoCloseable {

	private final String scenario;

	private final ServerSocketChannel server;

	private final List<Thread> threads = new CopyOnWriteArrayList<>();

	private final List<SocketChannel> connections = new CopyOnWriteArrayList<>();

	SocketStage(String scenario, Path socket) throws IOException {
		this.scenario = scenario;
		this.server = ServerSocketChannel.open(StandardProtocolFamily.UNIX).bind(UnixDomainSocketAddress.of(socket));
		start(this::accept);
	}

	private void start(Runnable task) {
		Thread thread = new Thread(task, "scenario-" + this.scenario);
		thread.setDaemon(true);
		this.threads.add(thread);
		thread.start();
	}

	private void accept() {
		try {
			while (true) {
				SocketChannel connection = this.server.accept();
				this.connections.add(connection);
				start(() -> play(connection));
			}
		}
		catch (IOException ex) {
			// closed with the test
		}
	}

	private void play(SocketChannel connection) {
		Stage.Exit exit = new Stage.Exit() {

			@Override
			public void exit(int value) throws IOException {
				connection.close();
			}

			@Override
			public void closeOutput() throws IOException {
				connection.shutdownOutput();
			}

		};
		try (connection;
				InputStream input = Channels.newInputStream(connection);
				OutputStream output = Channels.newOutputStream(connection)) {
			HostScenarios.play(this.scenario, input, output, exit);
		}
		catch (IOException ex) {
			// the host is gone, as many a script wants it to be
		}
	}

	@Override
	public void close() throws IOException {
		this.server.close();
		for (SocketChannel connection : this.connections) {
			connection.close();
		}
		this.threads.forEach(Thread::interrupt);
	}

}
