package dev.rustbridge.sample;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/**
 * Says where the page is, once it is there.
 */
@Component
class StartupMessage {

	private static final Logger logger = LoggerFactory.getLogger(StartupMessage.class);

	private final Environment environment;

	private final CodeSearchProperties properties;

	StartupMessage(Environment environment, CodeSearchProperties properties) {
		this.environment = environment;
		this.properties = properties;
	}

	@EventListener(ApplicationReadyEvent.class)
	void print() {
		logger.info("""

				  Code search is up:  http://localhost:{}/
				  It searches         {}
				""", this.environment.getRequiredProperty("local.server.port"), this.properties.root());
	}

}
