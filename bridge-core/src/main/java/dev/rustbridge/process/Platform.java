package dev.rustbridge.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * An operating system on a kind of processor, under names that do not depend on who says
 * them: {@code linux-x86_64}, {@code macos-aarch64}, {@code windows-x86_64}.
 *
 * @param os {@code linux}, {@code macos}, {@code windows}, else the system's own name in
 * lower case
 * @param arch {@code x86_64}, {@code aarch64}, {@code x86}, {@code arm}, else the
 * processor's own name in lower case
 * @param musl whether the C library is musl
 */
record Platform(String os, String arch, boolean musl) {

	private static final Path OWN_PROGRAM = Path.of("/proc/self/exe");

	/**
	 * The platform that this JVM runs on.
	 * @return the platform
	 */
	static Platform current() {
		String os = os(System.getProperty("os.name", ""));
		String arch = arch(System.getProperty("os.arch", ""));
		return new Platform(os, arch, os.equals("linux") && runsOnMusl(arch));
	}

	/**
	 * The platform of these names, as the system properties of a JVM give them.
	 * @param osName for instance {@code Mac OS X}
	 * @param osArch for instance {@code amd64}
	 * @return the platform, without musl
	 */
	static Platform of(String osName, String osArch) {
		return new Platform(os(osName), arch(osArch), false);
	}

	private static String os(String name) {
		String lower = name.toLowerCase(Locale.ROOT);
		if (lower.startsWith("mac") || lower.startsWith("darwin")) {
			return "macos";
		}
		return lower.startsWith("windows") ? "windows" : lower.replace(' ', '_');
	}

	private static String arch(String name) {
		String lower = name.toLowerCase(Locale.ROOT);
		return switch (lower) {
			case "amd64", "x86_64", "x86-64", "x64" -> "x86_64";
			case "aarch64", "arm64" -> "aarch64";
			case "x86", "i386", "i486", "i586", "i686" -> "x86";
			case "arm", "arm32", "aarch32" -> "arm";
			default -> lower;
		};
	}

	/** The loader of the JVM itself tells; a system may have both installed. */
	private static boolean runsOnMusl(String arch) {
		try {
			String interpreter = ExecutableFormat.read(OWN_PROGRAM).interpreter();
			if (interpreter != null) {
				return interpreter.contains("ld-musl");
			}
		}
		catch (IOException ex) {
			// without /proc, or with an unreadable JVM: the installed loader is the next
			// best hint
			return Files.exists(muslLoader(arch));
		}
		return Files.exists(muslLoader(arch));
	}

	private static Path muslLoader(String arch) {
		return Path.of("/lib/ld-musl-" + arch + ".so.1");
	}

	boolean isLinux() {
		return this.os.equals("linux");
	}

	boolean isWindows() {
		return this.os.equals("windows");
	}

	/**
	 * The name without the C library.
	 * @return for instance {@code linux-x86_64}
	 */
	String name() {
		return this.os + "-" + this.arch;
	}

	/**
	 * The folders of the class path that may hold an executable for this platform, the
	 * best first. A static musl binary runs everywhere, so glibc systems fall back to it;
	 * the other way round only a static binary helps, and others are refused for their
	 * missing loader.
	 * @return folder names
	 */
	List<String> folders() {
		if (!this.os.equals("linux")) {
			return List.of(name());
		}
		String musl = name() + "-musl";
		return this.musl ? List.of(musl, name()) : List.of(name(), musl);
	}

	/**
	 * What executables are called.
	 * @param name the plain name
	 * @return the name with {@code .exe} on Windows
	 */
	String executableName(String name) {
		return (isWindows() && !name.toLowerCase(Locale.ROOT).endsWith(".exe")) ? name + ".exe" : name;
	}

	/**
	 * Whether a program for a processor runs here.
	 * @param program the processor's name
	 * @return whether it runs, natively or by what the system brings along for it
	 */
	boolean runs(String program) {
		if (program.equals(this.arch)) {
			return true;
		}
		return switch (this.arch) {
			case "x86_64" -> program.equals("x86") && !this.os.equals("macos");
			case "aarch64" -> switch (this.os) {
				case "macos" -> program.equals("x86_64");
				case "windows" -> program.equals("x86_64") || program.equals("x86");
				default -> program.equals("arm");
			};
			default -> false;
		};
	}

	@Override
	public String toString() {
		return this.musl ? name() + "-musl" : name();
	}

}
