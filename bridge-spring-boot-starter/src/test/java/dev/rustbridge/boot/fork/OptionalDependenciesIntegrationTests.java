package dev.rustbridge.boot.fork;

import dev.rustbridge.boot.BridgeContexts;
import dev.rustbridge.boot.fork.ForkedApplication.Result;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The starter in a JVM that has less than the tests: with {@code FilteredClassLoader} it
 * would be the application alone that sees less.
 */
class OptionalDependenciesIntegrationTests {

	private static final String[] NOT_OF_THE_STARTER = { "context-propagation", "spring-boot-starter-web",
			"spring-boot-web", "spring-web", "spring-boot-http", "spring-boot-servlet", "spring-boot-tomcat",
			"spring-boot-reactor", "spring-boot-netty", "tomcat", "netty", "reactor-netty", "reactor-test",
			"hibernate-validator", "jakarta.validation", "spring-boot-validation", "spring-boot-test", "spring-test",
			"spring-core-test", "junit", "mockito", "byte-buddy", "assertj", "awaitility", "archunit" };

	@Test
	void withTheInterfacesOfAValidatorButNoneAllWorks() throws Exception {
		assertWorks(new ForkedApplication(ConsoleApplication.class).without("hibernate-validator"));
	}

	@Test
	void withTheStarterAloneAllWorks() throws Exception {
		assertWorks(new ForkedApplication(ConsoleApplication.class).without(NOT_OF_THE_STARTER));
	}

	private static void assertWorks(ForkedApplication application) throws Exception {
		Result result = application.run("--rustbridge.bridges.search.binary.path=" + BridgeContexts.chaosDaemon());
		assertThat(result.exitValue()).as(result.output()).isZero();
		assertThat(result.output()).contains("answered 42, heard true, over [stdio]");
	}

}
