package dev.rustbridge.model;

import java.util.Set;

import dev.rustbridge.model.DaemonCall.Command;
import dev.rustbridge.model.Table.Act;
import dev.rustbridge.model.Table.Doing;
import dev.rustbridge.model.Table.When;
import org.jspecify.annotations.Nullable;

import static dev.rustbridge.model.DaemonInput.ANSWER;
import static dev.rustbridge.model.DaemonInput.ASK;
import static dev.rustbridge.model.DaemonInput.BROKEN;
import static dev.rustbridge.model.DaemonInput.BROKEN_COMMAND;
import static dev.rustbridge.model.DaemonInput.CANCEL;
import static dev.rustbridge.model.DaemonInput.CHUNK;
import static dev.rustbridge.model.DaemonInput.COMMAND;
import static dev.rustbridge.model.DaemonInput.CREDIT;
import static dev.rustbridge.model.DaemonInput.END;
import static dev.rustbridge.model.DaemonInput.EXPIRE;
import static dev.rustbridge.model.DaemonInput.FAIL;
import static dev.rustbridge.model.DaemonInput.ITEM;
import static dev.rustbridge.model.DaemonInput.OVERSIZED;
import static dev.rustbridge.model.DaemonInput.PERMIT;
import static dev.rustbridge.model.DaemonInput.REFUSAL;
import static dev.rustbridge.model.DaemonInput.RETURN;
import static dev.rustbridge.model.DaemonInput.TAKE;
import static dev.rustbridge.model.DaemonInput.UNREADABLE;
import static dev.rustbridge.model.DaemonState.ABSENT;
import static dev.rustbridge.model.DaemonState.CALLING;
import static dev.rustbridge.model.DaemonState.QUEUED;
import static dev.rustbridge.model.DaemonState.RUNNING;
import static dev.rustbridge.model.DaemonState.STALLED;
import static dev.rustbridge.model.DaemonState.TAKING;
import static dev.rustbridge.model.Table.any;

/**
 * What a daemon on the SDK does with the commands of a host.
 */
final class DaemonTable {

	static final Table<DaemonState, DaemonInput, DaemonCall> TABLE = new Table<>();

	private static final When<DaemonCall> ALWAYS = new When<>("", (call) -> true);

	private static final When<DaemonCall> UNKNOWN = new When<>("there is no such method",
			(call) -> !Set.of(Command.WORK, Command.TAKE, Command.ONE).contains(call.command().method()));

	private static final When<DaemonCall> INCOMPLETE = new When<>("the method takes an upload, and none is announced",
			(call) -> call.command().method().equals(Command.TAKE) && !call.takesItems());

	private static final When<DaemonCall> LATE = new When<>("it has no time left",
			(call) -> admissible(call) && isLate(call));

	private static final When<DaemonCall> CROWDED = new When<>("others have all rights to run",
			(call) -> admissible(call) && !isLate(call) && call.isCrowded());

	private static final When<DaemonCall> FREE = new When<>("it may run",
			(call) -> admissible(call) && !isLate(call) && !call.isCrowded());

	private static final When<DaemonCall> CREDITED = new When<>("there is credit", (call) -> call.credit() > 0);

	private static final When<DaemonCall> SPENT = new When<>("there is no credit", (call) -> call.credit() == 0);

	private static final When<DaemonCall> OPEN = new When<>("it let items come", DaemonCall::isOpen);

	private static final When<DaemonCall> CLOSED = new When<>("it let none come", (call) -> !call.isOpen());

	private static final When<DaemonCall> UPLOADS = new When<>("its upload has not ended",
			(call) -> call.takesItems() && !call.hasEnded());

	private static final When<DaemonCall> UPLOADS_NO_MORE = new When<>("its upload has ended, or it has none",
			(call) -> !call.takesItems() || call.hasEnded());

	private static final When<DaemonCall> ITEMS = new When<>("items or their end wait", DaemonCall::hasItems);

	private static final When<DaemonCall> NO_ITEMS = new When<>("nothing waits",
			(call) -> call.takesItems() && !call.hasItems());

	private static final When<DaemonCall> HEARD = new When<>("the host takes calls",
			(call) -> call.has(Capability.CALLS));

	private static final When<DaemonCall> UNHEARD = new When<>("the host takes none", HEARD.test().negate());

	private static final Act<DaemonInput, DaemonCall> START = tell("started", "starts the handler");

	private static final Act<DaemonInput, DaemonCall> DROP = tell("stopped", "drops the handler");

	private static final Act<DaemonInput, DaemonCall> TAKE_BACK = act("cancels its call of the host",
			(call, input, effects) -> {
				if (call.has(Capability.CANCEL)) {
					effects.write("{'id':'" + call.asked() + "','cancel':true}");
				}
			});

