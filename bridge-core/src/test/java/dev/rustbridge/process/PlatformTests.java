package dev.rustbridge.process;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class PlatformTests {

	@ParameterizedTest
	@CsvSource({ "Linux, amd64, linux-x86_64", "Linux, aarch64, linux-aarch64", "Mac OS X, x86_64, macos-x86_64",
			"Mac OS X, aarch64, macos-aarch64", "Windows 11, amd64, windows-x86_64",
			"Windows Server 2022, x86, windows-x86", "FreeBSD, amd64, freebsd-x86_64",
			"Linux, riscv64, linux-riscv64" })
	void namesDoNotDependOnTheJvm(String osName, String osArch, String expected) {
		assertThat(Platform.of(osName, osArch).name()).isEqualTo(expected);
	}

	@Test
	void glibcPrefersItsOwnFolderAndFallsBackToMusl() {
		assertThat(new Platform("linux", "x86_64", false).folders()).containsExactly("linux-x86_64",
				"linux-x86_64-musl");
	}

	@Test
	void muslPrefersItsOwnFolder() {
		assertThat(new Platform("linux", "aarch64", true).folders()).containsExactly("linux-aarch64-musl",
				"linux-aarch64");
	}

	@Test
	void otherSystemsHaveOneFolder() {
		assertThat(new Platform("macos", "aarch64", false).folders()).containsExactly("macos-aarch64");
	}

	@Test
	void executablesEndInExeOnWindowsOnly() {
		assertThat(Platform.of("Windows 11", "amd64").executableName("search")).isEqualTo("search.exe");
		assertThat(Platform.of("Windows 11", "amd64").executableName("search.EXE")).isEqualTo("search.EXE");
		assertThat(Platform.of("Linux", "amd64").executableName("search")).isEqualTo("search");
	}

	@Test
	void thisMachineIsRecognised() {
		Platform current = Platform.current();

		assertThat(current.runs(current.arch())).isTrue();
		assertThat(current.runs("s390x")).isEqualTo(current.arch().equals("s390x"));
	}

}
