package dev.rustbridge.test.conformance.host;

import java.util.List;

import dev.rustbridge.test.conformance.host.Step.End;

/**
 * What daemons do about streams.
 */
final class StreamScenarios {

	private StreamScenarios() {
	}

	private static Play.Act chunks(int count, Play.Act end) {
		return (stage, command) -> {
			for (int i = 0; i < count; i++) {
				stage.chunk(command, Integer.toString(i));
			}
			end.run(stage, command);
		};
	}

	static List<Play> all() {
		return List.of(
				Play.of("chunks", "A stream of 2,000 chunks, the numbers from 0")
					.on("count", chunks(2000, (stage, command) -> stage.answer(command, "2000")))
					.send(Step.result("count", "2000").streaming(2000)),
				Play.of("chunk-kinds", "Chunks of every kind of JSON").on("kinds", (stage, command) -> {
					for (String data : List.of("\"text\"", "7", "true", "[]", "{\"id\":\"inner\",\"stream\":false}")) {
						stage.chunk(command, data);
					}
					stage.answer(command, "{}");
				}).send(Step.result("kinds", "{}").streaming(5)),
				Play.of("two-streams", "Chunks of two streams alternate")
					.on("first", (stage, command) -> stage.kept().add(command))
					.on("second", (stage, command) -> {
						Received first = stage.kept().remove(0);
						for (int i = 0; i < 100; i++) {
							stage.chunk(first, Integer.toString(i));
							stage.chunk(command, Integer.toString(i));
						}
						stage.answer(first, "1");
						stage.answer(command, "2");
					})
					.send(Step.result("first", "1").streaming(100), Step.result("second", "2").streaming(100)),
				Play.of("late-chunks", "Chunks come behind the final response").on("late", (stage, command) -> {
					stage.chunk(command, "0");
					stage.answer(command, "1");
					stage.chunk(command, "1");
					stage.chunk(command, "2");
				}).send(Step.result("late", "1").streaming(1)),
				Play.of("chunks-nobody-wants", "Chunks come for a command of which the caller wants the result only")
					.on("count", chunks(100, (stage, command) -> stage.answer(command, "100")))
					.send(Step.result("count", "100")),
				Play.of("failing-stream", "A stream fails behind three chunks, which are delivered")
					.on("count", chunks(3, (stage, command) -> stage.fail(command, "no more")))
					.send(Step.of("count", End.FAILED).streaming(3)),
				Play.of("stream-without-chunks", "A stream has no chunks")
					.on("count", chunks(0, (stage, command) -> stage.answer(command, "0")))
					.send(Step.result("count", "0").streaming(0)),
				Play.of("broken-chunk", "A chunk has no data: its stream fails, and no other")
					.on("count",
							chunks(2, (stage, command) -> stage.line("{\"id\":" + command.id() + ",\"stream\":true}")))
					.send(Step.of("count", End.BROKEN).streaming(2)),
				Play.of("dying-stream", "It exits behind three chunks")
					.on("count", chunks(3, (stage, command) -> stage.exit(1)))
					.send(Step.of("count", End.LOST).streaming(3)),
				Play.of("overrun",
						"It sends many more chunks than it was granted credit for, of which the "
								+ "subscriber takes one: the stream fails, and no other")
					.announcing("credit", "cancel")
					.on("count", chunks(20_000, (stage, command) -> stage.answer(command, "20000")))
					.send(Step.of("count", End.BROKEN).streaming(1).taking(1)));
	}

}
