package dev.rustbridge.sample.browser;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import dev.rustbridge.sample.SampleProcess;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.AfterTestExecutionCallback;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Opens the page of the packaged application in a browser, anew for each test.
 */
abstract class AbstractPageTests {

	/** Files of the tree, each with a hundred lines. */
	static final int FILES = 300;

	private static final String FRAMES = """
			Promise.race([
				new Promise((resolve) => requestAnimationFrame(() => resolve('they come'))),
				new Promise((resolve) => setTimeout(() => resolve('none within a second'), 1000)),
			])""";

	@TempDir
	static Path tree;

	private static Playwright playwright;

	private static Browser browser;

	private static SampleProcess application;

	/**
	 * What the application and the page knew when a test failed: it can't be asked later.
	 */
	@RegisterExtension
	final AfterTestExecutionCallback evidence = (test) -> test.getExecutionException().ifPresent((failure) -> {
		for (String what : List.of("actuator/bridges/search", "actuator/bridges/search/frames")) {
			System.out.println(what + ": " + this.page.request().get(application.address() + what).text());
		}
		System.out.println("frames of the page: " + this.page.evaluate(FRAMES));
	});

	private final List<String> errors = new ArrayList<>();

	private BrowserContext context;

	Page page;

	@BeforeAll
	static void start() throws Exception {
		PlaywrightAssertions.setDefaultAssertionTimeout(20_000);
		playwright = Playwright.create();
		browser = Chromium.launch(playwright);
		for (int file = 0; file < FILES; file++) {
			Path source = tree.resolve("package" + file % 7).resolve("Source" + file + ".java");
			Files.createDirectories(source.getParent());
			Files.writeString(source,
					"class Source" + file + " {\n" + "\tint field = 1; // needle\n".repeat(98) + "}\n");
		}
		application = SampleProcess.start(tree);
	}

	@AfterAll
	static void stop() throws Exception {
		try (Playwright toClose = playwright; SampleProcess toStop = application) {
			if (browser != null) {
				browser.close();
			}
		}
	}

	@BeforeEach
	void open() {
		this.context = browser
			.newContext(new Browser.NewContextOptions().setPermissions(List.of("clipboard-read", "clipboard-write")));
		this.page = this.context.newPage();
		this.page.onPageError(this.errors::add);
		this.page.navigate(application.address());
		assertThat(this.page.locator("#pill-text")).hasText("Daemon ready");
	}

	@AfterEach
	void closeWithoutErrors() {
		this.context.close();
		assertThat(this.errors).isEmpty();
	}

	void search(String pattern) {
		this.page.locator("#q").fill(pattern);
	}

	long pid() {
		return Long.parseLong(this.page.locator("#fact-pid").textContent());
	}

	static void signal(String signal, long pid) throws Exception {
		Process kill = new ProcessBuilder("kill", "-" + signal, Long.toString(pid)).inheritIO().start();
		assertThat(kill.waitFor()).isZero();
	}

}
