package dev.rustbridge.sample.operations;

import java.util.List;
import java.util.Map;

import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What can be said of the alert rules without Prometheus.
 */
class AlertRulesTests {

	private static List<String> names() {
		return OperationsDocuments.alerts().stream().map((alert) -> alert.get("alert").toString()).toList();
	}

	@Test
	void everyAlertSaysHowBadItIsAndIsExplained() {
		List<Map<String, Object>> alerts = OperationsDocuments.alerts();
		assertThat(alerts).isNotEmpty().allSatisfy((alert) -> {
			assertThat(alert.get("labels")).asString().containsPattern("severity=(critical|warning)");
			assertThat(alert.get("annotations")).asString().contains("summary=", "description=");
		});
		assertThat(OperationsDocuments.runbookSections()).containsAll(names());
	}

	@Test
	void everyAlertIsTestedForWhenItShouldFireAndWhenNot() {
		assertThat(names()).allSatisfy((name) -> {
			List<Map<String, Object>> expectations = OperationsDocuments.alertExpectations()
				.stream()
				.filter((expectation) -> expectation.get("alertname").equals(name))
				.toList();
			assertThat(expectations).anySatisfy((expectation) -> assertThat(expectation.get("exp_alerts"))
				.asInstanceOf(InstanceOfAssertFactories.LIST)
				.isNotEmpty());
			assertThat(expectations).anySatisfy((expectation) -> assertThat(expectation.get("exp_alerts"))
				.asInstanceOf(InstanceOfAssertFactories.LIST)
				.isEmpty());
		});
	}

}
