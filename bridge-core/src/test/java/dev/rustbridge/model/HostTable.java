package dev.rustbridge.model;

import java.util.EnumSet;
import java.util.Objects;
import java.util.Set;

import dev.rustbridge.model.HostCall.Kind;
import dev.rustbridge.model.Table.Act;
import dev.rustbridge.model.Table.Doing;
import dev.rustbridge.model.Table.When;

import static dev.rustbridge.model.HostInput.BROKEN;
import static dev.rustbridge.model.HostInput.CALL;
import static dev.rustbridge.model.HostInput.CANCEL;
import static dev.rustbridge.model.HostInput.CHUNK;
import static dev.rustbridge.model.HostInput.COMPLETE;
import static dev.rustbridge.model.HostInput.CREDIT;
import static dev.rustbridge.model.HostInput.ERROR;
import static dev.rustbridge.model.HostInput.EXPIRE;
import static dev.rustbridge.model.HostInput.FAILURE;
import static dev.rustbridge.model.HostInput.ITEM;
import static dev.rustbridge.model.HostInput.LOSS;
import static dev.rustbridge.model.HostInput.OVERSIZED;
import static dev.rustbridge.model.HostInput.RAW_CHUNK;
import static dev.rustbridge.model.HostInput.REQUEST;
import static dev.rustbridge.model.HostInput.RESULT;
import static dev.rustbridge.model.HostInput.WRITTEN;
import static dev.rustbridge.model.HostState.ABANDONED;
import static dev.rustbridge.model.HostState.DRAINING;
import static dev.rustbridge.model.HostState.ENDED;
import static dev.rustbridge.model.HostState.NEW;
import static dev.rustbridge.model.HostState.QUEUED;
import static dev.rustbridge.model.HostState.SENT;
import static dev.rustbridge.model.HostState.STREAMING;
import static dev.rustbridge.model.HostState.UPLOADED;
import static dev.rustbridge.model.HostState.UPLOADING;
import static dev.rustbridge.model.Table.any;

/**
 * What a host does with its calls.
 */
final class HostTable {

	static final Table<HostState, HostInput, HostCall> TABLE = new Table<>();

	private static final When<HostCall> ALWAYS = new When<>("", (call) -> true);

	private static final When<HostCall> ONE_RESULT = new When<>("one result is wanted",
			(call) -> call.kind() == Kind.MONO);

	private static final When<HostCall> CHUNKS = new When<>("chunks are wanted", (call) -> call.kind().isStream());

	private static final When<HostCall> AN_UPLOAD = new When<>("it has an upload",
			(call) -> call.kind() == Kind.UPLOAD);

	private static final When<HostCall> POSSIBLE = new When<>("the daemon can do it",
			(call) -> call.kind() != Kind.UPLOAD || call.has(Capability.UPLOAD));

	private static final When<HostCall> IMPOSSIBLE = new When<>("it has an upload, and the daemon takes none",
			POSSIBLE.test().negate());

	private static final When<HostCall> CREDITED = new When<>("there is credit left", (call) -> call.credit() > 0);

	private static final When<HostCall> OVERDRAWN = new When<>("there is none left", (call) -> call.credit() <= 0);

	private static final When<HostCall> RAW_WANTED = new When<>("bytes are wanted", (call) -> call.kind() == Kind.RAW);

	private static final When<HostCall> RAW_UNWANTED = new When<>("JSON is wanted",
			(call) -> call.kind() == Kind.STREAM);

	private static final When<HostCall> DEMAND = new When<>("its caller has demand", (call) -> call.demand() > 0);

	private static final When<HostCall> NO_DEMAND = new When<>("its caller has none", (call) -> call.demand() == 0);

	private static final When<HostCall> NOTHING_HELD = new When<>("nothing is held", (call) -> call.held() == 0);

	private static final When<HostCall> ONE_HELD = new When<>("one chunk is held", (call) -> call.held() == 1);

	private static final When<HostCall> MORE_HELD = new When<>("more are held", (call) -> call.held() > 1);

	private static final When<HostCall> HELD = new When<>("chunks are held", (call) -> call.held() > 0);

	private static final When<HostCall> ITEM_CREDIT = new When<>("it has credit", (call) -> call.uploadCredit() > 0);

	private static final Act<HostInput, HostCall> COMMAND = act("writes the command",
			(call, input, effects) -> effects.write(HostLines.command(call)));

	private static final Act<HostInput, HostCall> STOP = act("writes `cancel`, where it was agreed on",
			(call, input, effects) -> {
				if (call.has(Capability.CANCEL)) {
					effects.write("{'id':'" + call.id() + "','cancel':true}");
				}
			});

	/** The daemon would wait for items until its own deadline. */
	private static final Act<HostInput, HostCall> STOP_UPLOAD = act(
			"writes `cancel`, where it was agreed on, else `end` with an error", (call, input, effects) -> {
				if (call.has(Capability.CANCEL)) {
					effects.write("{'id':'" + call.id() + "','cancel':true}");
				}
				else {
					effects.write("{'id':'" + call.id() + "','end':true,'error':'*'}");
				}
			});

