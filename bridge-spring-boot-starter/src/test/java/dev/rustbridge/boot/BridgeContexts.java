package dev.rustbridge.boot;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Objects;

import dev.rustbridge.RustBridge;
import dev.rustbridge.boot.autoconfigure.RustBridgeAutoConfiguration;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;

/**
 * Contexts that tests run.
 */
public final class BridgeContexts {

	private BridgeContexts() {
	}

	/**
	 * A context whose bridges find the daemon that misbehaves on demand.
	 * @return a runner
	 */
	public static ApplicationContextRunner chaos() {
		return plain().withPropertyValues("rustbridge.defaults.binary.path=" + chaosDaemon());
	}

	/**
	 * The same with one bridge, {@code search}, whose daemon emits events and asks when
	 * it is told to.
	 * @return a runner
	 */
	public static ApplicationContextRunner chaosSearch() {
		return chaos().withPropertyValues("rustbridge.bridges.search.args=--management");
	}

	/**
	 * A context whose bridges have an executable that is not there, and start nothing.
	 * @return a runner
	 */
	public static ApplicationContextRunner idle() {
		return plain().withPropertyValues("rustbridge.defaults.binary.path=/no/such/daemon",
				"rustbridge.defaults.startup=lazy");
	}

	/**
	 * A context with nothing but the starter.
	 * @return a runner
	 */
	public static ApplicationContextRunner plain() {
		return new ApplicationContextRunner().withConfiguration(
				AutoConfigurations.of(JacksonAutoConfiguration.class, RustBridgeAutoConfiguration.class));
	}

	/**
	 * The bridge that most tests declare.
	 * @param context has it
	 * @return the bridge {@code search}
	 */
	public static RustBridge search(ApplicationContext context) {
		return context.getBean("search", RustBridge.class);
	}

	/**
	 * The daemon that misbehaves on demand.
	 * @return its executable
	 */
	public static Path chaosDaemon() {
		return Path.of(System.getProperty("rustbridge.test.daemons"), "chaos-daemon");
	}

	/**
	 * A context whose bridges find a daemon that calls its host: its command {@code ask}
	 * takes the method in {@code call}, and answers with the line that the host answered.
	 * @param folder where the daemon is put
	 * @return a runner
	 */
	public static ApplicationContextRunner calling(Path folder) {
		return plain().withPropertyValues("rustbridge.defaults.binary.path=" + callingDaemon(folder));
	}

	/**
	 * The daemon that calls its host.
	 * @param folder where it is put
	 * @return its executable
	 */
	public static Path callingDaemon(Path folder) {
		Path daemon = folder.resolve("calling-daemon.sh");
		try (InputStream script = BridgeContexts.class.getResourceAsStream("calling-daemon.sh")) {
			Files.copy(Objects.requireNonNull(script), daemon);
			Files.setPosixFilePermissions(daemon, PosixFilePermissions.fromString("rwx------"));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return daemon;
	}

}
