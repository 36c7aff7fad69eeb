package dev.rustbridge.model;

import dev.rustbridge.model.Table.Act;
import dev.rustbridge.model.Table.Doing;
import dev.rustbridge.model.Table.Row;
import dev.rustbridge.model.Table.When;
import org.jspecify.annotations.Nullable;

import static dev.rustbridge.model.Table.any;

/**
 * A call that a daemon makes into the application, as its host has to treat it.
 */
public final class Answering {

	static final Table<State, Event, Answering> TABLE = new Table<>();

	private static final When<Answering> ALWAYS = new When<>("", (call) -> true);

	private static final Act<Event, Answering> ASK = tell("asked", "asks the handler");

	private static final Act<Event, Answering> DISPOSE = tell("disposed", "disposes of the handler");

	private static final Act<Event, Answering> RESULT = act("writes the result", (call, input, effects) -> effects
		.write("{'id':'" + call.id() + "','success':true,'result':" + input.value() + "}"));

	private static final Act<Event, Answering> ERROR = act("writes the error",
			(call, input, effects) -> error(call, String.valueOf(input.value()), effects));

	static {
		TABLE.row(any(State.ABSENT), any(Event.CALL), ALWAYS, State.OPEN, ASK);
		TABLE.row(any(State.ABSENT), any(Event.CALL_OF_NONE), ALWAYS, null, answer("UNKNOWN_METHOD"));
		TABLE.row(any(State.ABSENT), any(Event.CANCEL, Event.LOSS), ALWAYS, null);
		TABLE.row(any(State.OPEN), any(Event.CALL, Event.CALL_OF_NONE), ALWAYS, null, answer("INVALID_PARAMS"));
		TABLE.row(any(State.OPEN), any(Event.CANCEL), ALWAYS, State.ABSENT, DISPOSE, answer("CANCELLED"));
		TABLE.row(any(State.OPEN), any(Event.EXPIRE), ALWAYS, State.ABSENT, DISPOSE, answer("DEADLINE_EXCEEDED"));
		TABLE.row(any(State.OPEN), any(Event.REPLY), ALWAYS, State.ABSENT, RESULT);
		TABLE.row(any(State.OPEN), any(Event.REFUSE), ALWAYS, State.ABSENT, ERROR);
		TABLE.row(any(State.OPEN), any(Event.LOSS), ALWAYS, State.ABSENT, DISPOSE);
	}

	private final String id;

	private State state = State.ABSENT;

	/**
	 * A call that was not made yet.
	 * @param id the daemon's id for it
	 */
	public Answering(String id) {
		this.id = id;
	}

	/**
	 * Lets something happen.
	 * @param input what happens
	 * @param effects takes what comes of it
	 * @return the row that says so
	 */
	public String on(Input<Event> input, Effects effects) {
		Row<State, Event, Answering> row = TABLE.find(this.state, input.kind(), this);
		if (row == null) {
			throw new AssertionError("The model knows no " + input + " for " + this.id + " in " + this.state);
		}
		row.apply(this, input, effects);
		State next = row.to();
		if (next != null) {
			this.state = next;
		}
		return row.toString();
	}

	/** Whether it can happen now. */
	public boolean allows(Event event) {
		return TABLE.find(this.state, event, this) != null;
	}

	public String id() {
		return this.id;
	}

	public State state() {
		return this.state;
	}

	private static void error(Answering call, @Nullable String code, Effects effects) {
		effects.write("{'id':'" + call.id() + "','success':false,'error':'*','code':'" + code + "'}");
	}

	private static Act<Event, Answering> answer(String code) {
		return act("answers " + code, (call, input, effects) -> error(call, code, effects));
	}

	private static Act<Event, Answering> tell(String what, String text) {
		return act(text, (call, input, effects) -> effects.tell(call.id(), what));
	}

	private static Act<Event, Answering> act(String text, Doing<Event, Answering> doing) {
		return new Act<>(text, doing);
	}

	/**
	 * What becomes of it.
	 */
	public enum State {

		/** Not made yet, or answered. */
		ABSENT,

		/** A handler is asked. */
		OPEN

	}

	/**
	 * What can happen to it.
	 */
	public enum Event {

		/** A call of a method that has a handler. */
		CALL,

		/** A call of a method that has none. */
		CALL_OF_NONE,

		/** The daemon gives it up. */
		CANCEL,

		/** Its deadline passes. */
		EXPIRE,

		/** The handler has a result. */
		REPLY,

		/** The handler has failed. */
		REFUSE,

		/** The connection is lost. */
		LOSS

	}

}
