package dev.rustbridge.test.conformance.host;

import java.nio.charset.StandardCharsets;
import java.util.List;

import dev.rustbridge.test.conformance.host.Step.End;

/**
 * How daemons end, and how they don't.
 */
final class DeathScenarios {

	private DeathScenarios() {
	}

	static List<Play> all() {
		return List.of(
				Play.of("dies", "It exits instead of an answer, with another command pending")
					.on("pending", (stage, command) -> stage.kept().add(command))
					.on("die", (stage, command) -> stage.exit(7))
					.send(Step.of("pending", End.LOST), Step.of("die", End.LOST)),
				Play.of("dies-in-an-answer", "It exits in the middle of an answer").on("die", (stage, command) -> {
					String line = Stage.answerLine(command, "\"whole\"");
					stage.bytes(line.substring(0, line.length() - 3).getBytes(StandardCharsets.UTF_8));
					stage.exit(1);
				}).send(Step.of("die", End.LOST)),
				Play.of("answers-and-dies", "It exits right behind an answer, which counts")
					.on("last", (stage, command) -> {
						stage.answer(command, "\"famous last words\"");
						stage.exit(0);
					})
					.on("pending", (stage, command) -> stage.kept().add(command))
					.send(Step.of("pending", End.LOST), Step.result("last", "\"famous last words\"")),
				Play.of("closes-stdout", "It closes its stdout and lives on: nothing can come any more")
					.asProcess()
					.outlivingItsInput()
					.on("close", (stage, command) -> stage.closeOutput())
					.send(Step.of("close", End.LOST)),
				Play.of("stops-reading",
						"It reads no more: commands end by the callers' time limits, and no caller is ever blocked")
					.goingDeaf()
					.on("stop", (stage, command) -> stage.pause(Long.MAX_VALUE))
					.send(Step.of("stop", End.TIMED_OUT).within(300),
							Step.of("more", End.TIMED_OUT)
								.within(300)
								.withParams("{\"pad\":\"" + "x".repeat(400_000) + "\"}"),
							Step.of("more", End.TIMED_OUT)
								.within(300)
								.withParams("{\"pad\":\"" + "x".repeat(400_000) + "\"}")),
				Play.of("outlives-its-input",
						"It does not exit at the end of its stdin: the host ends it by SIGTERM, and in the end by SIGKILL")
					.asProcess()
					.outlivingItsInput()
					.send(Step.result("echo", "{}")));
	}

}
