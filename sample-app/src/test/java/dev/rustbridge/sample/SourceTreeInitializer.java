package dev.rustbridge.sample;

import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * Has the application search the {@link SourceTree}, and bring a daemon back quickly that
 * was killed by several tests in a row.
 */
class SourceTreeInitializer implements ApplicationContextInitializer<ConfigurableApplicationContext> {

	@Override
	public void initialize(ConfigurableApplicationContext context) {
		TestPropertyValues
			.of("code-search.root=" + SourceTree.root(), "rustbridge.bridges.search.reconnect.max-delay=200ms")
			.applyTo(context);
	}

}
