package dev.rustbridge.transport;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.stream.Stream;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.rustbridge.BridgeStartException;
import dev.rustbridge.BridgeStartException.Reason;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

@Timeout(30)
class SocketTransportTests {

	private final IoLoop loop = IoLoop.open("vpn");

	@TempDir
	private Path folder;

	private Path path;

	@BeforeEach
	void choosePath() {
		this.path = this.folder.resolve("vpn.sock");
	}

	@AfterEach
	void closeLoop() {
		this.loop.close();
	}

	private ServerSocketChannel listen(int backlog) throws IOException {
		ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
		server.bind(UnixDomainSocketAddress.of(this.path), backlog);
		server.configureBlocking(false);
		return server;
	}

	private Link connect(Long peerUid) {
		return new SocketTransport("vpn", this.path, peerUid).open(this.loop, 0);
	}

	private BridgeStartException failure(Long peerUid) {
		BridgeStartException failure = catchThrowableOfType(BridgeStartException.class, () -> connect(peerUid));
		assertThat(failure).isNotNull().hasMessageContaining("'vpn'").hasMessageContaining(this.path.toString());
		return failure;
	}

	@Test
	@EnabledOnOs(OS.LINUX)
	void theProcessThatListensIsFound() throws IOException {
		try (ServerSocketChannel server = listen(1)) {
			assertThat(server.isOpen()).isTrue();
			Link link = connect(null);
			assertThat(link.peer().pid()).isEqualTo(ProcessHandle.current().pid());
			link.close();
		}
	}

	@Test
	@EnabledOnOs(OS.LINUX)
	void whoListensOnAFileThatWasReplacedIsNotTakenForThePeer() throws IOException {
		try (ServerSocketChannel before = listen(1)) {
			Files.delete(this.path);
			try (ServerSocketChannel now = listen(1)) {
				assertThat(before.isOpen() && now.isOpen()).isTrue();
				Link link = connect(null);
				assertThat(link.peer().pid()).isEqualTo(ListenerPid.UNKNOWN);
				link.close();
			}
		}
	}

	@Test
	void aMissingSocketSaysWhatToLookAt() {
		BridgeStartException failure = failure(null);
		assertThat(failure.reason()).isEqualTo(Reason.SOCKET_NOT_FOUND);
		assertThat(failure).hasMessageContaining("is the daemon running");
	}

	@Test
	void aFileThatIsNoSocketIsNotFound() throws IOException {
		Files.createFile(this.path);
		BridgeStartException failure = failure(null);
		assertThat(failure.reason()).isEqualTo(Reason.SOCKET_NOT_FOUND);
		assertThat(failure).hasMessageContaining("is not a socket");
	}

	@Test
	void aSocketThatNobodyListensOnIsNotFound() throws IOException {
		listen(1).close();
		BridgeStartException failure = failure(null);
		assertThat(failure.reason()).isEqualTo(Reason.SOCKET_NOT_FOUND);
		assertThat(failure).hasMessageContaining("nobody listens");
	}

