package dev.rustbridge.test.conformance;

import java.nio.file.Path;
import java.time.Duration;

/**
 * The daemons that the kit is tried on.
 */
final class Daemons {

	/**
	 * Short, so that tests are.
	 */
	static final Duration QUIET = Duration.ofMillis(30);

	private Daemons() {
	}

	static ConformanceOptions.Builder quick(String... command) {
		return ConformanceOptions.command(command).quietTime(QUIET);
	}

	static String chaos() {
		return binaries().resolve("chaos-daemon").toString();
	}

	static String codeSearch() {
		return binaries().resolve("code-search").toString();
	}

	static String example(String name) {
		return binaries().resolve("examples").resolve(name).toString();
	}

	/**
	 * The example that has a method for each role.
	 */
	static ConformanceOptions.Builder workbench(ConformanceOptions.Builder options) {
		return options.method(MethodRole.ECHO, "echo", "{}")
			.method(MethodRole.COMMAND, "void", "{}")
			.method(MethodRole.STREAM, "count", "{\"to\":10}")
			.method(MethodRole.SLOW, "sleep", "{\"ms\":600000}")
			.method(MethodRole.FAIL, "fail", "{\"text\":\"no luck\"}")
			.method(MethodRole.UPLOAD, "sum", "{}")
			.method(MethodRole.DOWNLOAD, "download", "{\"size\":200000}")
			.method(MethodRole.UPLOAD_BYTES, "echoBytes", "{}")
			.method(MethodRole.CALLING, "ask", "{\"method\":\"m\",\"params\":{}}");
	}

	private static Path binaries() {
		return Path.of(System.getProperty("rustbridge.test.daemons"));
	}

}
