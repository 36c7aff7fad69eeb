package dev.rustbridge.test.app;

import dev.rustbridge.test.ScriptedDaemonCustomizer;

import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;

/**
 * What the daemon must know when the application starts.
 */
@TestConfiguration(proxyBeanMethods = false)
class OpenedWorkspace {

	@Bean
	ScriptedDaemonCustomizer opens() {
		return (bridge, daemon) -> daemon.on("open").returns(null);
	}

}
