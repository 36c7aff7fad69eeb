package dev.rustbridge.boot.diagnostics;

import java.util.ArrayList;
import java.util.List;

import dev.rustbridge.boot.BridgeContexts;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.test.system.CapturedOutput;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * Starts applications that can't start, and looks at the console.
 */
final class FailedStart {

	private FailedStart() {
	}

	/** The daemon of all bridges. */
	static String chaos() {
		return "defaults.binary.path=" + BridgeContexts.chaosDaemon();
	}

	static void run(Class<?> application, String... properties) {
		SpringApplication spring = new SpringApplication(application);
		spring.setWebApplicationType(WebApplicationType.NONE);
		List<String> arguments = new ArrayList<>(List.of("--spring.main.banner-mode=off", "--logging.level.root=info"));
		for (String property : properties) {
			arguments.add("--rustbridge." + property);
		}
		assertThatThrownBy(() -> spring.run(arguments.toArray(String[]::new)).close()).isInstanceOf(Exception.class);
	}

	static void assertAnalysis(CapturedOutput output, String... words) {
		assertThat(output).contains("APPLICATION FAILED TO START").contains(words).doesNotContain("\tat ");
	}

}
