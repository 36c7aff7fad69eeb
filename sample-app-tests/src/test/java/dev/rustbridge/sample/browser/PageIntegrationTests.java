package dev.rustbridge.sample.browser;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import org.junit.jupiter.api.Test;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a user sees and does on the page.
 */
class PageIntegrationTests extends AbstractPageTests {

	@Test
	void whatIsTypedIsSearchedAndTheMatchesAreMarked() {
		search("class Source4[0-9]\\b");
		assertThat(this.page.locator("#status"))
			.hasText(Pattern.compile("10 hits in 10 files · 300 files searched .*"));
		assertThat(this.page.locator(".file")).hasCount(10);
		Locator file = this.page.locator(".file", new Page.LocatorOptions().setHasText("package5/Source40.java"));
		assertThat(file.locator(".number")).hasText("1");
		assertThat(file.locator("mark")).hasText("class Source40");
	}

	@Test
	void hitsStreamInBeforeTheSearchIsOver() {
		this.page.evaluate("""
				() => {
				  window.statuses = [];
				  new MutationObserver(() => window.statuses.push(document.getElementById('status').textContent))
				    .observe(document.getElementById('status'), { childList: true });
				}""");
		this.page.locator("#max").selectOption("10000");
		search("needle");
		assertThat(this.page.locator("#status")).containsText("there is more");
		assertThat(this.page.locator(".hit")).hasCount(10_000);
		assertThat((List<?>) this.page.evaluate("window.statuses"))
			.anySatisfy((status) -> assertThat(status.toString()).matches("[0-9,]+ hits in [0-9]+ files? so far"));
	}

	@Test
	void aGlobAndTheCaseNarrowTheSearch() {
		this.page.locator("#glob").fill("*Source7.java");
		search("NEEDLE");
		assertThat(this.page.locator("#status")).containsText("No hits");
		this.page.getByLabel("Ignore case").click();
		assertThat(this.page.locator("#status")).containsText("98 hits in 1 file");
	}

	@Test
	void aBadRegularExpressionIsExplainedAtTheField() {
		search("Source(");
		assertThat(this.page.locator("#problem")).containsText("unclosed group");
		assertThat(this.page.locator("#q")).hasAttribute("aria-invalid", "true");
		search("Source1");
		assertThat(this.page.locator("#problem")).isHidden();
		assertThat(this.page.locator(".hit").first()).isVisible();
	}

	@Test
	void theAddressKeepsTheQuery() {
		search("class Source12\\b");
		assertThat(this.page.locator(".hit")).hasCount(1);
		this.page.reload();
		assertThat(this.page.locator("#q")).hasValue("class Source12\\b");
		assertThat(this.page.locator(".hit")).hasCount(1);
	}

	@Test
	void everythingCanBeDoneFromTheKeyboard() {
		this.page.locator("h1").click();
		this.page.keyboard().press("/");
		assertThat(this.page.locator("#q")).isFocused();
		this.page.keyboard().type("class Source1[0-9]\\b");
		this.page.keyboard().press("Enter");
		assertThat(this.page.locator(".hit")).hasCount(10);
		this.page.keyboard().press("ArrowDown");
		assertThat(this.page.locator(".hit").first()).isFocused();
		this.page.keyboard().press("j");
		this.page.keyboard().press("n");
		assertThat(this.page.locator(".hit").nth(2)).isFocused();
		this.page.keyboard().press("Enter");
		assertThat(this.page.locator("#toast")).hasText(Pattern.compile("Copied package\\d/Source1\\d\\.java:1"));
		this.page.keyboard().press("?");
		assertThat(this.page.locator("#help")).isVisible();
		this.page.keyboard().press("Escape");
		assertThat(this.page.locator("#help")).isHidden();
	}

	@Test
	void aSearchGoesOnWhereThePageGetsNoFrames() {
		// as in a tab that is hidden while it waits for the next one
		this.page.evaluate("window.requestAnimationFrame = () => 0");
		search("needle");
		assertThat(this.page.locator("#status")).containsText("2,000 hits");
	}

	@Test
	void aKilledDaemonIsSeenToGoAndToComeBack() throws Exception {
		long pid = pid();
		signal("KILL", pid);
		assertThat(this.page.locator("#timeline")).containsText("Lost");
		assertThat(this.page.locator("#timeline")).containsText("signal 9");
		assertThat(this.page.locator("#pill-text")).hasText("Daemon ready");
		assertThat(this.page.locator("#fact-pid")).not().hasText(Long.toString(pid));
		search("needle");
		assertThat(this.page.locator("#status")).containsText("2,000 hits");
	}

	@Test
	void aSearchWhoseDaemonIsKilledSaysSoAndCanBeRepeated() throws Exception {
		long pid = pid();
		// a daemon that is stopped answers nothing: the search is sure to be under way
		signal("STOP", pid);
		search("needle");
		assertThat(this.page.locator("#stop")).isVisible();
		signal("KILL", pid);
		assertThat(this.page.locator("#banner-text")).containsText("signal 9");
		this.page.locator("#again").click();
		assertThat(this.page.locator("#banner")).isHidden();
		assertThat(this.page.locator("#status")).containsText("2,000 hits");
	}

	@Test
	void aSearchCanBeStopped() throws Exception {
		long pid = pid();
		signal("STOP", pid);
		search("needle");
		assertThat(this.page.locator("#stop")).isVisible();
		this.page.keyboard().press("Escape");
		assertThat(this.page.locator("#stop")).isHidden();
		assertThat(this.page.locator("#status")).hasText("Stopped after 0 hits in 0 files");
		signal("CONT", pid);
		assertThat(this.page.locator("#fact-searches")).containsText("0 running");
	}

	@Test
	void aFileThatChangesIsShown() throws Exception {
		Path file = tree.resolve("Written.java");
		Files.writeString(file, "class Written {}");
		assertThat(this.page.locator("#changes")).containsText("Written.java");
		Files.delete(file);
	}

}
