package dev.rustbridge.process;

import java.io.IOException;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.rustbridge.BridgeStartException.Reason;
import org.jspecify.annotations.Nullable;

/**
 * What the system's refusal to start an executable means. The JDK gives the number of the
 * error only within a text.
 */
enum ExecError {

	/** ENOENT, ERROR_FILE_NOT_FOUND. */
	NOT_FOUND(2, Reason.NOT_EXECUTABLE,
			"it is there, but something that it needs is not: its loader, or the interpreter in its first line; "
					+ "build it for this system"),

	/** EACCES. */
	ACCESS_DENIED(13, Reason.PERMISSION_DENIED,
			"this user may not execute it: check the modes of the file and of the folders above it, "
					+ "and that its file system is not mounted with 'noexec'"),

	/** ERROR_ACCESS_DENIED. */
	WINDOWS_ACCESS_DENIED(5, Reason.PERMISSION_DENIED, "this user may not execute it, or a virus scanner holds it"),

	/** ENOEXEC. */
	BAD_FORMAT(8, Reason.NOT_EXECUTABLE,
			"it is no program for this machine: build it for this one, or give a script its #! line"),

	/** ERROR_BAD_EXE_FORMAT. */
	WINDOWS_BAD_FORMAT(193, Reason.NOT_EXECUTABLE, "it is no program for this machine: build it for this one"),

	/** EPERM. */
	NOT_PERMITTED(1, Reason.PERMISSION_DENIED, "the system's security policy does not allow it"),

	/** ETXTBSY. */
	TEXT_BUSY(26, Reason.NOT_EXECUTABLE, "it is still being written; try again when that has ended"),

	/** E2BIG. */
	TOO_LONG(7, Reason.NOT_EXECUTABLE, "its arguments and environment together are too long"),

	/** EAGAIN. */
	NO_PROCESSES(11, Reason.NOT_EXECUTABLE, "no more processes are allowed (ulimit -u, or the container's limit)"),

	/** ENOMEM. */
	NO_MEMORY(12, Reason.NOT_EXECUTABLE, "there is not enough memory to start it"),

	/** EMFILE. */
	NO_FILES(24, Reason.NOT_EXECUTABLE, "too many files are open (ulimit -n)"),

	/** Any other. */
	OTHER(-1, Reason.NOT_EXECUTABLE, "the system refused");

	/** Up to JDK 24 "error=2, No such file", since then "Exec failed, error: 2 (…)". */
	private static final Pattern NUMBER = Pattern.compile("error[=:]\\s*(\\d+)");

	private final int number;

	private final Reason reason;

	private final String meaning;

	ExecError(int number, Reason reason, String meaning) {
		this.number = number;
		this.reason = reason;
		this.meaning = meaning;
	}

	/**
	 * Recognises an error.
	 * @param ex as {@link ProcessBuilder#start()} threw it
	 * @return the error
	 */
	static ExecError of(IOException ex) {
		Integer number = number(ex);
		for (ExecError error : values()) {
			if (number != null && error.number == number) {
				return error;
			}
		}
		return OTHER;
	}

	private static @Nullable Integer number(IOException ex) {
		for (Throwable at = ex; at != null; at = at.getCause()) {
			Matcher matcher = NUMBER.matcher(String.valueOf(at.getMessage()));
			if (matcher.find()) {
				return Integer.valueOf(matcher.group(1));
			}
		}
		return null;
	}

	Reason reason() {
		return this.reason;
	}

	/**
	 * Tells people.
	 * @param executable what was to be started
	 * @param ex as it was thrown
	 * @return what happened, and what to do
	 */
	String tell(Path executable, IOException ex) {
		return "%s can't be started: %s (%s)".formatted(executable, this.meaning, ex.getMessage());
	}

}
