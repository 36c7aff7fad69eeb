package dev.rustbridge.actuate.web;

import java.util.ArrayList;
import java.util.List;

import dev.rustbridge.actuate.Daemons;

import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * An application with a required bridge to a real daemon, an optional one whose daemon is
 * not there, and a lazy one.
 */
@SpringBootConfiguration
@EnableAutoConfiguration
class OperatedApplication {

	private static final List<String> PROPERTIES = List.of("server.port=0", "spring.main.banner-mode=off",
			"rustbridge.bridges.search.binary.path=" + Daemons.chaos(),
			"rustbridge.bridges.search.args=--stderr,warming up",
			"rustbridge.bridges.search.environment.API_TOKEN=s3cret",
			"rustbridge.bridges.search.heartbeat.interval=20ms", "rustbridge.bridges.spare.binary.path=/nowhere/spare",
			"rustbridge.bridges.spare.startup=background", "rustbridge.bridges.later.binary.path=" + Daemons.chaos(),
			"rustbridge.bridges.later.startup=lazy", "management.endpoints.web.exposure.include=health,info,bridges",
			"management.endpoint.bridges.show-values=when-authorized", "management.endpoint.health.show-details=always",
			"management.endpoint.health.probes.enabled=true",
			"management.endpoint.health.group.readiness.include=readinessState,rustbridge/search",
			"management.endpoint.health.group.discreet.include=rustbridge/search",
			"management.endpoint.health.group.discreet.show-details=never");

	static ConfigurableApplicationContext run(WebApplicationType type, String... more) {
		List<String> properties = new ArrayList<>(PROPERTIES);
		properties.addAll(List.of(more));
		return new SpringApplicationBuilder(OperatedApplication.class).web(type)
			.properties(properties.toArray(String[]::new))
			.run();
	}

}
