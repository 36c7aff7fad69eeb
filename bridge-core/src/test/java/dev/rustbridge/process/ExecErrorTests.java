package dev.rustbridge.process;

import java.io.IOException;
import java.nio.file.Path;

import dev.rustbridge.BridgeStartException.Reason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class ExecErrorTests {

	@ParameterizedTest
	@CsvSource({ "'error=2, No such file or directory', NOT_FOUND", "'error=13, Permission denied', ACCESS_DENIED",
			"'error=8, Exec format error', BAD_FORMAT", "'error=26, Text file busy', TEXT_BUSY",
			"'Exec failed, error: 26 (Text file busy)', TEXT_BUSY",
			"'CreateProcess error=193, %1 is not a valid Win32 application', WINDOWS_BAD_FORMAT",
			"'invalid null character in command', OTHER" })
	void theNumberIsReadFromTheMessageOfAnyJdk(String message, ExecError expected) {
		IOException thrown = new IOException("Cannot run program \"/x\" (in directory \"/y\")",
				new IOException(message));

		assertThat(ExecError.of(thrown)).isEqualTo(expected);
		assertThat(ExecError.of(new IOException("Cannot run program \"/x\": " + message))).isEqualTo(expected);
	}

	@Test
	void peopleAreToldWhatToDo() {
		IOException thrown = new IOException("Cannot run program: error=13, Permission denied");

		assertThat(ExecError.ACCESS_DENIED.tell(Path.of("/opt/search"), thrown))
			.startsWith("/opt/search can't be started")
			.contains("noexec", "error=13");
		assertThat(ExecError.ACCESS_DENIED.reason()).isEqualTo(Reason.PERMISSION_DENIED);
	}

}
