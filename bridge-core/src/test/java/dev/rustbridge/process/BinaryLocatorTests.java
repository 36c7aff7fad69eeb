package dev.rustbridge.process;

import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;

import dev.rustbridge.BridgeOptions;
import dev.rustbridge.BridgeStartException;
import dev.rustbridge.BridgeStartException.Reason;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class BinaryLocatorTests {

	private static final String SCRIPT = "#!/bin/sh\n";

	@TempDir
	Path root;

	private Path directory;

	private final Map<String, String> environment = new HashMap<>();

	private List<ClassLoader> classLoaders = List.of();

	private Platform platform = new Platform("linux", "x86_64", false);

	private @Nullable String name = "search";

	private @Nullable Path path;

	private @Nullable String envVar;

	private @Nullable List<Path> searchPaths;

	private boolean searchSystemPath = true;

	private @Nullable String sha256;

	@BeforeEach
	void makeApplication() throws IOException {
		this.directory = Files.createDirectories(this.root.resolve("project/application"));
	}

	private LocatedBinary locate() {
		BridgeOptions.Binary binary = new BridgeOptions.Binary(this.name, this.path, this.envVar, this.searchPaths,
				this.searchSystemPath, this.sha256, this.root.resolve("cache"));
		return BinaryLocator.locate("b", binary, new Surroundings(this.platform, this.environment, this.directory,
				this.root.resolve("home"), this.root.resolve("tmp"), this.classLoaders));
	}

	private BridgeStartException failure() {
		return assertThatExceptionOfType(BridgeStartException.class).isThrownBy(this::locate).actual();
	}

	private Path put(String file) throws IOException {
		return Executables.script(this.root.resolve(file), SCRIPT);
	}

	private Path putResource(String folder, String name) throws IOException {
		Path classes = this.root.resolve("classes");
		Path file = Executables.script(classes.resolve("META-INF/rustbridge/" + folder + "/" + name), SCRIPT);
		Executables.mode(file, "rw-r--r--");
		useClassPath(classes);
		return file;
	}

	private void useClassPath(Path entry) throws MalformedURLException {
		this.classLoaders = List.of(new URLClassLoader(new URL[] { entry.toUri().toURL() }, null));
	}

	@Test
	void theExplicitPathWinsOverAllElse() throws IOException {
		put("project/application/target/release/search");
		this.path = put("elsewhere/search-2");

		assertThat(locate().executable()).isEqualTo(this.path);
	}

	@Test
	void aRelativePathIsRelativeToTheApplication() throws IOException {
		Path file = put("project/tools/search");
		this.path = Path.of("../tools/search");

		assertThat(locate().executable()).isEqualTo(file);
	}

	@Test
	void aWrongExplicitPathFailsAndNothingElseIsTried() throws IOException {
		put("project/application/target/release/search");
		this.environment.put("PATH", put("bin/search").getParent().toString());
		this.path = this.root.resolve("typo");

		BridgeStartException failure = failure();

		assertThat(failure.reason()).isEqualTo(Reason.BINARY_NOT_FOUND);
		assertThat(failure.tried()).containsExactly("binary.path: " + this.path + " does not exist");
		assertThat(failure).hasMessageContaining("'b'").hasMessageContaining("never replaced by a look-up");
	}

	@Test
	void anExplicitPathThatIsNotExecutableFailsAndKeepsItsMode() throws IOException {
		this.path = Executables.mode(put("search"), "rw-------");

		assertThat(failure().reason()).isEqualTo(Reason.NOT_EXECUTABLE);
		assertThat(Files.isExecutable(this.path)).isFalse();
	}

	@Test
	void theEnvironmentVariableComesBeforeTheClassPath() throws IOException {
		putResource("linux-x86_64", "search");
		Path file = put("from-env");
		this.envVar = "SEARCH_BIN";
		this.environment.put("SEARCH_BIN", file.toString());

		assertThat(locate().executable()).isEqualTo(file);
	}

	@Test
	void anEnvironmentVariableThatIsWrongIsPassedOverAndRemembered() throws IOException {
		Path file = put("project/application/target/release/search");
		this.envVar = "SEARCH_BIN";
		this.environment.put("SEARCH_BIN", "/no/such/file");

		LocatedBinary found = locate();

		assertThat(found.executable()).isEqualTo(file);
		assertThat(found.tried()).contains("environment variable SEARCH_BIN: /no/such/file does not exist");
	}

	@Test
	void anEmptyEnvironmentVariableCountsAsNotSet() throws IOException {
		put("project/application/target/release/search");
		this.envVar = "SEARCH_BIN";
		this.environment.put("SEARCH_BIN", " ");

		assertThat(locate().tried()).contains("environment variable SEARCH_BIN: not set");
	}

	@Test
	void theClassPathComesBeforeCargosFoldersAndIsExtracted() throws IOException {
		put("project/application/target/release/search");
		Path resource = putResource("linux-x86_64", "search");

		LocatedBinary found = locate();

		assertThat(found.executable()).startsWith(this.root.resolve("cache/executables"))
			.isExecutable()
			.hasSameBinaryContentAs(resource);
		assertThat(Files.isExecutable(resource)).isFalse();
	}

	@Test
	void aResourceInAJarIsExtracted() throws IOException {
		Path jar = this.root.resolve("daemons.jar");
		try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
			out.putNextEntry(new JarEntry("META-INF/rustbridge/linux-x86_64/search"));
			out.write(SCRIPT.getBytes());
		}
		useClassPath(jar);

		assertThat(locate().executable()).isExecutable().hasContent(SCRIPT);
	}

	@Test
	void onMuslItsOwnBuildIsTaken() throws IOException {
		putResource("linux-x86_64", "search");
		Path musl = putResource("linux-x86_64-musl", "search");
		Files.writeString(musl, SCRIPT + "# musl\n");
		this.platform = new Platform("linux", "x86_64", true);

		assertThat(locate().executable()).hasContent(SCRIPT + "# musl\n");
	}

	@Test
	void aResourceWhoseLoaderIsMissingIsPassedOverForTheNext() throws IOException {
		Path dynamic = putResource("linux-x86_64", "search");
		Files.write(dynamic, Executables.elf(62, "/lib64/no-such-loader.so"));
		putResource("linux-x86_64-musl", "search");

		LocatedBinary found = locate();

		assertThat(found.executable()).hasContent(SCRIPT);
		assertThat(found.tried()).anyMatch((line) -> line.contains("needs the loader /lib64/no-such-loader.so"));
	}

	@Test
	void cargosFoldersAreSearchedUpToTheRootOfTheProject() throws IOException {
		Files.createDirectories(this.root.resolve("project/.git"));
		Path file = put("project/rust/target/debug/search");

		assertThat(locate().executable()).isEqualTo(file);
	}

	@Test
	void nothingAboveTheProjectIsSearched() throws IOException {
		Files.createDirectories(this.root.resolve("project/.git"));
		put("target/release/search");

		assertThat(failure().reason()).isEqualTo(Reason.BINARY_NOT_FOUND);
	}

	@Test
	void withoutARepositoryTheRowOfBuildFilesIsTheProject() throws IOException {
		Files.createFile(this.directory.resolve("pom.xml"));
		Files.createFile(this.root.resolve("project/pom.xml"));
		Path file = put("project/target/release/search");

		assertThat(locate().executable()).isEqualTo(file);
	}

	@Test
	void withoutAProjectOnlyTheDirectoryItselfIsSearched() throws IOException {
		put("project/target/release/search");

		assertThat(failure().reason()).isEqualTo(Reason.BINARY_NOT_FOUND);
	}

	@Test
	void aReleaseBuildComesBeforeADebugBuild() throws IOException {
		put("project/application/target/debug/search");
		Path release = put("project/application/target/release/search");

		assertThat(locate().executable()).isEqualTo(release);
	}

	@Test
	void searchPathsReplaceCargosFolders() throws IOException {
		put("project/application/target/release/search");
		Path file = put("project/application/tools/search");
		this.searchPaths = List.of(Path.of("missing"), Path.of("tools"));

		assertThat(locate().executable()).isEqualTo(file);
	}

	@Test
	void theSystemPathComesLast() throws IOException {
		Path file = put("bin/search");
		this.environment.put("PATH", "/no/such/folder:" + file.getParent());

		assertThat(locate().executable()).isEqualTo(file);
	}

	@Test
	void theSystemPathCanBeLeftOut() throws IOException {
		this.environment.put("PATH", put("bin/search").getParent().toString());
		this.searchSystemPath = false;

		assertThat(failure().reason()).isEqualTo(Reason.BINARY_NOT_FOUND);
	}

	@Test
	void emptyAndRelativeEntriesOfTheSystemPathAreIgnored() throws IOException {
		put("project/application/search");
		this.environment.put("PATH", "::.");

		assertThat(failure().reason()).isEqualTo(Reason.BINARY_NOT_FOUND);
	}

	@Test
	void anUnfitFileOnTheSystemPathIsPassedOver() throws IOException {
		Path unfit = Executables.mode(put("bin1/search"), "rw-r--r--");
		Path fit = put("bin2/search");
		this.environment.put("PATH", unfit.getParent() + ":" + fit.getParent());

		LocatedBinary found = locate();

		assertThat(found.executable()).isEqualTo(fit);
		assertThat(found.tried()).anyMatch((line) -> line.contains(unfit + " has no execute permission"));
		assertThat(Files.isExecutable(unfit)).isFalse();
	}

	@Test
	void theFailureTellsTheWholeTrail() throws IOException {
		Files.createDirectories(this.directory.resolve("target/release/search"));
		this.envVar = "SEARCH_BIN";
		this.environment.put("PATH", "/no/such/folder");

		BridgeStartException failure = failure();

		assertThat(failure.reason()).isEqualTo(Reason.NOT_EXECUTABLE);
		assertThat(failure.tried()).satisfiesExactly(
				(line) -> assertThat(line).isEqualTo("environment variable SEARCH_BIN: not set"),
				(line) -> assertThat(line).isEqualTo("class path: no META-INF/rustbridge/linux-x86_64/search"),
				(line) -> assertThat(line).isEqualTo("class path: no META-INF/rustbridge/linux-x86_64-musl/search"),
				(line) -> assertThat(line).endsWith("target/release/search is a directory, not an executable"),
				(line) -> assertThat(line).startsWith("Cargo's folders: not in ").contains("target/debug"),
				(line) -> assertThat(line).isEqualTo("system path: not in /no/such/folder"));
		assertThat(failure.getMessage()).contains(failure.tried());
	}

	@Test
	void aNameThatIsAPathIsRefused() {
		this.name = "../search";

		assertThat(failure()).hasMessageContaining("plain name").hasMessageContaining("binary.path");
	}

	@Test
	void withADigestTheVerifiedCopyIsWhatIsExecuted() throws IOException {
		this.path = put("search");
		this.sha256 = Digests.sha256(this.path).toUpperCase(Locale.ROOT);

		LocatedBinary found = locate();

		assertThat(found.executable()).startsWith(this.root.resolve("cache")).isExecutable().hasContent(SCRIPT);
	}

	@Test
	void aWrongDigestOfAnExplicitPathFails() throws IOException {
		this.path = put("search");
		this.sha256 = "0".repeat(64);

		BridgeStartException failure = failure();

		assertThat(failure.reason()).isEqualTo(Reason.CHECKSUM_MISMATCH);
		assertThat(failure).hasMessageContaining(Digests.sha256(this.path)).hasMessageContaining("0000");
		assertThat(this.root.resolve("cache/executables")).isEmptyDirectory();
	}

	@Test
	void aWrongDigestOfAResourceFails() throws IOException {
		putResource("linux-x86_64", "search");
		this.sha256 = "0".repeat(64);

		assertThat(failure().reason()).isEqualTo(Reason.CHECKSUM_MISMATCH);
	}

	@Test
	void onWindowsAnExtensionIsAdded() throws IOException {
		Path file = Executables.executable(this.root.resolve("bin/search.exe"), Executables.pe(0x8664));
		this.platform = new Platform("windows", "x86_64", false);
		this.environment.put("Path", file.getParent().toString());

		assertThat(locate().executable()).isEqualTo(file);
	}

	@Test
	void onWindowsAnExplicitPathMayLackItsExtension() throws IOException {
		Path file = Executables.executable(this.root.resolve("bin/search.exe"), Executables.pe(0x8664));
		this.platform = new Platform("windows", "x86_64", false);
		this.path = this.root.resolve("bin/search");

		assertThat(locate().executable()).isEqualTo(file);
	}

}
