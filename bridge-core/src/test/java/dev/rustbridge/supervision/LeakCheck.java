package dev.rustbridge.supervision;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Sees to it that a test leaves nothing behind: no child process, no thread of a bridge,
 * no socket, pipe or selector. Descriptors are looked at on Linux only.
 */
public final class LeakCheck implements BeforeEachCallback, AfterEachCallback {

	private static final Path DESCRIPTORS = Path.of("/proc/self/fd");

	private static final Duration LIMIT = Duration.ofSeconds(10);

	static {
		// the JDK keeps one socket for good, from the first channel on
		try {
			SocketChannel.open(StandardProtocolFamily.UNIX).close();
		}
		catch (IOException ex) {
			throw new ExceptionInInitializerError(ex);
		}
	}

	private Set<Long> children = Set.of();

	private Map<String, Long> descriptors = Map.of();

	@Override
	public void beforeEach(ExtensionContext context) {
		// threads that serve all bridges end by themselves when there is nothing to do
		await().atMost(LIMIT).until(() -> threads().isEmpty());
		this.children = children();
		this.descriptors = descriptors();
	}

	@Override
	public void afterEach(ExtensionContext context) {
		await().atMost(LIMIT).untilAsserted(() -> assertThat(threads()).as("threads that were left behind").isEmpty());
		await().atMost(LIMIT)
			.untilAsserted(
					() -> assertThat(children()).as("processes that were left behind").isSubsetOf(this.children));
		await().atMost(LIMIT)
			.untilAsserted(() -> descriptors().forEach((kind, count) -> assertThat(count).as("open: " + kind)
				.isLessThanOrEqualTo(this.descriptors.getOrDefault(kind, 0L))));
	}

	/** Threads of bridges that live now. */
	static List<String> threads() {
		return Thread.getAllStackTraces()
			.keySet()
			.stream()
			.map(Thread::getName)
			.filter((name) -> name.startsWith("rustbridge-"))
			.toList();
	}

	/** Processes of ours that live now. */
	static Set<Long> children() {
		return ProcessHandle.current()
			.children()
			.filter(ProcessHandle::isAlive)
			.map(ProcessHandle::pid)
			.collect(Collectors.toSet());
	}

	/** Open descriptors by kind; files, such as jars, do not count. */
	static Map<String, Long> descriptors() {
		if (!Files.isDirectory(DESCRIPTORS)) {
			return Map.of();
		}
		try (Stream<Path> open = Files.list(DESCRIPTORS)) {
			return open.map(LeakCheck::kind)
				.filter((kind) -> !kind.startsWith("/"))
				.collect(Collectors.groupingBy((kind) -> kind, TreeMap::new, Collectors.counting()));
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static String kind(Path descriptor) {
		try {
			String target = Files.readSymbolicLink(descriptor).toString();
			int number = target.indexOf(":[");
			return (number >= 0) ? target.substring(0, number) : target;
		}
		catch (IOException ex) {
			// it was closed meanwhile
			return "/";
		}
	}

}