	private static final Act<DaemonInput, DaemonCall> GRANT = act("adds it",
			(call, input, effects) -> call.grant(input.amount()));

	private static final Act<DaemonInput, DaemonCall> GRANT_AND_SEND = act(
			"adds it; writes the chunk if that is enough", (call, input, effects) -> {
				call.grant(input.amount());
				call.spend();
				write(call, String.valueOf(call.waiting()), effects);
			});

	private static final Act<DaemonInput, DaemonCall> SEND = act("writes the chunk", (call, input, effects) -> {
		call.spend();
		write(call, String.valueOf(input.value()), effects);
	});

	private static final Act<DaemonInput, DaemonCall> HOLD = act("lets the handler wait",
			(call, input, effects) -> call.stall(input.value()));

	private static final Act<DaemonInput, DaemonCall> RECEIVE = act("keeps the item",
			(call, input, effects) -> call.receive(input.value()));

	private static final Act<DaemonInput, DaemonCall> END_ITEMS = act("keeps the end",
			(call, input, effects) -> call.endItems(input.value()));

	private static final Act<DaemonInput, DaemonCall> GIVE = act("gives the handler the item, or the end",
			(call, input, effects) -> effects.tell(call.id(), call.takeItem()));

	private static final Act<DaemonInput, DaemonCall> LET_COME = act("writes credit, where there is none left",
			(call, input, effects) -> {
				if (call.letItemsCome()) {
					effects.write("{'id':'" + call.id() + "','credit':'*'}");
				}
			});

	private static final Act<DaemonInput, DaemonCall> WRITE_ASK = act("writes the call", (call, input, effects) -> {
		call.asks(input.value());
		effects.write("{'id':'" + input.value() + "','method':'authorize','params':'*'"
				+ ((call.has(Capability.DEADLINE) && call.command().deadlineMs() >= 0) ? ",'deadlineMs':'*'" : "")
				+ "}");
	});

	private static final Act<DaemonInput, DaemonCall> HEAR = act("gives the handler the answer",
			(call, input, effects) -> effects.tell(call.id(), "answer " + input.value()));

	private static final Act<DaemonInput, DaemonCall> HEAR_NO = act("gives the handler the error",
			(call, input, effects) -> effects.tell(call.id(), "refused " + input.value()));

	private static final Act<DaemonInput, DaemonCall> RESULT = act("writes the result", (call, input,
			effects) -> effects.write("{'id':'" + call.id() + "','success':true,'result':" + input.value() + "}"));

	private static final Act<DaemonInput, DaemonCall> ERROR = act("writes the error",
			(call, input, effects) -> error(call, input.value(), effects));

	static {
		commands();
		beforeItRuns();
		whileItRuns();
		handler();
	}

	private DaemonTable() {
	}

	private static void commands() {
		TABLE.row(any(ABSENT), any(COMMAND), FREE, RUNNING, START);
		TABLE.row(any(ABSENT), any(COMMAND), CROWDED, QUEUED);
		TABLE.row(any(ABSENT), any(COMMAND), UNKNOWN, null, answer("UNKNOWN_METHOD"));
		TABLE.row(any(ABSENT), any(COMMAND), INCOMPLETE, null, answer("INVALID_PARAMS"));
		TABLE.row(any(ABSENT), any(COMMAND), LATE, null, answer("DEADLINE_EXCEEDED"));
		TABLE.row(any(ABSENT), any(CANCEL, CREDIT, ITEM, END, ANSWER, REFUSAL, BROKEN, UNREADABLE), ALWAYS, null);
		TABLE.row(any(ABSENT), any(BROKEN_COMMAND), ALWAYS, null, answer("INVALID_PARAMS"));
		TABLE.row(any(ABSENT), any(OVERSIZED), ALWAYS, null, answer("TOO_LARGE"));
	}

	private static void beforeItRuns() {
		TABLE.row(any(QUEUED), any(UNREADABLE), ALWAYS, ABSENT, answer("INVALID_PARAMS"));
		TABLE.row(any(QUEUED), any(PERMIT), ALWAYS, RUNNING, START);
		TABLE.row(any(QUEUED), any(CANCEL), ALWAYS, ABSENT, answer("CANCELLED"));
		TABLE.row(any(QUEUED), any(EXPIRE), ALWAYS, ABSENT, answer("DEADLINE_EXCEEDED"));
		TABLE.row(any(QUEUED), any(COMMAND, ITEM, END, BROKEN, BROKEN_COMMAND, OVERSIZED), ALWAYS, ABSENT,
				answer("INVALID_PARAMS"));
		TABLE.row(any(QUEUED), any(CREDIT), ALWAYS, null, GRANT);
	}

