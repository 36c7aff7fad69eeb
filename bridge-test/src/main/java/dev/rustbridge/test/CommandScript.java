package dev.rustbridge.test;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;

/**
 * What a scripted daemon does about a command: one step after the other, as they are told
 * here. A script that comes to its end without an answer answers without a result, or
 * with what the host has said to the last {@link #calls}. <pre class="code">
 * daemon.on("search").delays(Duration.ofSeconds(2)).streams(first, second).returns(summary);
 * </pre>
 */
public final class CommandScript {

	private final List<Step> steps = new CopyOnWriteArrayList<>();

	CommandScript() {
	}

	List<Step> steps() {
		return this.steps;
	}

	/**
	 * It takes its time. The virtual time of a test counts too.
	 * @param time how long
	 * @return this script
	 */
	public CommandScript delays(Duration time) {
		return then((run) -> run.connection().schedule(run::next, time));
	}

	/**
	 * It streams chunks.
	 * @param chunks the chunks
	 * @return this script
	 */
	public CommandScript streams(Object... chunks) {
		return streams(List.of(chunks));
	}

	/**
	 * It streams chunks.
	 * @param chunks the chunks
	 * @return this script
	 */
	public CommandScript streams(Iterable<?> chunks) {
		return streams(Flux.fromIterable(chunks));
	}

	/**
	 * It streams the chunks of a publisher, as many as the host asks for.
	 * @param chunks subscribed to for each command, cancelled with it; an error is
	 * answered as one
	 * @return this script
	 */
	public CommandScript streams(Publisher<?> chunks) {
		return then((run) -> run.stream(chunks));
	}

	/**
	 * It emits an event meanwhile.
	 * @param event the event's name
	 * @param data its data, {@code null} for none
	 * @return this script
	 */
	public CommandScript emits(String event, @Nullable Object data) {
		return then((run) -> {
			run.connection().send(run.daemon().lines().event(event, data, run.command().trace()));
			run.next();
		});
	}

	/**
	 * It calls a method of the application, and waits for the answer: an error is that of
	 * the command as well.
	 * @param method the method
	 * @param params its parameters, {@code null} for none
	 * @return this script
	 */
	public CommandScript calls(String method, @Nullable Object params) {
		return then((run) -> run.call(method, params));
	}

	/**
	 * It answers with a result.
	 * @param result the result, {@code null} for none
	 */
	public void returns(@Nullable Object result) {
		then((run) -> run.succeed(result));
	}

	/**
	 * It answers with a result that depends on the command.
	 * @param answer makes the result, on the bridge's I/O thread; what it throws is
	 * answered as an error
	 */
	public void answers(Function<ReceivedCommand, @Nullable Object> answer) {
		then((run) -> run.succeed(answer.apply(run.command())));
	}

	/**
	 * It says no.
	 * @param code a machine-readable code
	 */
	public void fails(String code) {
		fails(code, "the scripted daemon says " + code);
	}

	/**
	 * It says no.
	 * @param code a machine-readable code, {@code null} for none
	 * @param error its words
	 */
	public void fails(@Nullable String code, String error) {
		then((run) -> run.fail(error, code));
	}

	/**
	 * It never answers.
	 */
	public void hangs() {
		then((run) -> {
			// that is what it does
		});
	}

	/**
	 * It ends instead of an answer, as a process that crashes does, and can be started
	 * again.
	 */
	public void crashes() {
		then((run) -> run.connection().end());
	}

	/**
	 * It ends instead of an answer, and can't be started again until it
	 * {@linkplain ScriptedDaemon#recovers recovers}.
	 */
	public void dies() {
		then((run) -> run.daemon().dies());
	}

	private CommandScript then(Step step) {
		this.steps.add(step);
		return this;
	}

	/**
	 * A step, on the loop.
	 */
	@FunctionalInterface
	interface Step {

		void take(ScriptRun run);

	}

}
