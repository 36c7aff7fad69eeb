package dev.rustbridge.boot.diagnostics;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;

import dev.rustbridge.boot.BridgeContexts;
import dev.rustbridge.boot.fork.ConsoleApplication;
import dev.rustbridge.boot.fork.ForkedApplication;
import dev.rustbridge.boot.fork.ForkedApplication.Result;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/**
 * What a user sees on the console who may not use what is there. Root may use everything:
 * it does without that privilege here.
 */
class PermissionIntegrationTests {

	private static final String[] UNPRIVILEGED = { "setpriv", "--bounding-set=-dac_override,-dac_read_search" };

	@TempDir
	Path folder;

	@AfterEach
	void letTheFolderBeDeleted() throws IOException {
		Path locked = this.folder.resolve("locked");
		if (Files.exists(locked)) {
			allow(locked, "rwx------");
		}
	}

	@Test
	void aFileThatThisUserMayNotExecute() throws Exception {
		Path daemon = Files.copy(BridgeContexts.chaosDaemon(), this.folder.resolve("daemon"),
				StandardCopyOption.COPY_ATTRIBUTES);
		allow(daemon, "-----x--x");
		assertAnalysis("binary.path=" + daemon, daemon + " may not be executed by this user", "mode -----x--x",
				"Let the user that runs the application use the file");
	}

	@Test
	void aSocketThatThisUserMayNotConnectTo() throws Exception {
		Path socket = this.folder.resolve("vpn.sock");
		try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
			server.bind(UnixDomainSocketAddress.of(socket));
			allow(socket, "---------");
			assertAnalysis("socket.path=" + socket, socket + " may not be connected to by this user",
					"Let the user that runs the application use the file");
		}
	}

	@Test
	void aSocketInAFolderThatThisUserMayNotEnter() throws Exception {
		Path locked = Files.createDirectory(this.folder.resolve("locked"));
		Path socket = locked.resolve("vpn.sock");
		try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
			server.bind(UnixDomainSocketAddress.of(socket));
			allow(locked, "---------");
			assertAnalysis("socket.path=" + socket,
					"a folder above the socket " + socket + " may not be entered by this user",
					"those of the folders above it");
		}
	}

	private void assertAnalysis(String property, String... words) throws IOException, InterruptedException {
		ForkedApplication application = new ForkedApplication(ConsoleApplication.class);
		if (isRoot()) {
			assumeTrue(canBeUnprivileged(), "needs setpriv, and the right to give up privileges");
			application.startedBy(UNPRIVILEGED);
		}
		Result result = application.run("--rustbridge.bridges.search." + property);
		assertThat(result.exitValue()).isNotZero();
		assertThat(result.output()).contains("APPLICATION FAILED TO START").contains(words).doesNotContain("\tat ");
	}

	private boolean isRoot() throws IOException {
		return Integer.valueOf(0).equals(Files.getAttribute(this.folder, "unix:uid"));
	}

	private static boolean canBeUnprivileged() throws InterruptedException {
		try {
			return new ProcessBuilder(UNPRIVILEGED[0], UNPRIVILEGED[1], "true").start().waitFor() == 0;
		}
		catch (IOException ex) {
			return false;
		}
	}

	private static void allow(Path file, String mode) throws IOException {
		Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
	}

}
