package dev.rustbridge.test.conformance.host;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

import dev.rustbridge.test.conformance.host.Step.End;

/**
 * What daemons do with what they announced.
 */
final class ExtendedScenarios {

	private ExtendedScenarios() {
	}

	static List<Play> all() {
		return List.of(Play
			.of("cancel-crosses-result",
					"A cancelled command is answered with its result all the same; cancelled tells whether the "
							+ "cancel came")
			.announcing("cancel")
			.on("slow", (stage, command) -> stage.kept().add(command))
			.onControl((stage, line) -> stage.answer(line, "1"))
			.on("cancelled", (stage, command) -> stage.answer(command, Boolean.toString(stage.wasCancelled())))
			.send(Step.of("slow", End.TIMED_OUT).within(200), Step.result("cancelled", "true").afterOthers(true)),
				Play.of("host-call", "It calls a method that the host does not have, and answers with what it was told")
					.announcing("calls", "errors")
					.on("call", (stage, command) -> {
						stage.kept().add(command);
						stage.line("{\"id\":\"d_1\",\"method\":\"conformance.noSuchMethod\",\"params\":{}}");
					})
					.onControl((stage, line) -> stage.answer(stage.kept().remove(0),
							"[" + line.json().path("success") + "," + line.json().path("code") + "]"))
					.send(Step.result("call", "[false,\"UNKNOWN_METHOD\"]")),
				Play.of("host-call-ids", "It calls the host by the id of a command of the host")
					.announcing("calls", "errors")
					.on("call", (stage, command) -> {
						stage.kept().add(command);
						stage.line("{\"id\":" + command.id() + ",\"method\":\"nope\",\"params\":{}}");
					})
					.onControl((stage, line) -> stage.answer(stage.kept().remove(0),
							line.json().path("success").toString()))
					.send(Step.result("call", "false")),
				Play.of("calls-nobody", "It cancels a call that it never made, and grants credit to nobody")
					.announcing("calls", "upload", "cancel", "credit")
					.on("odd", (stage, command) -> {
						stage.line("{\"id\":\"d_9\",\"cancel\":true}");
						stage.line("{\"id\":\"nobody\",\"credit\":5}");
						stage.line("{\"id\":" + command.id() + ",\"credit\":5}");
						stage.answer(command, "1");
					})
					.send(Step.result("odd", "1")),
				Play.of("upload", "It takes an upload of 50 items two by two, and answers with their sum")
					.announcing("upload")
					.on("sum", (stage, command) -> {
						stage.kept().add(command);
						stage.line("{\"id\":" + command.id() + ",\"credit\":2}");
					})
					.onControl(new Sum())
					.send(Step.result("sum", "1225").uploading(50)),
				Play.of("upload-answered-early", "It answers before the upload is at its end")
					.announcing("upload")
					.on("first", (stage, command) -> stage.line("{\"id\":" + command.id() + ",\"credit\":1}"))
					.onControl((stage, line) -> {
						if (line.json().has("data")) {
							stage.answer(line, line.json().path("data").toString());
						}
					})
					.send(Step.result("first", "0").uploading(1_000_000)),
				Play.of("upload-refused", "It refuses an upload at once")
					.announcing("upload")
					.on("refuse", (stage, command) -> stage.fail(command, "too busy"))
					.send(Step.of("refuse", End.FAILED).uploading(1000)),
				Play.of("upload-given-up",
						"It lets two items come and no more, and knows no cancel: a host that gives the command up "
								+ "ends its items with an error; open tells how many uploads have not ended")
					.announcing("upload")
					.on("sum", (stage, command) -> {
						stage.kept().add(command);
						stage.line("{\"id\":" + command.id() + ",\"credit\":2}");
					})
					.onControl((stage, line) -> {
						if (line.json().path("end").asBoolean(false) && line.json().has("error")) {
							stage.fail(stage.kept().remove(0), "its items ended too early");
						}
					})
					.on("open", (stage, command) -> stage.answer(command, Integer.toString(stage.kept().size())))
					.send(Step.of("sum", End.TIMED_OUT).within(200).uploading(1000),
							Step.result("open", "0").afterOthers(true)),
				Play.of("raw-bytes", "Raw bytes that look like lines, of none and of many bytes")
					.announcing("bytes")
					.on("raw", (stage, command) -> {
						payload(stage, command.id(), "\n" + Stage.answerLine(command, "\"a trap\"") + "\n");
						payload(stage, command.id(), "");
						payload(stage, command.id(), "\u0000\r\n".repeat(20_000));
						stage.answer(command, "3");
					})
					.send(Step.result("raw", "3").streaming(3).rawBytes()),
				Play.of("raw-bytes-for-nobody", "Raw bytes for an id that the host does not know are skipped")
					.announcing("bytes")
					.on("skip", (stage, command) -> {
						payload(stage, "\"nobody\"", "\n" + Stage.answerLine(command, "\"a trap\"") + "\n");
						payload(stage, "\"nobody\"", "x".repeat(1_000_000));
						stage.answer(command, "1");
					})
					.send(Step.result("skip", "1")),
				Play.of("raw-bytes-bad-count", "A count of raw bytes makes no sense: the connection ends")
					.announcing("bytes")
					.on("raw",
							(stage, command) -> stage
								.line("{\"id\":" + command.id() + ",\"stream\":true,\"bytes\":-5}"))
					.send(Step.of("raw", End.LOST).streaming(0).rawBytes()),
				Play.of("raw-bytes-cut-off", "It exits in the middle of raw bytes")
					.announcing("bytes")
					.on("raw", (stage, command) -> {
						stage.line("{\"id\":" + command.id() + ",\"stream\":true,\"bytes\":1000}\nhalf");
						stage.exit(1);
					})
					.send(Step.of("raw", End.LOST).streaming(0).rawBytes()));
	}

	private static void payload(Stage stage, String id, String payload) throws IOException {
		byte[] bytes = payload.getBytes(StandardCharsets.UTF_8);
		stage.line("{\"id\":" + id + ",\"stream\":true,\"bytes\":" + bytes.length + "}");
		stage.bytes(bytes);
		stage.line("");
	}

	/**
	 * Adds items up, and grants credit for the next two when two have come.
	 */
	private static final class Sum implements Play.Act {

		@Override
		public void run(Stage stage, Received line) throws IOException {
			if (line.json().path("end").asBoolean(false)) {
				stage.answer(line, Long.toString(stage.sum()));
				return;
			}
			stage.add(line.json().path("data").asLong());
			if (stage.added() % 2 == 0) {
				stage.line("{\"id\":" + line.id() + ",\"credit\":2}");
			}
		}

	}

}
