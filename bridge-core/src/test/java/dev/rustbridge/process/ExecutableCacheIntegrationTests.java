package dev.rustbridge.process;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

class ExecutableCacheIntegrationTests {

	@TempDir
	Path folder;

	@Test
	void severalJvmsShareTheCache() throws Exception {
		Path cache = this.folder.resolve("executables");
		String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
		List<Process> jvms = new ArrayList<>();
		for (int i = 0; i < 4; i++) {
			jvms.add(new ProcessBuilder(java, "-cp", System.getProperty("java.class.path"), StoringJvm.class.getName(),
					cache.toString(), TestDaemons.chaos().toString())
				.redirectErrorStream(true)
				.start());
		}

		List<String> told = new ArrayList<>();
		for (Process jvm : jvms) {
			told.addAll(jvm.inputReader().lines().filter((line) -> line.startsWith("stored ")).toList());
			assertThat(jvm.waitFor()).isZero();
		}

		assertThat(told).hasSize(4).containsOnly(told.get(0));
		assertThat(Path.of(told.get(0).substring("stored ".length()))).isExecutable()
			.hasSameBinaryContentAs(TestDaemons.chaos());
		try (Stream<Path> files = Files.list(cache)) {
			assertThat(files).hasSize(1);
		}
	}

	/** A launch elsewhere may hold the descriptor that a copy was written through. */
	@Test
	void whatWasJustStoredCanBeLaunchedWhileOthersAreLaunched() throws Exception {
		ExecutorService threads = Executors.newFixedThreadPool(4);
		try {
			List<Callable<Boolean>> launches = IntStream.range(0, 40)
				.mapToObj((i) -> (Callable<Boolean>) () -> storeAndLaunch(i))
				.toList();
			for (Future<Boolean> launch : threads.invokeAll(launches)) {
				assertThat(launch.get()).isTrue();
			}
		}
		finally {
			threads.shutdownNow();
		}
	}

	private boolean storeAndLaunch(int number) throws Exception {
		InputStream more = new ByteArrayInputStream(Integer.toString(number).getBytes(StandardCharsets.UTF_8));
		Path copy;
		try (InputStream content = new SequenceInputStream(Files.newInputStream(TestDaemons.chaos()), more)) {
			copy = new ExecutableCache(this.folder.resolve("executables")).store("chaos", content, null);
		}
		try (Host host = Host.ready(TestDaemons.options().path(copy))) {
			return host.daemon().isAlive();
		}
	}

}
