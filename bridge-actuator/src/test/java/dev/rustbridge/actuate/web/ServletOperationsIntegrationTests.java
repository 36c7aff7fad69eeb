package dev.rustbridge.actuate.web;

import org.springframework.boot.WebApplicationType;

/**
 * Operations of an application on a servlet container.
 */
class ServletOperationsIntegrationTests extends AbstractHttpOperationsTests {

	ServletOperationsIntegrationTests() {
		super(WebApplicationType.SERVLET);
	}

}
