package dev.rustbridge.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

import dev.rustbridge.model.DaemonCall.Command;
import dev.rustbridge.model.Explorer.Move;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * The vectors for daemons, made from {@link DaemonTable}.
 */
final class DaemonVectors {

	/** The longest line that the daemons of the vectors take. */
	static final int MAX_MESSAGE_SIZE = 1024;

	private static final String LONG = "x".repeat(MAX_MESSAGE_SIZE + 1);

	private static final Map<String, Command> COMMANDS = new LinkedHashMap<>();

	static {
		COMMANDS.put("plain", new Command(Command.WORK, -1, false, -1));
		COMMANDS.put("with credit", new Command(Command.WORK, 1, false, -1));
		COMMANDS.put("with an upload", new Command(Command.TAKE, -1, true, -1));
		COMMANDS.put("with a deadline", new Command(Command.WORK, -1, false, 60_000));
		COMMANDS.put("one at a time", new Command(Command.ONE, 0, false, 60_000));
		COMMANDS.put("late", new Command(Command.WORK, -1, false, 0));
		COMMANDS.put("unknown", new Command("nothing", -1, false, -1));
		COMMANDS.put("without its upload", new Command(Command.TAKE, -1, false, -1));
	}

	private final Map<String, ObjectNode> vectors = new LinkedHashMap<>();

	private final Set<String> rows = new HashSet<>();

	DaemonVectors() {
		COMMANDS.forEach((name, command) -> add("commands, " + name,
				(inForce) -> new Explorer<>(() -> new CommandTalk(command, inForce), commands())));
		add("lines", (inForce) -> new Explorer<>(() -> new LineTalk(inForce), lines()));
	}

	Collection<ObjectNode> vectors() {
		return this.vectors.values();
	}

	/** The rows of the table that they go through. */
	Set<String> rows() {
		return this.rows;
	}

	private <C extends Conversation> void add(String group, Function<Set<Capability>, Explorer<C>> explorer) {
		Map<String, ObjectNode> all = explore(group + ", all agreed: ", explorer.apply(Capability.all()));
		this.vectors.putAll(HostVectors.prefixed(group + ", all agreed: ", all, (entry) -> true));
		String classic = group + ", classic: ";
		this.vectors.putAll(
				HostVectors.prefixed(classic, explore(classic, explorer.apply(Capability.none())), (entry) -> true));
		for (Capability missing : Capability.values()) {
			if (missing == Capability.ERRORS && !group.endsWith("plain")) {
				// it only takes the code out of each error
				continue;
			}
			String prefix = group + ", all but " + missing.wireName() + ": ";
			Map<String, ObjectNode> without = explore(prefix, explorer.apply(Capability.allBut(missing)));
			this.vectors.putAll(HostVectors.prefixed(prefix, without,
					(entry) -> !HostVectors.last(entry.getValue()).equals(HostVectors.last(all.get(entry.getKey())))));
		}
	}

	private <C extends Conversation> Map<String, ObjectNode> explore(String prefix, Explorer<C> explorer) {
		Map<String, ObjectNode> made = explorer.explore(prefix);
		this.rows.addAll(explorer.rows());
		return made;
	}

