package dev.rustbridge.boot;

import java.nio.file.Path;

import dev.rustbridge.boot.autoconfigure.RustBridgeAutoConfiguration;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

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
	 * The daemon that misbehaves on demand.
	 * @return its executable
	 */
	public static Path chaosDaemon() {
		return Path.of(System.getProperty("rustbridge.test.daemons"), "chaos-daemon");
	}

}
