package dev.rustbridge.sample.browser;

import java.util.List;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.deque.html.axecore.results.Rule;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * The page in all its states against the rules of axe.
 */
class AccessibilityIntegrationTests extends AbstractPageTests {

	@ParameterizedTest
	@EnumSource(names = { "LIGHT", "DARK" })
	void thePageBreaksNoRuleOfAccessibility(ColorScheme scheme) {
		this.page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(scheme));
		assertNoViolation("empty");
		search("class Source1");
		assertThat(this.page.locator(".hit").first()).isVisible();
		assertNoViolation("with hits");
		this.page.locator(".hit").first().focus();
		assertNoViolation("with a chosen hit");
		search("Source(");
		assertThat(this.page.locator("#problem")).isVisible();
		assertNoViolation("with a problem");
		this.page.locator("#help-open").click();
		assertNoViolation("with the help");
	}

	private void assertNoViolation(String state) {
		List<Rule> violations = new AxeBuilder(this.page).analyze().getViolations();
		assertThat(violations).as("the page " + state)
			.extracting((rule) -> rule.getId() + ": " + rule.getHelp() + " " + rule.getNodes())
			.isEmpty();
	}

}
