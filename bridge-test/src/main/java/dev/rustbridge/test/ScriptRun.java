package dev.rustbridge.test;

import java.util.Iterator;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscription;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Operators;

/**
 * One command of a scripted daemon being carried out. Confined to the loop.
 */
final class ScriptRun {

	private final ScriptedConnection connection;

	private final ScriptedDaemon daemon;

	private final String id;

	private final ReceivedCommand command;

	private final Iterator<CommandScript.Step> steps;

	/** How many more chunks the host takes; {@link Long#MAX_VALUE} for all. */
	private long credit;

	private @Nullable Chunks chunks;

	private @Nullable HostAnswer hostAnswer;

	private boolean ended;

	ScriptRun(ScriptedConnection connection, ScriptedDaemon daemon, String id, ReceivedCommand command,
			List<CommandScript.Step> steps, long credit) {
		this.connection = connection;
		this.daemon = daemon;
		this.id = id;
		this.command = command;
		this.steps = steps.iterator();
		this.credit = credit;
	}

	ReceivedCommand command() {
		return this.command;
	}

	ScriptedDaemon daemon() {
		return this.daemon;
	}

	ScriptedConnection connection() {
		return this.connection;
	}

	/** Takes the next step. What has no more is answered, by what the host said last. */
	void next() {
		if (this.ended) {
			return;
		}
		if (!this.steps.hasNext()) {
			succeed((this.hostAnswer != null) ? this.hostAnswer.result() : null);
			return;
		}
		try {
			this.steps.next().take(this);
		}
		catch (RuntimeException ex) {
			fail(String.valueOf(ex.getMessage()), "INTERNAL");
		}
	}

	void succeed(@Nullable Object result) {
		answer(this.daemon.lines().success(this.id, result));
	}

	void fail(String error, @Nullable String code) {
		answer(this.daemon.lines().failure(this.id, error, code));
	}

	private void answer(String line) {
		if (!this.ended) {
			this.ended = true;
			this.connection.send(line);
			this.connection.ended(this.id);
		}
	}

	void call(String method, @Nullable Object params) {
		this.connection.call(method, params, this.command.trace(), (answer) -> {
			this.hostAnswer = answer;
			if (answer.success()) {
				next();
			}
			else {
				fail(String.valueOf(answer.error()), answer.code());
			}
		});
	}

	void stream(Publisher<?> publisher) {
		this.chunks = new Chunks();
		publisher.subscribe(this.chunks);
	}

	void addCredit(long more) {
		this.credit = Operators.addCap(this.credit, more);
		pull();
	}

	private void pull() {
		Chunks source = this.chunks;
		if (source != null && this.credit > 0) {
			long granted = this.credit;
			this.credit = 0;
			source.grant(granted);
		}
	}

	/** The host does not want it any more; it is answered all the same. */
	void cancel() {
		if (!this.ended) {
			this.daemon.cancelled(this.command);
			disposeChunks();
			fail("cancelled", "CANCELLED");
		}
	}

	/** The connection has ended. */
	void abandon() {
		this.ended = true;
		disposeChunks();
	}

	private void disposeChunks() {
		if (this.chunks != null) {
			this.chunks.dispose();
		}
	}

	/**
	 * Asks for as many chunks as the host takes. A publisher may signal on any thread.
	 */
	private final class Chunks extends BaseSubscriber<Object> {

		/** Granted, and not used yet. */
		private long granted;

		void grant(long more) {
			this.granted = Operators.addCap(this.granted, more);
			request(more);
		}

		@Override
		protected void hookOnSubscribe(Subscription subscription) {
			ScriptRun.this.connection.execute(ScriptRun.this::pull);
		}

		@Override
		protected void hookOnNext(Object chunk) {
			ScriptRun.this.connection.execute(() -> {
				if (!ScriptRun.this.ended) {
					this.granted -= (this.granted != Long.MAX_VALUE) ? 1 : 0;
					ScriptRun.this.connection.send(ScriptRun.this.daemon.lines().chunk(ScriptRun.this.id, chunk));
				}
			});
		}

		@Override
		protected void hookOnComplete() {
			ScriptRun.this.connection.execute(() -> {
				ScriptRun.this.chunks = null;
				// what it has left over is for those that come after it
				ScriptRun.this.credit = Operators.addCap(ScriptRun.this.credit, this.granted);
				next();
			});
		}

		@Override
		protected void hookOnError(Throwable ex) {
			ScriptRun.this.connection.execute(() -> fail(String.valueOf(ex.getMessage()), "INTERNAL"));
		}

	}

}
