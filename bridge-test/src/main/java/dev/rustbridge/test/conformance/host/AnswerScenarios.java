package dev.rustbridge.test.conformance.host;

import java.nio.charset.StandardCharsets;
import java.util.List;

import dev.rustbridge.test.conformance.host.Step.End;

/**
 * What daemons do about single commands.
 */
final class AnswerScenarios {

	private static final int LARGE = 3_000_000;

	private AnswerScenarios() {
	}

	static List<Play> all() {
		return List.of(Play.of("noise", "Lines that are none of the protocol come before an answer")
			.on("noisy", (stage, command) -> {
				for (String noise : List.of("DEBUG oops", "42", "null", "true", "\"text\"", "[]", "{}", "{",
						"{\"id\":7,\"success\":true}", "{\"foo\":1}", "{\"event\":7}", "\u0000\u0001")) {
					stage.line(noise);
				}
				stage.bytes(new byte[] { '{', '"', (byte) 0xc3, '"', '}', '\n' });
				stage.answer(command, "1");
			})
			.send(Step.result("noisy", "1")),
				Play.of("twice", "A command is answered twice, at once and later").on("twice", (stage, command) -> {
					stage.answer(command, "1");
					stage.answer(command, "2");
				}).send(Step.result("twice", "1"), Step.result("twice", "1")),
				Play.of("stranger", "Answers and chunks come for ids that the host never sent")
					.on("stranger", (stage, command) -> {
						stage.line("{\"id\":\"nobody\",\"success\":true,\"result\":2}");
						stage.line("{\"id\":\"nobody\",\"stream\":true,\"data\":2}");
						stage.line("{\"id\":\"\",\"success\":false,\"error\":\"x\"}");
						stage.answer(command, "1");
					})
					.send(Step.result("stranger", "1")),
				Play.of("out-of-order", "Two commands are answered in the opposite order")
					.on("a", (stage, command) -> stage.kept().add(command))
					.on("b", (stage, command) -> {
						stage.answer(command, "\"b\"");
						stage.answer(stage.kept().remove(0), "\"a\"");
					})
					.send(Step.result("a", "\"a\""), Step.result("b", "\"b\"")),
				Play.of("late", "It answers after the caller's time limit").on("late", (stage, command) -> {
					stage.pause(1500);
					stage.answer(command, "1");
				}).send(Step.of("late", End.TIMED_OUT).within(200), Step.result("echo", "{}").afterOthers(true)),
				Play.of("never", "It never answers one command, and all others").on("never", (stage, command) -> {
				}).send(Step.of("never", End.TIMED_OUT).within(200), Step.result("echo", "{}")),
				Play.of("void", "An answer has no result")
					.on("void", (stage, command) -> stage.line("{\"id\":" + command.id() + ",\"success\":true}"))
					.send(Step.result("void", "null")),
				Play.of("success-as-text", "An answer says \"success\":\"true\": only the literal true is success")
					.on("text",
							(stage, command) -> stage.line(
									"{\"id\":" + command.id() + ",\"success\":\"true\",\"result\":1,\"error\":\"no\"}"))
					.send(Step.of("text", End.FAILED)),
				Play.of("error-shapes", "An error is missing, an object, or null")
					.on("missing", (stage, command) -> stage.line("{\"id\":" + command.id() + ",\"success\":false}"))
					.on("object",
							(stage, command) -> stage.line("{\"id\":" + command.id()
									+ ",\"success\":false,\"error\":{\"message\":\"no\"},\"code\":7}"))
					.on("null",
							(stage, command) -> stage
								.line("{\"id\":" + command.id() + ",\"success\":false,\"error\":null}"))
					.send(Step.of("missing", End.FAILED), Step.of("object", End.FAILED), Step.of("null", End.FAILED)),
				Play.of("member-order", "The result comes first and the id last, among members that nobody knows")
					.on("order",
							(stage, command) -> stage.line("{\"result\":{\"id\":\"inner\",\"success\":false},"
									+ "\"future\":[{\"id\":7}],\"success\":true,\"id\":" + command.id() + "}"))
					.send(Step.result("order", "{\"id\":\"inner\",\"success\":false}")),
				Play.of("broken-answer", "A line has the id of a command, and is no answer: the command fails at once")
					.on("broken", (stage, command) -> stage.line("{\"id\":" + command.id() + ",\"foo\":1}"))
					.send(Step.of("broken", End.BROKEN)),
				Play.of("answer-in-pieces", "An answer comes byte by byte, through the middle of characters")
					.on("pieces", (stage, command) -> stage.slowly(Stage.answerLine(command, "\"日本語 🦀\"")))
					.send(Step.result("pieces", "\"日本語 🦀\"")),
				Play.of("joined", "All answers come in one write, with blank lines and carriage returns")
					.on("joined", (stage, command) -> {
						stage.kept().add(command);
						if (stage.kept().size() == 3) {
							StringBuilder lines = new StringBuilder("\n\r\n");
							for (Received kept : stage.kept()) {
								lines.append(Stage.answerLine(kept, "1")).append("\r\n\n");
							}
							stage.bytes(lines.toString().getBytes(StandardCharsets.UTF_8));
						}
					})
					.send(Step.result("joined", "1"), Step.result("joined", "1"), Step.result("joined", "1")),
				Play.of("large", "An answer has 3 MB of text")
					.on("large", (stage, command) -> stage.answer(command, "\"" + "x".repeat(LARGE) + "\""))
					.on("size", (stage, command) -> stage.answer(command, "1"))
					.send(Step.result("large", "\"" + "x".repeat(LARGE) + "\""), Step.result("size", "1")),
				Play.of("numbers-and-text", "Numbers beyond 2^53, and every kind of escape")
					.on("values",
							(stage, command) -> stage.answer(command,
									"[9007199254740993,18446744073709551615,\"\\u00e4\\ud83e\\udd80\\n\"]"))
					.send(Step.result("values", "[9007199254740993,18446744073709551615,\"ä🦀\\n\"]")),
				Play.of("oversized",
						"An answer is larger than the host takes; what follows the limit looks like an answer to "
								+ "another command, and is none")
					.announcing("cancel")
					.on("pending", (stage, command) -> stage.kept().add(command))
					.on("oversized", (stage, command) -> {
						Received other = stage.kept().remove(0);
						String head = "{\"id\":" + command.id() + ",\"success\":true,\"result\":\"";
						int pad = (int) stage.hostLimit() - head.length() + 10;
						stage.bytes((head + "x".repeat(pad) + Stage.answerLine(other, "\"the tail\"") + "\n")
							.getBytes(StandardCharsets.UTF_8));
						stage.answer(other, "1");
					})
					.send(Step.result("pending", "1"), Step.of("oversized", End.BROKEN)));
	}

}
