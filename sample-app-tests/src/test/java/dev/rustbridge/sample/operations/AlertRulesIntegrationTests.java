package dev.rustbridge.sample.operations;

import org.junit.jupiter.api.Test;

/**
 * The alert rules as Prometheus' own tool sees them.
 */
class AlertRulesIntegrationTests {

	@Test
	void theRulesAreValid() throws Exception {
		PrometheusTools.run("promtool", "check", "rules", OperationsDocuments.ALERTS.toString());
	}

	@Test
	void everyAlertFiresWhenItShouldAndOnlyThen() throws Exception {
		PrometheusTools.run("promtool", "test", "rules", OperationsDocuments.ALERT_TESTS.toString());
	}

}