	private static void whileItRuns() {
		Set<DaemonState> busy = any(RUNNING, STALLED, TAKING);
		ends(busy, any(CANCEL), ALWAYS, "CANCELLED");
		ends(busy, any(EXPIRE), ALWAYS, "DEADLINE_EXCEEDED");
		ends(busy, any(COMMAND, BROKEN, BROKEN_COMMAND, OVERSIZED), ALWAYS, "INVALID_PARAMS");
		ends(busy, any(ITEM), CLOSED, "INVALID_PARAMS");
		ends(busy, any(END), UPLOADS_NO_MORE, "INVALID_PARAMS");
		ends(any(RUNNING, STALLED, TAKING, CALLING), any(UNREADABLE), ALWAYS, "INVALID_PARAMS");
		endsAsking(any(CANCEL), ALWAYS, "CANCELLED");
		endsAsking(any(EXPIRE), ALWAYS, "DEADLINE_EXCEEDED");
		endsAsking(any(COMMAND, BROKEN, BROKEN_COMMAND, OVERSIZED), ALWAYS, "INVALID_PARAMS");
		endsAsking(any(ITEM), CLOSED, "INVALID_PARAMS");
		endsAsking(any(END), UPLOADS_NO_MORE, "INVALID_PARAMS");
		TABLE.row(any(RUNNING, TAKING, CALLING), any(CREDIT), ALWAYS, null, GRANT);
		TABLE.row(any(STALLED), any(CREDIT), ALWAYS, RUNNING, GRANT_AND_SEND);
		TABLE.row(any(RUNNING, STALLED, CALLING), any(ITEM), OPEN, null, RECEIVE);
		TABLE.row(any(TAKING), any(ITEM), OPEN, RUNNING, RECEIVE, GIVE);
		TABLE.row(any(RUNNING, STALLED, CALLING), any(END), UPLOADS, null, END_ITEMS);
		TABLE.row(any(TAKING), any(END), UPLOADS, RUNNING, END_ITEMS, GIVE);
		TABLE.row(any(CALLING), any(ANSWER), ALWAYS, RUNNING, HEAR);
		TABLE.row(any(CALLING), any(REFUSAL), ALWAYS, RUNNING, HEAR_NO);
		TABLE.row(busy, any(ANSWER, REFUSAL), ALWAYS, null);
	}

	private static void handler() {
		TABLE.row(any(RUNNING), any(CHUNK), CREDITED, null, SEND);
		TABLE.row(any(RUNNING), any(CHUNK), SPENT, STALLED, HOLD);
		TABLE.row(any(RUNNING), any(TAKE), ITEMS, null, GIVE);
		TABLE.row(any(RUNNING), any(TAKE), NO_ITEMS, TAKING, LET_COME);
		TABLE.row(any(RUNNING), any(ASK), HEARD, CALLING, WRITE_ASK);
		TABLE.row(any(RUNNING), any(ASK), UNHEARD, null, tell("refused UNAVAILABLE", "tells the handler UNAVAILABLE"));
		TABLE.row(any(RUNNING), any(RETURN), ALWAYS, ABSENT, RESULT);
		TABLE.row(any(RUNNING), any(FAIL), ALWAYS, ABSENT, ERROR);
	}

	private static void ends(Set<DaemonState> in, Set<DaemonInput> on, When<DaemonCall> when, String code) {
		TABLE.row(in, on, when, ABSENT, DROP, answer(code));
	}

	private static void endsAsking(Set<DaemonInput> on, When<DaemonCall> when, String code) {
		TABLE.row(any(CALLING), on, when, ABSENT, TAKE_BACK, DROP, answer(code));
	}

	private static boolean admissible(DaemonCall call) {
		return !UNKNOWN.test().test(call) && !INCOMPLETE.test().test(call);
	}

	private static boolean isLate(DaemonCall call) {
		return call.has(Capability.DEADLINE) && call.command().deadlineMs() == 0;
	}

	private static void write(DaemonCall call, String chunk, Effects effects) {
		effects.write("{'id':'" + call.id() + "','stream':true,'data':" + chunk + "}");
	}

	private static void error(DaemonCall call, @Nullable String code, Effects effects) {
		effects.write("{'id':'" + call.id() + "','success':false,'error':'*'"
				+ ((call.has(Capability.ERRORS) && code != null) ? ",'code':'" + code + "'" : "") + "}");
	}

	private static Act<DaemonInput, DaemonCall> answer(String code) {
		return act("answers " + code, (call, input, effects) -> error(call, code, effects));
	}

	private static Act<DaemonInput, DaemonCall> tell(String what, String text) {
		return act(text, (call, input, effects) -> effects.tell(call.id(), what));
	}

	private static Act<DaemonInput, DaemonCall> act(String text, Doing<DaemonInput, DaemonCall> doing) {
		return new Act<>(text, doing);
	}

}
