package dev.rustbridge.process;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.event.Level;

import static org.assertj.core.api.Assertions.assertThat;

class LogLevelsTests {

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			2026-01-02T03:04:05.678901Z  WARN code_search::index: slow             | WARN
			2026-01-02T03:04:05.678901Z TRACE app: deep                            | TRACE
			2026-01-02T03:04:05.678901+02:00 ERROR app: no                         | ERROR
			INFO app: without time                                                 | INFO
			2026-01-02T03:04:05.678901Z DEBUG ThreadId(02) app: with thread        | DEBUG
			[2026-01-02T03:04:05Z WARN  app] env_logger                            | WARN
			[2026-01-02T03:04:05Z ERROR app::module] env_logger                    | ERROR
			2026-01-02T03:04:05.123456+00:00 INFO app - log4rs                     | INFO
			2026-01-02 03:04:05,123 ERROR app - log4rs                             | ERROR
			[2026-01-02][03:04:05][app::module][WARN] fern                         | WARN
			[2026-01-02T03:04:05Z INFO app] fern                                   | INFO
			03:04:05 [WARN] simplelog                                              | WARN
			03:04:05 [ERROR] (1) app: simplelog                                    | ERROR
			[ERROR] by hand                                                        | ERROR
			Jan 02 03:04:05.678 DEBG slog                                          | DEBUG
			warning: by hand                                                       | WARN
			error: unexpected argument                                             | ERROR
			ts=2026-01-02T03:04:05Z level=warn msg=logfmt                          | WARN
			{"timestamp":"2026-01-02","level":"WARN","fields":{"message":"x"}}     | WARN
			{"msg":"x","level": "error"}                                           | ERROR
			{"severity":"CRITICAL"}                                                | ERROR
			{"v":0,"name":"app","msg":"bunyan","level":20}                         | DEBUG
			thread 'main' panicked at src/main.rs:3:5:                             | ERROR
			thread 'main' (4711) panicked at src/main.rs:3:5:                      | ERROR
			""")
	void levelsAreFoundInTheShapesOfKnownLoggers(String line, Level expected) {
		assertThat(LogLevels.detect(line)).isEqualTo(expected);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "started", "an ERROR in the midst of a text", "INFORMATION about something",
			"{\"message\":\"no level\"}", "   at some::frame", "{\"message\":\"a \\\"level\\\":\\\"ERROR\\\" quoted\"}",
			"thread 'main' is fine" })
	void otherLinesHaveNone(String line) {
		assertThat(LogLevels.detect(line)).isNull();
	}

	@Test
	void aHostileLineTakesNoTime() {
		String line = "[2026-".repeat(20) + "1".repeat(16_000);
		long start = System.nanoTime();
		for (int i = 0; i < 1000; i++) {
			LogLevels.detect(line);
		}

		assertThat(System.nanoTime() - start).isLessThan(2_000_000_000L);
	}

}
