package dev.rustbridge.sample.browser;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType.LaunchOptions;
import com.microsoft.playwright.Playwright;
import org.junit.jupiter.api.Assumptions;

/**
 * The browser of this system. Without one the tests are skipped, but where the
 * environment variable {@code CI} is set they fail.
 */
final class Chromium {

	private static final List<String> NAMES = List.of("chromium", "chromium-browser", "google-chrome");

	private static final List<String> ARGUMENTS = List.of("--no-sandbox", "--disable-background-networking",
			"--disable-component-update", "--disable-sync");

	private Chromium() {
	}

	static Browser launch(Playwright playwright) {
		Optional<Path> executable = find();
		if (executable.isEmpty()) {
			String missing = "No browser: none of " + NAMES + " is on the PATH. On Debian: apt-get install chromium";
			if (System.getenv("CI") != null) {
				throw new IllegalStateException(missing);
			}
			System.out.println("The browser tests are skipped. " + missing);
			Assumptions.abort(missing);
		}
		return playwright.chromium().launch(new LaunchOptions().setExecutablePath(executable.get()).setArgs(ARGUMENTS));
	}

	private static Optional<Path> find() {
		return NAMES.stream()
			.flatMap((name) -> Stream.of(System.getenv("PATH").split(":")).map((folder) -> Path.of(folder, name)))
			.filter(Files::isExecutable)
			.findFirst();
	}

}
