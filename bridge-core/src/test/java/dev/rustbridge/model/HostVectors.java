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
import java.util.function.Predicate;

import dev.rustbridge.model.Explorer.Move;
import dev.rustbridge.model.HostCall.Kind;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * The vectors for hosts, made from {@link HostTable} and {@link Answering}.
 */
final class HostVectors {

	/** The longest line that the hosts of the vectors take. */
	static final int MAX_MESSAGE_SIZE = 1024;

	private static final String LONG = "x".repeat(MAX_MESSAGE_SIZE + 1);

	private final Map<String, ObjectNode> vectors = new LinkedHashMap<>();

	private final Set<String> rows = new HashSet<>();

	HostVectors() {
		for (Kind kind : Kind.values()) {
			add("calls, " + Table.word(kind), (inForce) -> new Explorer<>(() -> new CallTalk(kind, inForce), calls()));
		}
		add("handlers", (inForce) -> new Explorer<>(() -> new HandlerTalk(inForce), handlers()));
		add("lines", (inForce) -> new Explorer<>(() -> new LineTalk(inForce), lines()));
	}

	Collection<ObjectNode> vectors() {
		return this.vectors.values();
	}

	/** The rows of tables that they go through. */
	Set<String> rows() {
		return this.rows;
	}

	/**
	 * With all capabilities and none; with one missing, as far as that changes anything.
	 */
	private <C extends Conversation> void add(String group, Function<Set<Capability>, Explorer<C>> explorer) {
		Map<String, ObjectNode> all = explore(group + ", all agreed: ", explorer.apply(Capability.all()));
		this.vectors.putAll(prefixed(group + ", all agreed: ", all, (entry) -> true));
		String classic = group + ", classic: ";
		this.vectors.putAll(prefixed(classic, explore(classic, explorer.apply(Capability.none())), (entry) -> true));
		for (Capability missing : Capability.values()) {
			String prefix = group + ", all but " + missing.wireName() + ": ";
			Map<String, ObjectNode> without = explore(prefix, explorer.apply(Capability.allBut(missing)));
			this.vectors.putAll(prefixed(prefix, without,
					(entry) -> !last(entry.getValue()).equals(last(all.get(entry.getKey())))));
		}
	}

	private <C extends Conversation> Map<String, ObjectNode> explore(String prefix, Explorer<C> explorer) {
		Map<String, ObjectNode> made = explorer.explore(prefix);
		this.rows.addAll(explorer.rows());
		return made;
	}

	static Map<String, ObjectNode> prefixed(String prefix, Map<String, ObjectNode> made,
			Predicate<Map.Entry<String, ObjectNode>> wanted) {
		Map<String, ObjectNode> kept = new LinkedHashMap<>();
		made.entrySet().stream().filter(wanted).forEach((entry) -> kept.put(prefix + entry.getKey(), entry.getValue()));
		return kept;
	}

	static String last(@Nullable ObjectNode vector) {
		return (vector != null) ? vector.get("steps").get(vector.get("steps").size() - 1).toString() : "";
	}

	// Calls of the application

