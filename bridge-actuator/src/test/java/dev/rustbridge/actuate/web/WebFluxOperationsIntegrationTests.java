package dev.rustbridge.actuate.web;

import org.springframework.boot.WebApplicationType;

/**
 * Operations of an application on WebFlux.
 */
class WebFluxOperationsIntegrationTests extends AbstractHttpOperationsTests {

	WebFluxOperationsIntegrationTests() {
		super(WebApplicationType.REACTIVE);
	}

}