	private static final Act<HostInput, HostCall> VALUE = act("tells the result", (call, input, effects) -> {
		if (input.value() != null) {
			effects.tell(call.id(), "value " + input.value());
		}
		effects.tell(call.id(), "complete");
	});

	private static final Act<HostInput, HostCall> FAIL = act("tells the error",
			(call, input, effects) -> effects.tell(call.id(), HostLines.failure(input)));

	private static final Act<HostInput, HostCall> HOLD = act("holds it",
			(call, input, effects) -> call.hold(Objects.requireNonNull(input.value())));

	private static final Act<HostInput, HostCall> WANT = act("notes the demand",
			(call, input, effects) -> call.want(input.amount()));

	private static final Act<HostInput, HostCall> GIVE = act("gives what is held, as far as there is demand",
			(call, input, effects) -> call.give(effects));

	private static final Act<HostInput, HostCall> DROP = act("drops what is held",
			(call, input, effects) -> call.dropHeld());

	private static final Act<HostInput, HostCall> REMEMBER = act("keeps the end for later",
			(call, input, effects) -> call.endsAs((input.kind() == RESULT) ? "complete" : HostLines.failure(input)));

	private static final Act<HostInput, HostCall> END = act("tells the end",
			(call, input, effects) -> call.tellEnd(effects));

	private static final Act<HostInput, HostCall> ASK = act("asks the source for so many", (call, input, effects) -> {
		call.allowItems(input.amount());
		effects.tell(call.id(), "wants " + input.amount());
	});

	private static final Act<HostInput, HostCall> SEND = act("writes the item", (call, input, effects) -> {
		call.takeItem();
		effects.write("{'id':'" + call.id() + "','stream':true,'data':" + input.value() + "}");
	});

	private static final Act<HostInput, HostCall> END_ITEMS = act("writes `end`",
			(call, input, effects) -> effects.write("{'id':'" + call.id() + "','end':true}"));

	private static final Act<HostInput, HostCall> FAIL_ITEMS = act("writes `end` with the error",
			(call, input, effects) -> effects.write("{'id':'" + call.id() + "','end':true,'error':'*'}"));

	private static final Act<HostInput, HostCall> STOP_SOURCE = act("cancels the source",
			(call, input, effects) -> effects.tell(call.id(), "source cancelled"));

	static {
		beforeItIsSent();
		oneResult();
		chunks();
		upload();
		afterItWasGivenUp();
		afterItEnded();
	}

	private HostTable() {
	}

	private static void beforeItIsSent() {
		TABLE.row(any(NEW), any(CALL), POSSIBLE, QUEUED);
		TABLE.row(any(NEW), any(CALL), IMPOSSIBLE, ENDED, tell("PROTOCOL"));
		TABLE.row(any(QUEUED), any(WRITTEN), ONE_RESULT, SENT, COMMAND);
		TABLE.row(any(QUEUED), any(WRITTEN), CHUNKS, STREAMING, COMMAND);
		TABLE.row(any(QUEUED), any(WRITTEN), AN_UPLOAD, UPLOADING, COMMAND);
		TABLE.row(any(QUEUED), any(CANCEL), ALWAYS, ENDED);
		TABLE.row(any(QUEUED), any(EXPIRE), ALWAYS, ENDED, tell("TIMEOUT"));
		TABLE.row(any(QUEUED), any(LOSS), ALWAYS, ENDED, tell("UNAVAILABLE"));
	}

	private static void oneResult() {
		Set<HostState> waiting = any(SENT, UPLOADED);
		TABLE.row(waiting, any(RESULT), ALWAYS, ENDED, VALUE);
		TABLE.row(waiting, any(ERROR), ALWAYS, ENDED, FAIL);
		TABLE.row(waiting, any(BROKEN), ALWAYS, ENDED, tell("PROTOCOL"));
		TABLE.row(waiting, any(OVERSIZED), ALWAYS, ENDED, tell("TOO_LARGE"));
		TABLE.row(waiting, any(EXPIRE), ALWAYS, ABANDONED, STOP, tell("TIMEOUT"));
		TABLE.row(waiting, any(CANCEL), ALWAYS, ABANDONED, STOP);
		TABLE.row(waiting, any(LOSS), ALWAYS, ENDED, tell("LOST"));
		TABLE.row(any(SENT, UPLOADED, UPLOADING), any(CHUNK, RAW_CHUNK), ALWAYS, null);
		TABLE.row(waiting, any(CREDIT), ALWAYS, null);
	}