	private static List<Move<CallTalk>> calls() {
		List<Move<CallTalk>> moves = new ArrayList<>();
		moves.add(new Move<>("block", false, (talk, move) -> talk.block()));
		moves.add(new Move<>("call", false, (talk, move) -> talk.call()));
		moves.add(new Move<>("unblock", false, (talk, move) -> talk.unblock()));
		moves.add(line("result", "{'id':'@1','success':true,'result':{'n':7}}", (inForce) -> result("{\"n\":7}")));
		moves.add(variant("members in another order", "{'result':1,'more':[{}],'success':true,'id':'@1'}",
				(inForce) -> result("1")));
		moves.add(variant("void", "{'id':'@1','success':true}", (inForce) -> result(null)));
		moves.add(variant("a number beyond doubles", "{'id':'@1','success':true,'result':9007199254740993}",
				(inForce) -> result("9007199254740993")));
		moves.add(line("error", "{'id':'@1','success':false,'error':'no'}", (inForce) -> Input.of(HostInput.ERROR)));
		moves.add(variant("error without a reason", "{'id':'@1','success':false}",
				(inForce) -> Input.of(HostInput.ERROR)));
		moves.add(variant("error that is an object", "{'id':'@1','success':false,'error':{'why':1}}",
				(inForce) -> Input.of(HostInput.ERROR)));
		moves.add(variant("success that is not true", "{'id':'@1','success':'true','result':1}",
				(inForce) -> Input.of(HostInput.ERROR)));
		moves
			.add(new Move<>("error with a code", true,
					(talk, move) -> talk.has(Capability.ERRORS) && talk.receive(
							"{'id':'@1','success':false,'error':'no','code':'NOT_FOUND','details':{'n':1}}",
							Input.of(HostInput.ERROR, "NOT_FOUND"), true)));
		moves.add(new Move<>("deadline exceeded", true,
				(talk, move) -> talk.has(Capability.ERRORS)
						&& talk.receive("{'id':'@1','success':false,'error':'late','code':'DEADLINE_EXCEEDED'}",
								Input.of(HostInput.ERROR, "DEADLINE_EXCEEDED"), true)));
		moves.add(new Move<>("chunk", false, (talk, move) -> talk.chunk()));
		moves.add(new Move<>("raw chunk", false, (talk, move) -> talk.rawChunk()));
		moves.add(new Move<>("chunks to the end of the credit", false, (talk, move) -> talk.spend()));
		moves.add(line("credit", "{'id':'@1','credit':2}", (inForce) -> inForce.contains(Capability.UPLOAD)
				? Input.of(HostInput.CREDIT, 2) : Input.violation(HostInput.BROKEN, Verdict.UNKNOWN_SHAPE)));
		moves.add(line("no known shape", "{'id':'@1','answer':42}",
				(inForce) -> Input.violation(HostInput.BROKEN, Verdict.UNKNOWN_SHAPE)));
		moves.add(variant("chunk without data", "{'id':'@1','stream':true}",
				(inForce) -> Input.violation(HostInput.BROKEN, Verdict.UNKNOWN_SHAPE)));
		moves.add(variant("end in the wrong direction", "{'id':'@1','end':true}",
				(inForce) -> Input.violation(HostInput.BROKEN, Verdict.UNKNOWN_SHAPE)));
		moves.add(variant("no JSON after the id", "{'id':'@1','success':true,'result':}",
				(inForce) -> Input.violation(HostInput.BROKEN, Verdict.NOISE)));
		moves.add(line("too long", "{'id':'@1','success':true,'result':'" + LONG + "'}", (inForce) -> Input
			.violation(inForce.contains(Capability.BYTES) ? HostInput.LOSS : HostInput.OVERSIZED, Verdict.OVERSIZED)));
		moves.add(variant("raw bytes without a count", "{'id':'@1','stream':true,'bytes':-1}",
				(inForce) -> inForce.contains(Capability.BYTES) ? Input.violation(HostInput.LOSS, Verdict.BAD_BYTES)
						: Input.violation(HostInput.BROKEN, Verdict.UNKNOWN_SHAPE)));
		moves.add(new Move<>("raw bytes without their end", true, (talk, move) -> talk.rawChunkWithoutEnd()));
		moves.add(own("request", HostInput.REQUEST, (input) -> Input.of(input, 1)));
		moves.add(own("item", HostInput.ITEM, (input) -> Input.of(input, "5")));
		moves.add(own("complete", HostInput.COMPLETE, Input::of));
		moves.add(own("failure", HostInput.FAILURE, Input::of));
		moves.add(own("cancel", HostInput.CANCEL, Input::of));
		moves.add(own("expire", HostInput.EXPIRE, Input::of));
		moves.add(own("lose", HostInput.LOSS, Input::of));
		return moves;
	}

	private static Input<HostInput> result(@Nullable String value) {
		return Input.of(HostInput.RESULT, value);
	}

	private static Move<CallTalk> line(String name, String line,
			Function<Set<Capability>, Input<HostInput>> classified) {
		return new Move<>(name, false, (talk, move) -> talk.receive(line, classified.apply(talk.inForce()), false));
	}

	private static Move<CallTalk> variant(String name, String line,
			Function<Set<Capability>, Input<HostInput>> classified) {
		return new Move<>(name, true, (talk, move) -> talk.receive(line, classified.apply(talk.inForce()), true));
	}

	private static Move<CallTalk> own(String name, HostInput kind, Function<HostInput, Input<HostInput>> input) {
		return new Move<>(name, false, (talk, move) -> talk.own(name, input.apply(kind)));
	}

	// Calls of the daemon

