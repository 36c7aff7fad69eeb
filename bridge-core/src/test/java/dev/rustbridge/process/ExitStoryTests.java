package dev.rustbridge.process;

import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ExitStoryTests {

	private static String tell(int exitValue, String... log) {
		return ExitStory.tell(exitValue, List.of(log));
	}

	@Test
	void anExitValueIsTold() {
		assertThat(tell(3)).isEqualTo("exit value 3, and it logged nothing");
	}

	@Test
	void aValueThatMayBeASignalSaysProbably() {
		assertThat(tell(137)).startsWith("exit value 137 (probably signal 9, ").contains("memory runs out");
		assertThat(tell(129)).startsWith("exit value 129 (probably signal 1)");
		assertThat(tell(255)).startsWith("exit value 255,");
	}

	@Test
	void aProcessThatLivesHasNotExited() {
		assertThat(ExitStory.tell(null, List.of())).startsWith("it has not exited");
	}

	@Test
	void theLastLineIsQuotedWhenNothingIsRecognised() {
		assertThat(tell(1, "first", "Error: no config"))
			.isEqualTo("exit value 1; the last line of its log: Error: no config");
	}

	@Test
	void aGlibcThatIsTooOldIsNamedWithTheCure() {
		assertThat(tell(1,
				"./search: /lib/x86_64-linux-gnu/libc.so.6: version `GLIBC_2.38' not found (required by ./search)"))
			.contains("it needs GLIBC_2.38", "older system", "musl");
	}

	@Test
	void aMissingSharedLibraryIsNamed() {
		assertThat(tell(127,
				"./search: error while loading shared libraries: libssl.so.3: cannot open shared object file: No such file or directory"))
			.contains("shared library libssl.so.3 is missing");
		assertThat(tell(127, "Error loading shared library libgcc_s.so.1: No such file or directory (needed by ./s)"))
			.contains("shared library libgcc_s.so.1 is missing");
		assertThat(tell(134, "dyld[42]: Library not loaded: @rpath/libx.dylib"))
			.contains("@rpath/libx.dylib is missing");
	}

	@Test
	void aWrapperWhoseProgramIsForAnotherMachineSaysSo() {
		assertThat(tell(126, "run.sh: line 2: ./search: cannot execute binary file: Exec format error"))
			.contains("not made for this machine");
	}

	@Test
	void aPanicIsToldWithPlaceAndMessage() {
		assertThat(tell(101, "INFO up", "thread 'main' (77) panicked at src/main.rs:3:5:", "index out of bounds",
				"note: run with `RUST_BACKTRACE=1`"))
			.isEqualTo("exit value 101: it panicked at src/main.rs:3:5: index out of bounds");
		assertThat(tell(101, "thread 'main' panicked at 'old style', src/main.rs:3:5"))
			.isEqualTo("exit value 101: it panicked at src/main.rs:3:5: old style");
	}

	@Test
	void anArgumentThatItDoesNotKnowNamesTheProperty() {
		assertThat(tell(2, "error: unexpected argument '--management' found", "", "Usage: search"))
			.contains("does not know the argument --management", "'args'");
	}

	@Test
	void anInstructionThatIsNotKnownNamesTheUsualCause() {
		assertThat(tell(132)).contains("target-cpu=native");
	}

}
