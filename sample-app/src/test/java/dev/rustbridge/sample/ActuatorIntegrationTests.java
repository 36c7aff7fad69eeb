package dev.rustbridge.sample;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.MediaType;

/**
 * What operators see of the bridge.
 */
@SampleIntegrationTest
class ActuatorIntegrationTests {

	@Autowired
	private SampleClient client;

	private long pid;

	@BeforeEach
	void awaitIdle() {
		this.pid = this.client.awaitIdle().pid();
	}

	@Test
	void theBridgeHasAnEntryInTheHealth() {
		this.client.get(MediaType.APPLICATION_JSON, "/actuator/health")
			.expectBody()
			.jsonPath("$.components.rustbridge.components.search.status")
			.isEqualTo("UP");
	}

	@Test
	void theEndpointShowsTheDaemonThatRuns() {
		this.client.get(MediaType.APPLICATION_JSON, "/actuator/bridges")
			.expectBody()
			.jsonPath("$.bridges.search.instances[0].pid")
			.isEqualTo(this.pid);
	}

}