	private static List<Move<HandlerTalk>> handlers() {
		return List.of(
				new Move<>("call", false,
						(talk, move) -> talk.receive("{'id':'d_1','method':'authorize','params':{'user':'u'}}",
								Capability.CALLS, Input.of(Answering.Event.CALL))),
				new Move<>("call with a deadline", false, (talk, move) -> talk.receiveTimed()),
				new Move<>("call without a handler", false,
						(talk, move) -> talk.receive("{'id':'d_1','method':'nothing','params':{}}", Capability.CALLS,
								Input.of(Answering.Event.CALL_OF_NONE))),
				new Move<>("cancel", false,
						(talk, move) -> talk.receive("{'id':'d_1','cancel':true}", Capability.CANCEL,
								Input.of(Answering.Event.CANCEL))),
				new Move<>("reply", false, (talk, move) -> talk.own("reply", Input.of(Answering.Event.REPLY, "5"))),
				new Move<>("refuse", false,
						(talk, move) -> talk.own("refuse", Input.of(Answering.Event.REFUSE, "PERMISSION_DENIED"))),
				new Move<>("expire", false,
						(talk, move) -> talk.isTimed() && talk.own("expire", Input.of(Answering.Event.EXPIRE))),
				new Move<>("lose", false, (talk, move) -> talk.own("lose", Input.of(Answering.Event.LOSS))));
	}

	// Lines about no call

	private static List<Move<LineTalk>> lines() {
		List<Move<LineTalk>> moves = new ArrayList<>();
		moves.add(told("event", "{'event':'watch:w_1','data':{'n':1}}", Verdict.ACCEPTED, "event watch:w_1 {\"n\":1}"));
		moves.add(told("event without data", "{'event':'e'}", Verdict.ACCEPTED, "event e"));
		moves.add(told("a second ready", "{'event':'ready','data':1}", Verdict.ACCEPTED, "event ready 1"));
		moves.add(told("carriage return", "{'event':'e','data':2}\r", Verdict.ACCEPTED, "event e 2"));
		moves.add(told("unknown members", "{'event':'e','data':3,'more':{'id':1}}", Verdict.ACCEPTED, "event e 3"));
		moves.add(new Move<>("event with a trace", true,
				(talk, move) -> talk.receive("{'event':'e','data':4,'trace':{'traceparent':'00-a-b-01'}}",
						Verdict.ACCEPTED,
						List.of(talk.has(Capability.TRACE) ? "event e 4 traced 00-a-b-01" : "event e 4"))));
		moves.add(told("event with a trace that is none", "{'event':'e','data':5,'trace':'x'}", Verdict.ACCEPTED,
				"event e 5"));
		moves.add(told("blank", "", Verdict.ACCEPTED));
		moves.add(told("spaces", "  \t ", Verdict.ACCEPTED));
		for (String noise : Arrays.asList("starting up ...", "42", "null", "[]", "'text'", "{'event':'e'", "{}x")) {
			moves.add(told("noise " + noise, noise, Verdict.NOISE));
		}
		for (String shape : Arrays.asList("{}", "{'id':1,'success':true}", "{'event':7}", "{'success':true}",
				"{'id':'nobody'}", "{'method':'m','params':{}}")) {
			moves.add(told("shape " + shape, shape, Verdict.UNKNOWN_SHAPE));
		}
		moves.add(told("an answer to nothing", "{'id':'nobody','success':true,'result':1}", Verdict.UNKNOWN_ID));
		moves.add(told("a chunk of nothing", "{'id':'nobody','stream':true,'data':1}", Verdict.UNKNOWN_ID));
		moves
			.add(new Move<>("raw bytes of nothing", true,
					(talk, move) -> talk.has(Capability.BYTES) && talk.receive(
							"{'id':'nobody','stream':true,'bytes':17}\n{'event':'e'} raw\n{'event':'next'}",
							Verdict.UNKNOWN_ID, List.of("event next"))));
		moves.add(new Move<>("too long", true, (talk, move) -> talk.receive("{'event':'" + LONG + "'}",
				Verdict.OVERSIZED, talk.has(Capability.BYTES) ? List.of("connection ended") : List.of())));
		return moves;
	}

	private static Move<LineTalk> told(String name, String line, Verdict verdict, String... told) {
		return new Move<>(name, true, (talk, move) -> talk.receive(line, verdict, List.of(told)));
	}

	/**
	 * About no call.
	 */
	private static final class LineTalk extends Conversation {

		LineTalk(Set<Capability> inForce) {
			super(inForce);
		}

		boolean receive(String line, Verdict verdict, List<String> told) {
			Effects effects = new Effects();
			effects.judge(verdict);
			told.forEach((signal) -> effects.tell(signal.substring(0, signal.indexOf(' ')),
					signal.substring(signal.indexOf(' ') + 1)));
			add(line(line), effects, "");
			return true;
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