	private static List<Move<CommandTalk>> commands() {
		List<Move<CommandTalk>> moves = new ArrayList<>();
		moves.add(new Move<>("crowd", false, (talk, move) -> talk.crowd()));
		moves.add(new Move<>("command", false, (talk, move) -> talk.command()));
		moves.add(line("cancel", "{'id':'a','cancel':true}", Capability.CANCEL, Input.of(DaemonInput.CANCEL)));
		moves.add(line("credit", "{'id':'a','credit':1}", Capability.CREDIT, Input.of(DaemonInput.CREDIT, 1)));
		moves
			.add(line("item", "{'id':'a','stream':true,'data':5}", Capability.UPLOAD, Input.of(DaemonInput.ITEM, "5")));
		moves.add(line("end", "{'id':'a','end':true}", Capability.UPLOAD, Input.of(DaemonInput.END)));
		moves.add(line("failed end", "{'id':'a','end':true,'error':'lost'}", Capability.UPLOAD,
				Input.of(DaemonInput.END, "lost")));
		moves.add(new Move<>("raw item that it let not come", true, (talk, move) -> talk.rawItem()));
		moves.add(new Move<>("answer", false, (talk, move) -> talk.answer("{'id':'@d1','success':true,'result':5}",
				Input.of(DaemonInput.ANSWER, "5"))));
		moves.add(new Move<>("refusal", false,
				(talk, move) -> talk.answer("{'id':'@d1','success':false,'error':'no','code':'PERMISSION_DENIED'}",
						Input.of(DaemonInput.REFUSAL, "PERMISSION_DENIED"))));
		moves.add(broken("a bad end", "{'id':'a','end':1}", DaemonInput.BROKEN));
		moves.add(brokenToo("a bad cancel", "{'id':'a','cancel':'true'}", DaemonInput.BROKEN));
		moves.add(brokenToo("a bad credit", "{'id':'a','credit':-1}", DaemonInput.BROKEN));
		moves.add(broken("no known shape", "{'id':'a','answer':42}", DaemonInput.BROKEN_COMMAND));
		moves.add(brokenToo("a method that is no string", "{'id':'a','method':7}", DaemonInput.BROKEN_COMMAND));
		moves.add(new Move<>("too long", false, (talk, move) -> talk.tooLong()));
		moves.add(own("permit", Input.of(DaemonInput.PERMIT)));
		moves.add(own("chunk", Input.of(DaemonInput.CHUNK, "7")));
		moves.add(own("take", Input.of(DaemonInput.TAKE)));
		moves.add(own("ask", Input.of(DaemonInput.ASK, "@d1")));
		moves.add(own("return", Input.of(DaemonInput.RETURN, "{\"n\":7}")));
		moves.add(own("fail", Input.of(DaemonInput.FAIL, "NOT_FOUND")));
		moves.add(new Move<>("expire", false, (talk, move) -> talk.expire()));
		return moves;
	}

	private static Move<CommandTalk> line(String name, String line, Capability needed, Input<DaemonInput> input) {
		return new Move<>(name, false, (talk, move) -> talk.receive(line, needed, input));
	}

	private static Move<CommandTalk> broken(String name, String line, DaemonInput kind) {
		return new Move<>(name, false,
				(talk, move) -> talk.receive(line, null, Input.violation(kind, Verdict.UNKNOWN_SHAPE)));
	}

	/** Another way to break a line, which need not be tried everywhere. */
	private static Move<CommandTalk> brokenToo(String name, String line, DaemonInput kind) {
		return new Move<>(name, true, (talk, move) -> talk.steps().size() <= 1
				&& talk.receive(line, null, Input.violation(kind, Verdict.UNKNOWN_SHAPE)));
	}

	private static Move<CommandTalk> own(String name, Input<DaemonInput> input) {
		return new Move<>(name, false, (talk, move) -> talk.own(name, input));
	}

	private static List<Move<LineTalk>> lines() {
		List<Move<LineTalk>> moves = new ArrayList<>();
		moves.add(
				answered("ping", "{'id':'p','method':'$ping','params':{}}", "{'id':'p','success':true,'result':null}"));
		moves.add(new Move<>("a second hello", true, (talk, move) -> talk.hello()));
		for (String noise : Arrays.asList("hello?", "42", "null", "[]", "'text'", "{'id':1", "{}x", "", " \t")) {
			moves.add(answered("noise " + noise, noise, null));
		}
		for (String shape : Arrays.asList("{}", "{'id':1,'method':'work'}", "{'event':'e'}", "{'method':'work'}",
				"{'id':'nobody','success':true}", "{'id':'nobody','stream':true,'data':1}")) {
			moves.add(answered("shape " + shape, shape, null));
		}
		moves.add(answered("carriage return", "{'id':'p','method':'$ping'}\r",
				"{'id':'p','success':true,'result':null}"));
		moves.add(answered("an id with an escape", "{'id':'\\u0070','method':'$ping'}",
				"{'id':'p','success':true,'result':null}"));
		return moves;
	}

	private static Move<LineTalk> answered(String name, String line, @Nullable String answer) {
		return new Move<>(name, true, (talk, move) -> talk.receive(line, answer));
	}

	/**
	 * About one command.
	 */
	private static final class CommandTalk extends Conversation {

		private final DaemonCall call;

		private boolean crowded;

		private boolean commanded;

		private boolean asked;

		private boolean over;

		CommandTalk(Command command, Set<Capability> inForce) {
			super(inForce);
			this.call = new DaemonCall("a", command, inForce);
		}