	private static void chunks() {
		Set<HostState> open = any(STREAMING);
		TABLE.row(open, any(CHUNK), CREDITED, null, HOLD, GIVE);
		TABLE.row(open, any(RAW_CHUNK), RAW_WANTED.and(CREDITED), null, HOLD, GIVE);
		TABLE.row(open, any(CHUNK), OVERDRAWN, ABANDONED, Verdict.CREDIT_OVERRUN, DROP, STOP, tell("PROTOCOL"));
		TABLE.row(open, any(RAW_CHUNK), RAW_WANTED.and(OVERDRAWN), ABANDONED, Verdict.CREDIT_OVERRUN, DROP, STOP,
				tell("PROTOCOL"));
		TABLE.row(open, any(RAW_CHUNK), RAW_UNWANTED, ABANDONED, Verdict.UNKNOWN_SHAPE, DROP, STOP, tell("PROTOCOL"));
		TABLE.row(open, any(RESULT), NOTHING_HELD, ENDED, REMEMBER, END);
		TABLE.row(open, any(ERROR), NOTHING_HELD, ENDED, REMEMBER, END);
		TABLE.row(open, any(RESULT, ERROR), HELD, DRAINING, REMEMBER);
		TABLE.row(open, any(BROKEN), ALWAYS, ENDED, DROP, tell("PROTOCOL"));
		TABLE.row(open, any(OVERSIZED), ALWAYS, ABANDONED, DROP, STOP, tell("TOO_LARGE"));
		TABLE.row(open, any(CREDIT), ALWAYS, null);
		TABLE.row(open, any(REQUEST), ALWAYS, null, WANT, GIVE);
		TABLE.row(open, any(CANCEL), ALWAYS, ABANDONED, DROP, STOP);
		TABLE.row(open, any(EXPIRE), DEMAND, ABANDONED, DROP, STOP, tell("TIMEOUT"));
		TABLE.row(open, any(EXPIRE), NO_DEMAND, null);
		TABLE.row(open, any(LOSS), ALWAYS, ENDED, DROP, tell("LOST"));
		TABLE.row(any(DRAINING), any(REQUEST), ONE_HELD, ENDED, WANT, GIVE, END);
		TABLE.row(any(DRAINING), any(REQUEST), MORE_HELD, null, WANT, GIVE);
		TABLE.row(any(DRAINING), any(CANCEL), ALWAYS, ENDED, DROP);
		TABLE.row(any(DRAINING), any(LOSS, EXPIRE), ALWAYS, null);
	}

	private static void upload() {
		Set<HostState> open = any(UPLOADING);
		TABLE.row(open, any(CREDIT), ALWAYS, null, ASK);
		TABLE.row(open, any(ITEM), ITEM_CREDIT, null, SEND);
		TABLE.row(open, any(COMPLETE), ALWAYS, UPLOADED, END_ITEMS);
		TABLE.row(open, any(FAILURE), ALWAYS, UPLOADED, FAIL_ITEMS);
		TABLE.row(open, any(RESULT), ALWAYS, ENDED, STOP_SOURCE, VALUE);
		TABLE.row(open, any(ERROR), ALWAYS, ENDED, STOP_SOURCE, FAIL);
		TABLE.row(open, any(BROKEN), ALWAYS, ENDED, STOP_SOURCE, tell("PROTOCOL"));
		TABLE.row(open, any(OVERSIZED), ALWAYS, ENDED, STOP_SOURCE, tell("TOO_LARGE"));
		TABLE.row(open, any(EXPIRE), ALWAYS, ABANDONED, STOP_SOURCE, STOP_UPLOAD, tell("TIMEOUT"));
		TABLE.row(open, any(CANCEL), ALWAYS, ABANDONED, STOP_SOURCE, STOP_UPLOAD);
		TABLE.row(open, any(LOSS), ALWAYS, ENDED, STOP_SOURCE, tell("LOST"));
	}

	private static void afterItWasGivenUp() {
		TABLE.row(any(ABANDONED), any(RESULT, ERROR), ALWAYS, ENDED);
		TABLE.row(any(ABANDONED), any(CHUNK, RAW_CHUNK, CREDIT, BROKEN, OVERSIZED), ALWAYS, null);
		TABLE.row(any(ABANDONED), any(LOSS), ALWAYS, ENDED);
	}

	private static void afterItEnded() {
		TABLE.row(any(ENDED, DRAINING), any(RESULT, ERROR, CHUNK, RAW_CHUNK), ALWAYS, null, Verdict.UNKNOWN_ID);
		TABLE.row(any(ENDED, DRAINING), any(CREDIT, BROKEN, OVERSIZED), ALWAYS, null);
		TABLE.row(EnumSet.of(ENDED), any(LOSS), ALWAYS, null);
	}

	private static Act<HostInput, HostCall> tell(String error) {
		return act("tells " + error, (call, input, effects) -> effects.tell(call.id(), "error " + error));
	}

	private static Act<HostInput, HostCall> act(String text, Doing<HostInput, HostCall> doing) {
		return new Act<>(text, doing);
	}

}
