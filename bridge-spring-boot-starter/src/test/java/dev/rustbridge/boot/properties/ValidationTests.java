package dev.rustbridge.boot.properties;

import dev.rustbridge.boot.BridgeContexts;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.validation.autoconfigure.ValidationAutoConfiguration;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Values are checked whether or not the application has a validator.
 */
class ValidationTests {

	private static ApplicationContextRunner runner(boolean validator) {
		ApplicationContextRunner runner = BridgeContexts.idle()
			.withConfiguration(AutoConfigurations.of(ValidationAutoConfiguration.class));
		return validator ? runner
				: runner.withClassLoader(new FilteredClassLoader("jakarta.validation", "org.hibernate.validator"));
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void aValueThatMakesNoSenseIsRefusedByItsName(boolean validator) {
		runner(validator).withPropertyValues("rustbridge.bridges.search.instances=0")
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.hasMessage("Bridge 'search': property 'instances' is 0, but must be between 1 and 1024"));
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void valuesThatMakeSenseAreTaken(boolean validator) {
		runner(validator).withPropertyValues("rustbridge.bridges.search.instances=2")
			.run((context) -> assertThat(context).hasNotFailed().hasBean("search"));
	}

}
