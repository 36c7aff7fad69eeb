package dev.rustbridge.boot.diagnostics;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import dev.rustbridge.boot.BridgeContexts;
import dev.rustbridge.boot.fork.ConsoleApplication;
import dev.rustbridge.boot.fork.ForkedApplication;
import dev.rustbridge.boot.fork.ForkedApplication.Result;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a user sees on the console where the native library of junixsocket can't be
 * loaded: the application runs all the same, and one line says why, and what to do.
 */
class NativeLibraryIntegrationTests {

	private static final String TEMPORARY_FOLDER = "-Dorg.newsclub.net.unix.library.tmpdir=";

	@TempDir
	Path folder;

	@Test
	void withTheLibraryThereIsNothingToSay() throws Exception {
		assertThat(run()).contains("answered 42, heard true, over [stdio]").doesNotContain("linked by pipes", "\tat ");
	}

	@Test
	void aTemporaryFolderThatCannotBeUsedIsNamed() throws Exception {
		assertServedByPipes(run(TEMPORARY_FOLDER + "/no/such/folder"), "It is extracted to /no/such/folder first");
	}

	@Test
	void aBrokenLibraryIsNamed() throws Exception {
		Path broken = Files.writeString(this.folder.resolve("broken.so"), "no library");
		assertServedByPipes(run("-Dorg.newsclub.net.unix.library.override.force=true",
				"-Dorg.newsclub.net.unix.library.override=" + broken), broken.toString());
	}

	@Test
	@EnabledForJreRange(min = JRE.JAVA_24)
	void nativeAccessThatIsDeniedIsNamed() throws Exception {
		assertServedByPipes(run("--illegal-native-access=deny"), "Illegal native access");
	}

	@Test
	void whoAsksForPipesIsNotTold() throws Exception {
		Result result = new ForkedApplication(ConsoleApplication.class).options(TEMPORARY_FOLDER + "/no/such/folder")
			.run(daemon(), "--rustbridge.bridges.search.stdio=pipe");
		assertThat(result.exitValue()).as(result.output()).isZero();
		assertThat(result.output()).contains("over [pipe]").doesNotContain("junixsocket");
	}

	@Test
	void anApplicationThatUsesTheLibraryItselfIsToldWhatToDo() throws Exception {
		Result result = new ForkedApplication(NativeApplication.class).options(TEMPORARY_FOLDER + "/no/such/folder")
			.run();
		assertThat(result.exitValue()).isNotZero();
		assertThat(result.output()).contains("APPLICATION FAILED TO START",
				"The native library of junixsocket can't be loaded", TEMPORARY_FOLDER + "DIR",
				"--enable-native-access=ALL-UNNAMED", "Bridges need none of this");
	}

	private static void assertServedByPipes(String output, String why) {
		assertThat(output).contains("answered 42, heard true, over [pipe]", why)
			.contains("Bridge 'search': daemons are linked by pipes", TEMPORARY_FOLDER + "DIR",
					"--enable-native-access=ALL-UNNAMED")
			.containsOnlyOnce("the native library of junixsocket can't be loaded")
			.doesNotContain("\tat ");
	}

	private static String run(String... options) throws IOException, InterruptedException {
		Result result = new ForkedApplication(ConsoleApplication.class).options(options).run(daemon());
		assertThat(result.exitValue()).as(result.output()).isZero();
		return result.output();
	}

	private static String daemon() {
		return "--rustbridge.bridges.search.binary.path=" + BridgeContexts.chaosDaemon();
	}

}