		boolean crowd() {
			boolean possible = this.call.command().method().equals(Command.ONE) && !this.commanded && !this.crowded
					&& !this.over;
			if (possible) {
				this.crowded = true;
				this.call.crowd(true);
				add(does("crowd"), new Effects(), "");
			}
			return possible;
		}

		/** An id may come again once its call was answered; here it does not. */
		boolean command() {
			if (this.commanded && this.call.state() == DaemonState.ABSENT) {
				return false;
			}
			boolean played = receive(this.call.command().line("a"), null, Input.of(DaemonInput.COMMAND));
			this.commanded |= played;
			return played;
		}

		boolean receive(String line, @Nullable Capability needed, Input<DaemonInput> input) {
			Input<DaemonInput> classified = (needed == null || has(needed)) ? input
					: Input.violation(DaemonInput.BROKEN, Verdict.UNKNOWN_SHAPE);
			if (this.over || !this.call.allows(classified.kind())) {
				return false;
			}
			Effects effects = new Effects();
			String row = this.call.on(classified, effects);
			add(line(line), effects, row);
			return true;
		}

		/** Bytes that are not to be taken for lines, wanted or not. */
		boolean rawItem() {
			if (!has(Capability.BYTES) || this.call.isOpen()) {
				return false;
			}
			String payload = "{'id':'b','method':'$ping','params':{}}";
			return receive("{'id':'a','stream':true,'bytes':" + payload.length() + "}\n" + payload, null,
					Input.of(DaemonInput.ITEM));
		}

		boolean answer(String line, Input<DaemonInput> input) {
			return this.asked && receive(line, null, input);
		}

		/** It may have announced raw bytes: with them no line can be told after it. */
		boolean tooLong() {
			if (this.over) {
				return false;
			}
			Effects effects = new Effects();
			String row = "";
			if (!has(Capability.BYTES)) {
				row = this.call.on(Input.violation(DaemonInput.OVERSIZED, Verdict.OVERSIZED), effects);
			}
			else {
				row = this.call.on(Input.violation(DaemonInput.UNREADABLE, Verdict.OVERSIZED), effects);
				this.over = true;
				effects.tell("connection", "ended");
			}
			add(line("{'id':'a','method':'work','params':{'text':'" + LONG + "'}}"), effects, row);
			return true;
		}

		boolean expire() {
			boolean possible = has(Capability.DEADLINE) && this.call.command().deadlineMs() > 0;
			return possible && own("expire", Input.of(DaemonInput.EXPIRE));
		}

		boolean own(String name, Input<DaemonInput> input) {
			boolean again = input.kind() == DaemonInput.ASK && this.asked;
			if (this.over || again || !this.call.allows(input.kind())) {
				return false;
			}
			ObjectNode step = does(name);
			if (!name.equals("permit")) {
				step.put("id", "a");
			}
			if (input.value() != null) {
				step.put("value", input.value());
			}
			Effects effects = new Effects();
			String row = this.call.on(input, effects);
			this.asked |= this.call.state() == DaemonState.CALLING;
			add(step, effects, row);
			return true;
		}

		@Override
		String situation() {
			return this.call.situation() + this.crowded + this.commanded + this.asked + this.over;
		}

		@Override
		List<String> may() {
			return this.call.takesItems() ? List.of("{'id':'a','credit':'*'}") : List.of();
		}

	}

	/**
	 * About no command.
	 */
	private static final class LineTalk extends Conversation {

		LineTalk(Set<Capability> inForce) {
			super(inForce);
		}

		boolean receive(String line, @Nullable String answer) {
			Effects effects = new Effects();
			if (answer != null) {
				effects.write(answer);
			}
			else if (!line.isBlank()) {
				effects.judge(line.startsWith("{") && line.endsWith("}") ? Verdict.UNKNOWN_SHAPE : Verdict.NOISE);
			}
			if (line.contains("'nobody'") && !inForce().isEmpty()) {
				effects = new Effects();
			}
			add(line(line), effects, "");
			return true;
		}

		boolean hello() {
			if (inForce().isEmpty()) {
				return false;
			}
			return receive("{'id':'h','method':'$hello','params':{'protocol':1,'capabilities':[]}}",
					"{'id':'h','success':false,'error':'*','code':'INVALID_PARAMS'}");
		}

		@Override
		String situation() {
			return "";
		}

		@Override
		List<String> may() {
			return List.of();
		}

	}

}
