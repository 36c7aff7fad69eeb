package dev.rustbridge.process;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;

import dev.rustbridge.BridgeStartException.Reason;
import dev.rustbridge.process.ExecutableFormat.Kind;
import org.jspecify.annotations.Nullable;

/**
 * Whether a file can be executed here, found out without executing it and without
 * changing anything about it.
 */
final class ExecutableCheck {

	private final Platform platform;

	ExecutableCheck(Platform platform) {
		this.platform = platform;
	}

	/**
	 * Looks at a candidate.
	 * @param file the candidate
	 * @return why it can't be executed, {@code null} when nothing speaks against it
	 */
	@Nullable Refusal refusal(Path file) {
		Refusal refusal = fileRefusal(file);
		if (refusal != null) {
			return refusal;
		}
		try {
			return formatRefusal(ExecutableFormat.read(file));
		}
		catch (AccessDeniedException ex) {
			// may be executed but not read: fine, there is only less to tell
			return null;
		}
		catch (IOException ex) {
			return new Refusal(Reason.NOT_EXECUTABLE, "can't be read: " + ex.getMessage());
		}
	}

	private @Nullable Refusal fileRefusal(Path file) {
		if (!Files.exists(file)) {
			return new Refusal(Reason.BINARY_NOT_FOUND, missing(file));
		}
		if (Files.isDirectory(file)) {
			return new Refusal(Reason.NOT_EXECUTABLE, "is a directory, not an executable");
		}
		if (!Files.isRegularFile(file)) {
			return new Refusal(Reason.NOT_EXECUTABLE, "is no regular file");
		}
		return Files.isExecutable(file) ? null : permissionRefusal(file);
	}

	private static String missing(Path file) {
		if (Files.isSymbolicLink(file)) {
			try {
				return "is a symbolic link to " + Files.readSymbolicLink(file) + ", which does not exist";
			}
			catch (IOException ex) {
				return "is a symbolic link that can't be followed: " + ex.getMessage();
			}
		}
		Path folder = file.getParent();
		if (folder != null && Files.isDirectory(folder) && !Files.isExecutable(folder)) {
			return "can't be looked up: this user has no access to the folder " + folder;
		}
		return Files.exists(file, LinkOption.NOFOLLOW_LINKS) ? "can't be accessed" : "does not exist";
	}

	private static Refusal permissionRefusal(Path file) {
		try {
			Set<PosixFilePermission> mode = Files.getPosixFilePermissions(file);
			String text = PosixFilePermissions.toString(mode);
			if (!text.contains("x")) {
				return new Refusal(Reason.NOT_EXECUTABLE,
						"has no execute permission (mode %s); allow it with: chmod +x %s".formatted(text, file));
			}
			return new Refusal(Reason.PERMISSION_DENIED,
					("may not be executed by this user (owner %s, mode %s): either its mode does not include us, "
							+ "or its file system is mounted with 'noexec'")
						.formatted(Files.getOwner(file).getName(), text));
		}
		catch (IOException | UnsupportedOperationException ex) {
			return new Refusal(Reason.PERMISSION_DENIED, "may not be executed by this user");
		}
	}

	private @Nullable Refusal formatRefusal(ExecutableFormat format) {
		return switch (format.kind()) {
			case EMPTY -> new Refusal(Reason.NOT_EXECUTABLE, "is empty");
			case OBJECT -> new Refusal(Reason.NOT_EXECUTABLE, "is an object file that was not linked to a program");
			case SCRIPT -> scriptRefusal(format.interpreter());
			// elsewhere the JDK would hand it to a shell, line by line
			case UNKNOWN -> this.platform.isWindows() ? null : new Refusal(Reason.NOT_EXECUTABLE,
					"is neither a program nor a script whose first line begins with #!");
			case ELF, MACH_O, PE -> programRefusal(format);
		};
	}

	private @Nullable Refusal programRefusal(ExecutableFormat format) {
		String os = format.kind().os();
		List<String> architectures = format.architectures();
		boolean sameSystem = this.platform.os().equals(os) || (format.kind() == Kind.ELF && !isKnownSystem());
		if (!sameSystem || architectures.stream().noneMatch(this.platform::runs)) {
			return new Refusal(Reason.NOT_EXECUTABLE, "is made for %s-%s, but this machine is %s; build it for this one"
				.formatted(os, String.join("+", architectures), this.platform.name()));
		}
		String loader = format.interpreter();
		if (loader != null && Path.of(loader).isAbsolute() && !Files.exists(Path.of(loader))) {
			return new Refusal(Reason.NOT_EXECUTABLE, missingLoader(loader));
		}
		return null;
	}

	private boolean isKnownSystem() {
		return Set.of("linux", "macos", "windows").contains(this.platform.os());
	}

	private static String missingLoader(String loader) {
		String cure = loader.contains("musl")
				? "it was linked against musl: install musl here, link it statically, or build it for glibc"
				: "it was linked against glibc, which this system (Alpine?) does not have: build it for a musl target, "
						+ "for instance x86_64-unknown-linux-musl";
		return "needs the loader %s, which does not exist here; %s".formatted(loader, cure);
	}

	private static @Nullable Refusal scriptRefusal(@Nullable String interpreter) {
		if (interpreter == null) {
			return new Refusal(Reason.NOT_EXECUTABLE, "is a script whose first line names no interpreter");
		}
		if (Path.of(interpreter).isAbsolute() && !Files.exists(Path.of(interpreter))) {
			return new Refusal(Reason.NOT_EXECUTABLE,
					"is a script for %s, which does not exist here".formatted(interpreter));
		}
		return null;
	}

}
