package dev.rustbridge.process;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import dev.rustbridge.BridgeOptions;
import dev.rustbridge.BridgeOptions.Descendants;
import dev.rustbridge.BridgeOptions.OverflowPolicy;
import dev.rustbridge.BridgeOptions.Startup;
import dev.rustbridge.BridgeOptions.StdioMode;
import dev.rustbridge.BridgeOptions.WhileUnavailable;
import org.jspecify.annotations.Nullable;

/**
 * The daemons that tests are run against, and options to launch them with.
 */
final class TestDaemons {

	private TestDaemons() {
	}

	/** The daemon that misbehaves on demand. */
	static Path chaos() {
		return Path.of(System.getProperty("rustbridge.test.daemons", "target/release"), "chaos-daemon");
	}

	static Options options() {
		return new Options();
	}

	static BridgeOptions.Shutdown shutdown(Duration exit, Duration kill, Descendants descendants) {
		return new BridgeOptions.Shutdown(Duration.ofSeconds(10), exit, kill, descendants);
	}

	/**
	 * What matters to a process, with short times.
	 */
	static final class Options {

		private Path path = chaos();

		private List<String> args = List.of("--management");

		private Map<String, String> environment = Map.of();

		private boolean inherit = true;

		private @Nullable Path directory;

		private @Nullable Path socket;

		private StdioMode stdio = StdioMode.AUTO;

		Options path(Path path) {
			this.path = path;
			return this;
		}

		Options args(String... args) {
			this.args = List.of(args);
			return this;
		}

		Options environment(Map<String, String> environment) {
			this.environment = environment;
			return this;
		}

		Options inherit(boolean inherit) {
			this.inherit = inherit;
			return this;
		}

		Options directory(Path directory) {
			this.directory = directory;
			return this;
		}

		Options socket(Path socket) {
			this.socket = socket;
			return this;
		}

		Options stdio(StdioMode stdio) {
			this.stdio = stdio;
			return this;
		}

		BridgeOptions build() {
			Duration second = Duration.ofSeconds(1);
			return new BridgeOptions("chaos", true,
					new BridgeOptions.Binary(null, this.path, null, null, true, null, null), this.args,
					this.environment, this.inherit, this.directory, new BridgeOptions.Socket(this.socket, null),
					Startup.REQUIRED, null, "ready", second, second, null, 1 << 20, second, 1 << 20, 1024, 1 << 20, 1,
					new BridgeOptions.Reconnect(true, second, second, 2, 0, null, second), WhileUnavailable.FAIL, null,
					new BridgeOptions.Heartbeat(null, second, null), null, 1, this.stdio,
					new BridgeOptions.Events(16, OverflowPolicy.DROP_OLDEST),
					shutdown(second, second, Descendants.KILL), new BridgeOptions.Stderr(null, 50));
		}

	}

}
