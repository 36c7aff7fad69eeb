package dev.rustbridge.process;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

import dev.rustbridge.BridgeStartException.Reason;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

class ExecutableCheckTests {

	private static final int X86_64 = 62;

	private static final int AARCH64 = 183;

	private static final String NO_LOADER = "/lib/no-such-loader.so.1";

	@TempDir
	Path folder;

	private final Platform linux = new Platform("linux", "x86_64", false);

	private @Nullable Refusal refusal(Platform platform, byte[] content) throws IOException {
		return new ExecutableCheck(platform).refusal(Executables.executable(this.folder.resolve("file"), content));
	}

	private @Nullable Refusal refusal(Path file) {
		return new ExecutableCheck(this.linux).refusal(file);
	}

	private static void assertRefused(@Nullable Refusal refusal, Reason reason, String... parts) {
		assertThat(refusal).isNotNull();
		assertThat(refusal.reason()).isEqualTo(reason);
		assertThat(refusal.why()).contains(parts);
	}

	@Test
	void theJvmItselfIsFit() {
		Path java = ProcessHandle.current().info().command().map(Path::of).orElseThrow();

		assertThat(new ExecutableCheck(Platform.current()).refusal(java)).isNull();
	}

	@Test
	void aScriptIsFit() throws IOException {
		assertThat(refusal(Executables.script(this.folder.resolve("s"), "#!/bin/sh\n"))).isNull();
		assertThat(refusal(Executables.script(this.folder.resolve("s"), "#! /usr/bin/env python3\n"))).isNull();
	}

	@Test
	void aScriptWithoutItsInterpreterSaysSo() throws IOException {
		assertRefused(refusal(Executables.script(this.folder.resolve("s"), "#!/no/such/shell -e\n")),
				Reason.NOT_EXECUTABLE, "script for /no/such/shell, which does not exist");
	}

	@Test
	void aTextThatOnlyAShellCouldRunIsRefused() throws IOException {
		assertRefused(refusal(Executables.script(this.folder.resolve("s"), "rm -rf something\n")),
				Reason.NOT_EXECUTABLE, "neither a program nor a script");
	}

	@Test
	void aMissingFileSaysSo() {
		assertRefused(refusal(this.folder.resolve("none")), Reason.BINARY_NOT_FOUND, "does not exist");
	}

	@Test
	void aDanglingLinkNamesItsTarget() throws IOException {
		Path link = Files.createSymbolicLink(this.folder.resolve("link"), Path.of("/no/such/target"));

		assertRefused(refusal(link), Reason.BINARY_NOT_FOUND, "symbolic link to /no/such/target, which does not exist");
	}

	@Test
	void aDirectorySaysSo() {
		assertRefused(refusal(this.folder), Reason.NOT_EXECUTABLE, "is a directory");
	}

	@Test
	void aSocketIsNoRegularFile() throws IOException {
		Path socket = this.folder.resolve("socket");
		try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
			server.bind(UnixDomainSocketAddress.of(socket));

			assertRefused(refusal(socket), Reason.NOT_EXECUTABLE, "is no regular file");
		}
	}

	@Test
	void aMissingExecuteBitIsToldWithTheCureAndLeftAlone() throws IOException {
		Path file = Executables.script(this.folder.resolve("s"), "#!/bin/sh\n");
		Executables.mode(file, "rw-r--r--");

		assertRefused(refusal(file), Reason.NOT_EXECUTABLE, "no execute permission (mode rw-r--r--)",
				"chmod +x " + file);
		assertThat(Files.isExecutable(file)).isFalse();
	}

	@Test
	void anEmptyFileSaysSo() throws IOException {
		assertRefused(refusal(this.linux, new byte[0]), Reason.NOT_EXECUTABLE, "is empty");
	}

	@Test
	void anObjectFileSaysSo() throws IOException {
		assertRefused(refusal(this.linux, Executables.object(X86_64)), Reason.NOT_EXECUTABLE, "object file");
	}

	@Test
	void anotherProcessorIsNamed() throws IOException {
		assertRefused(refusal(this.linux, Executables.elf(AARCH64, NO_LOADER)), Reason.NOT_EXECUTABLE,
				"made for linux-aarch64, but this machine is linux-x86_64");
	}

	@Test
	void aProgramForMacOsIsNamed() throws IOException {
		assertRefused(refusal(this.linux, Executables.machO(0x0100000C)), Reason.NOT_EXECUTABLE,
				"made for macos-aarch64, but this machine is linux-x86_64");
	}

	@Test
	void aProgramForWindowsIsNamed() throws IOException {
		assertRefused(refusal(this.linux, Executables.pe(0x8664)), Reason.NOT_EXECUTABLE,
				"made for windows-x86_64, but this machine is linux-x86_64");
	}

	@Test
	void aFatProgramIsFitIfOneOfItsPartsIs() throws IOException {
		byte[] fat = Executables.fatMachO(0x01000007, 0x0100000C);

		assertThat(refusal(new Platform("macos", "aarch64", false), fat)).isNull();
		assertRefused(refusal(this.linux, fat), Reason.NOT_EXECUTABLE, "made for macos-x86_64+aarch64");
	}

	@Test
	void aJavaClassIsNoFatProgram() throws IOException {
		byte[] javaClass = Executables.fatMachO(new int[61]);

		assertRefused(refusal(new Platform("macos", "aarch64", false), javaClass), Reason.NOT_EXECUTABLE,
				"neither a program nor a script");
	}

	@Test
	void aMissingLoaderIsNamedWithTheCure() throws IOException {
		assertRefused(refusal(this.linux, Executables.elf(X86_64, "/lib/ld-musl-none.so.1")), Reason.NOT_EXECUTABLE,
				"needs the loader /lib/ld-musl-none.so.1", "linked against musl");
		assertRefused(refusal(this.linux, Executables.elf(X86_64, "/lib64/ld-linux-none.so.2")), Reason.NOT_EXECUTABLE,
				"linked against glibc", "x86_64-unknown-linux-musl");
	}

	@Test
	void aFileThatEndsInItsHeadersIsRefused() throws IOException {
		byte[] elf = Executables.elf(X86_64, NO_LOADER);
		byte[] cut = Arrays.copyOf(elf, 70);

		assertRefused(refusal(this.linux, cut), Reason.NOT_EXECUTABLE, "neither a program nor a script");
	}

	@Test
	void headersThatNameImpossiblePlacesAreRefused() throws IOException {
		byte[] elf = Executables.elf(X86_64, NO_LOADER);
		Arrays.fill(elf, 32, 40, (byte) 0xFF);
		assertRefused(refusal(this.linux, elf), Reason.NOT_EXECUTABLE, "neither a program nor a script");

		elf = Executables.elf(X86_64, NO_LOADER);
		Arrays.fill(elf, 54, 58, (byte) 0xFF);
		assertRefused(refusal(this.linux, elf), Reason.NOT_EXECUTABLE, "neither a program nor a script");
	}

}