	@Test
	void aDaemonThatDoesNotAcceptHoldsNobodyUp() throws IOException {
		try (ServerSocketChannel server = listen(1);
				SocketChannel first = SocketChannel.open(UnixDomainSocketAddress.of(this.path));
				SocketChannel second = SocketChannel.open(UnixDomainSocketAddress.of(this.path))) {
			long begun = System.nanoTime();
			BridgeStartException failure = failure(null);
			assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(20));
			assertThat(failure.reason()).isEqualTo(Reason.SOCKET_NOT_FOUND);
			assertThat(failure).hasMessageContaining("queue of connections is full");
		}
	}

	@Test
	void aSocketOfSomebodyElseIsRejectedWithoutAConnection() throws IOException {
		try (ServerSocketChannel server = listen(1)) {
			BridgeStartException failure = failure(54321L);
			assertThat(failure.reason()).isEqualTo(Reason.PEER_REJECTED);
			assertThat(failure).hasMessageContaining("belongs to the user with the id " + OwnUser.uid())
				.hasMessageContaining("socket.peer-uid is 54321");
			assertThat(server.accept()).isNull();
		}
	}

	@Test
	void aSocketServedBySomebodyElseThanItsOwnerIsRejectedAndClosed() throws IOException {
		assumeTrue(OwnUser.uid() == 0, "only root can give a file away");
		try (ServerSocketChannel server = listen(1)) {
			Files.setAttribute(this.path, "unix:uid", 54321);
			BridgeStartException failure = failure(54321L);
			assertThat(failure.reason()).isEqualTo(Reason.PEER_REJECTED);
			assertThat(failure).hasMessageContaining("served by the user root");
			try (SocketChannel accepted = server.accept()) {
				assertThat(accepted.read(ByteBuffer.allocate(1))).isEqualTo(-1);
			}
		}
	}

	@Test
	void byDefaultOnlyTheOwnUserAndRootAreTrusted() throws IOException {
		assumeTrue(OwnUser.uid() == 0, "only root can give a file away");
		try (ServerSocketChannel server = listen(1)) {
			Files.setAttribute(this.path, "unix:uid", 54321);
			BridgeStartException failure = failure(null);
			assertThat(failure.reason()).isEqualTo(Reason.PEER_REJECTED);
			assertThat(failure).hasMessageContaining("set socket.peer-uid to 54321");
		}
	}

	@Test
	void theConfiguredUserIsTrusted() throws IOException {
		try (ServerSocketChannel server = listen(1)) {
			Link link = connect(OwnUser.uid());
			assertThat(link.peer().uid()).isEqualTo(OwnUser.uid());
			link.close();
		}
	}

	@Test
	void withoutAccessItSaysWhichAccess() throws IOException {
		assumeTrue(OwnUser.uid() != 0, "root may enter every folder");
		try (ServerSocketChannel server = listen(1)) {
			Files.setPosixFilePermissions(this.path, PosixFilePermissions.fromString("r--------"));
			assertThat(failure(null).reason()).isEqualTo(Reason.PERMISSION_DENIED);
			Files.setPosixFilePermissions(this.folder, PosixFilePermissions.fromString("---------"));
			assertThat(failure(null).reason()).isEqualTo(Reason.PERMISSION_DENIED);
		}
		finally {
			Files.setPosixFilePermissions(this.folder, PosixFilePermissions.fromString("rwx------"));
		}
	}

	@Test
	void aSocketOpenToEveryUserIsToldOnce() throws IOException {
		Logger logger = (Logger) LoggerFactory.getLogger(PeerCheck.class);
		ListAppender<ILoggingEvent> logged = new ListAppender<>();
		logged.start();
		logger.addAppender(logged);
		try (ServerSocketChannel server = listen(8)) {
			Files.setPosixFilePermissions(this.path, PosixFilePermissions.fromString("rwxrwxrwx"));
			SocketTransport transport = new SocketTransport("vpn", this.path, null);
			transport.open(this.loop, 0).close();
			transport.open(this.loop, 0).close();
			assertThat(logged.list).hasSize(1);
			assertThat(logged.list.get(0).getFormattedMessage()).contains("every user of this machine", "777");
		}
		finally {
			logger.detachAppender(logged);
		}
	}

	@Test
	void attemptsThatFailLeaveNoDescriptor() throws IOException {
		Path descriptors = Path.of("/proc/self/fd");
		assumeTrue(Files.isDirectory(descriptors), "counts them where the system shows them");
		listen(1).close();
		failure(null);
		long before = count(descriptors);
		for (int i = 0; i < 200; i++) {
			failure(null);
		}
		assertThat(count(descriptors)).isLessThanOrEqualTo(before);
	}

	private static long count(Path folder) throws IOException {
		try (Stream<Path> files = Files.list(folder)) {
			return files.count();
		}
	}

}
