package dev.rustbridge.boot.lifecycle;

import java.time.Duration;
import java.util.Map;

import dev.rustbridge.BridgeState;
import dev.rustbridge.RustBridge;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * An application that ends, and whose daemon ends a little earlier, as by Ctrl-C.
 */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
public class EndingApplication {

	/**
	 * Runs it.
	 * @param args properties
	 */
	public static void main(String[] args) {
		SpringApplication application = new SpringApplication(EndingApplication.class);
		application.setWebApplicationType(WebApplicationType.NONE);
		application.run(args);
		System.exit(0);
	}

	@Bean
	SmartLifecycle interrupted(RustBridge search) {
		return new Interrupted(search);
	}

	/**
	 * Is stopped before the bridges are, and interrupts the daemon.
	 */
	private static final class Interrupted implements SmartLifecycle {

		private final RustBridge bridge;

		private volatile boolean running;

		private Interrupted(RustBridge bridge) {
			this.bridge = bridge;
		}

		@Override
		public void start() {
			this.running = true;
		}

		@Override
		public void stop() {
			Number pid = (Number) this.bridge.command("pid")
				.retrieveMono(Map.class)
				.block(Duration.ofSeconds(10))
				.get("pid");
			ProcessHandle.of(pid.longValue()).orElseThrow().destroy();
			BridgeState state = this.bridge.states()
				.filter((next) -> next == BridgeState.STOPPED)
				.blockFirst(Duration.ofSeconds(10));
			System.out.println("without its daemon the bridge is " + state);
			this.running = false;
		}

		@Override
		public boolean isRunning() {
			return this.running;
		}

	}

}
