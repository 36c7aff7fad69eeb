package dev.rustbridge.process;

import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;

import dev.rustbridge.BridgeStartException;
import dev.rustbridge.BridgeStartException.Reason;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class LaunchedSocketIntegrationTests {

	@TempDir
	Path folder;

	private Path socket;

	@BeforeEach
	void choosePath() {
		this.socket = this.folder.resolve("chaos.sock");
	}

	private TestDaemons.Options options(String... more) {
		String[] args = new String[more.length + 3];
		args[0] = "--socket";
		args[1] = this.socket.toString();
		args[2] = "--exit-with-stdin";
		System.arraycopy(more, 0, args, 3, more.length);
		return TestDaemons.options().socket(this.socket).args(args);
	}

	private void leaveStaleSocket() throws Exception {
		try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
			server.bind(UnixDomainSocketAddress.of(this.socket));
		}
		assertThat(Files.exists(this.socket)).isTrue();
	}

	@Test
	void itIsLaunchedAndThenConnectedTo() throws Exception {
		try (Host host = Host.ready(options())) {
			assertThat(host.link().kind()).isEqualTo("socket");
			assertThat(host.call("pid", "{}")).contains("\"pid\":" + host.daemon().pid() + "}");
		}
	}

	@Test
	void aSocketFileThatWasLeftBehindIsNoObstacle() throws Exception {
		leaveStaleSocket();

		try (Host host = Host.ready(options())) {
			assertThat(host.call("echo", "1")).contains("\"result\":1");
		}
	}

	@Test
	void aDaemonThatDiesBeforeItListensEndsTheLinkAtOnce() throws Exception {
		TestDaemons.Options options = options("--nonsense");
		try (Host host = Host.launch(options).read()) {
			host.awaitEnd();
			host.awaitExit();

			assertThat(host.daemon().exitValue()).isEqualTo(2);
			assertThat(host.daemon().stderrTail()).first().isEqualTo("unknown argument --nonsense");
		}
	}

	@Test
	void aSocketThatIsServedAlreadyIsRefused() throws Exception {
		try (Host host = Host.ready(options())) {
			BridgeStartException failure = assertThatExceptionOfType(BridgeStartException.class)
				.isThrownBy(() -> Host.launch(options()).close())
				.actual();

			assertThat(failure.reason()).isEqualTo(Reason.PEER_REJECTED);
			assertThat(failure).hasMessageContaining("serves the socket " + this.socket + " already");
			assertThat(host.call("echo", "1")).contains("\"result\":1");
		}
	}

	@Test
	void aSocketThatIsMadeLateIsWaitedFor() throws Exception {
		Path slow = Executables.script(this.folder.resolve("slow"),
				"#!/bin/sh\nsleep 0.3\nexec %s \"$@\"\n".formatted(TestDaemons.chaos()));

		try (Host host = Host.ready(options().path(slow))) {
			assertThat(host.call("echo", "1")).contains("\"result\":1");
		}
	}

	@Test
	void theEndOfStdinAsksItToExit() throws Exception {
		try (Host host = Host.ready(options())) {
			host.link().shutdownOutput();

			host.awaitExit();
			assertThat(host.daemon().exitValue()).isZero();
		}
	}

}
