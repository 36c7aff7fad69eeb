package dev.rustbridge.model;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;

import tools.jackson.databind.node.ObjectNode;

/**
 * Walks through all situations that a conversation can come into, the shortest way to
 * each, and tries every move in each of them: a vector each.
 *
 * @param <C> the conversation
 */
final class Explorer<C extends Conversation> {

	private final Supplier<C> beginning;

	private final List<Move<C>> moves;

	private final Set<String> rows = new HashSet<>();

	Explorer(Supplier<C> beginning, List<Move<C>> moves) {
		this.beginning = beginning;
		this.moves = moves;
	}

	/**
	 * Makes vectors.
	 * @param prefix of their names
	 * @return the vectors by the path that leads through them
	 */
	Map<String, ObjectNode> explore(String prefix) {
		Map<String, ObjectNode> vectors = new LinkedHashMap<>();
		Set<String> seen = new HashSet<>();
		Deque<List<Move<C>>> paths = new ArrayDeque<>();
		paths.add(List.of());
		seen.add(play(List.of()).situation());
		while (!paths.isEmpty()) {
			List<Move<C>> path = paths.remove();
			for (Move<C> move : this.moves) {
				C played = play(path);
				if (!move.play().test(played, move)) {
					continue;
				}
				List<Move<C>> longer = new ArrayList<>(path);
				longer.add(move);
				String name = longer.stream().map(Move::name).collect(Collectors.joining(" > "));
				vectors.put(name, Conversation.vector(prefix + name, played));
				this.rows.add(played.lastRow());
				if (!move.variant() && seen.add(played.situation())) {
					paths.add(longer);
				}
			}
		}
		return vectors;
	}

	/** The rows of tables that the last steps were made by. */
	Set<String> rows() {
		return this.rows;
	}

	private C play(List<Move<C>> path) {
		C conversation = this.beginning.get();
		for (Move<C> move : path) {
			if (!move.play().test(conversation, move)) {
				throw new IllegalStateException(move.name() + " was possible before");
			}
		}
		return conversation;
	}

	/**
	 * A move.
	 *
	 * @param <C> the conversation
	 * @param name what it is
	 * @param variant whether it leads nowhere that another does not
	 * @param play makes it, unless it is not possible
	 */
	record Move<C extends Conversation>(String name, boolean variant, BiPredicate<C, Move<C>> play) {

	}

}
