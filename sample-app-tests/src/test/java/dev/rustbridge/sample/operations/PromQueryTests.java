package dev.rustbridge.sample.operations;

import java.util.List;

import dev.rustbridge.sample.operations.PromQuery.LabelMatcher;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * What a query asks for, and whether it is there.
 */
class PromQueryTests {

	private final Scrape scrape = new Scrape("""
			# HELP up_total Starts
			# TYPE up_total counter
			up_total{bridge="search",state="ready"} 1.0
			up_total{bridge="search",state="failed"} 0.0
			down 3.0
			took_seconds_bucket{bridge="a \\"quoted\\", name",le="0.5"} 2
			""");

	@Test
	void theSeriesOfAQueryAreFound() {
		assertThat(PromQuery.selectors("sum by (job, bridge) (rate(a_total{x=\"1\", y!~\"2|3\"}[5m])) / b > 0.5"))
			.satisfiesExactly((a) -> {
				assertThat(a.metric()).isEqualTo("a_total");
				assertThat(a.matchers()).containsExactly(new LabelMatcher("x", "=", "1"),
						new LabelMatcher("y", "!~", "2|3"));
				assertThat(a.labels()).containsExactly("x", "y", "job", "bridge");
			}, (b) -> {
				assertThat(b.metric()).isEqualTo("b");
				assertThat(b.labels()).isEmpty();
			});
	}

	@Test
	void labelsByWhichSidesAreMatchedAreThoseOfBoth() {
		assertThat(PromQuery.selectors("a and on (bridge) b")).extracting(PromQuery.Selector::labels)
			.allSatisfy((labels) -> assertThat(labels).containsExactly("bridge"));
	}

	@ParameterizedTest
	@ValueSource(
			strings = { "sum(a", "a b", "rate(a[5])", "nothing(a)", "a{x=1}", "a ! b", "", "a{x=\"1\"", "a offset b" })
	void whatIsNotUnderstoodIsRefused(String query) {
		assertThatIllegalArgumentException().isThrownBy(() -> PromQuery.selectors(query));
	}

	@ParameterizedTest
	@CsvSource(quoteCharacter = '\'', delimiter = '#',
			value = { "rate(missing_total[5m])#there is no metric missing_total",
					"sum by (kind) (up_total)#up_total has no label kind",
					"up_total{state=~\"ready|gone\"}#up_total has no state gone, only [failed, ready]" })
	void whatIsNotThereIsNamed(String query, String objection) {
		assertThat(this.scrape.objections(query)).containsExactly(objection);
	}

	@ParameterizedTest
	@ValueSource(strings = { "down > 2", "down unless down offset 10m",
			"sum by (job, instance, bridge) (up_total{bridge=~\"$bridge\"})",
			"histogram_quantile(0.99, sum by (le) (rate(took_seconds_bucket[$__rate_interval])))" })
	void whatIsThereIsRight(String query) {
		assertThat(this.scrape.objections(query)).isEqualTo(List.of());
	}

}
