package dev.rustbridge.transport;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

@Timeout(30)
class StdioSocketsTests {

	private static final Path DESCRIPTORS = Path.of("/proc/self/fd");

	@BeforeEach
	void loadClasses() throws IOException {
		assumeTrue(Files.isDirectory(DESCRIPTORS), "counts them where the system shows them");
		StdioSockets.open().close();
	}

	private static long descriptors() throws IOException {
		try (Stream<Path> files = Files.list(DESCRIPTORS)) {
			return files.count();
		}
	}

	private static Set<Path> folders() throws IOException {
		try (Stream<Path> files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
			return files.filter((file) -> Files.exists(file.resolve("s"))).collect(Collectors.toSet());
		}
	}

	@Test
	void theyTakeTwoDescriptorsEachAndGiveThemBack() throws IOException {
		long before = descriptors();
		StdioSockets sockets = StdioSockets.open();
		assertThat(descriptors()).isEqualTo(before + 6);
		sockets.close();
		sockets.close();
		assertThat(descriptors()).isEqualTo(before);
	}

	@Test
	void noFileIsLeft() throws IOException {
		Set<Path> before = folders();
		try (StdioSockets sockets = StdioSockets.open()) {
			// those of other programs that come meanwhile are there for an instant only
			await().until(() -> before.containsAll(folders()));
		}
	}

	@Test
	void aProcessThatDoesNotStartLeavesNothing() throws IOException {
		long before = descriptors();
		for (int i = 0; i < 50; i++) {
			try (StdioSockets sockets = StdioSockets.open()) {
				ProcessBuilder builder = new ProcessBuilder("/there/is/no/such/daemon");
				sockets.redirect(builder);
				assertThatIOException().isThrownBy(builder::start);
			}
		}
		assertThat(descriptors()).isEqualTo(before);
	}

	@Test
	void theEndOfTheChildIsSeenThoughOthersAreStartedMeanwhile() throws Exception {
		try (SocketPair first = SocketPair.open(); SocketPair second = SocketPair.open()) {
			Process one = new ProcessBuilder("echo", "one").redirectOutput(first.childEnd()).start();
			Process two = new ProcessBuilder("sleep", "30").redirectOutput(second.childEnd()).start();
			first.closeChildEnd();
			second.closeChildEnd();
			ByteBuffer read = ByteBuffer.allocate(100);
			while (first.parentEnd().read(read) >= 0) {
				// blocks until the end
			}
			assertThat(new String(read.array(), 0, read.position(), StandardCharsets.US_ASCII)).isEqualTo("one\n");
			one.waitFor();
			two.destroyForcibly();
		}
	}

	@Test
	void garbageClosesNoDescriptorThatIsUsedAnew() throws Exception {
		for (int i = 0; i < 20; i++) {
			SocketPair pair = SocketPair.open();
			pair.closeChildEnd();
			pair.parentEnd().close();
		}
		List<SocketPair> reused = new ArrayList<>();
		for (int i = 0; i < 20; i++) {
			reused.add(SocketPair.open());
		}
		for (int i = 0; i < 5; i++) {
			System.gc();
			// the cleaners run on a thread of their own: make it take its turn
			Process process = new ProcessBuilder("true").redirectOutput(Redirect.DISCARD).start();
			process.waitFor();
		}
		for (SocketPair pair : reused) {
			Process process = new ProcessBuilder("echo", "here").redirectOutput(pair.childEnd()).start();
			pair.closeChildEnd();
			ByteBuffer read = ByteBuffer.allocate(10);
			pair.parentEnd().read(read);
			assertThat(read.position()).isEqualTo(5);
			process.waitFor();
			pair.close();
		}
	}

}
