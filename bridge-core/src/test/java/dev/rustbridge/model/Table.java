package dev.rustbridge.model;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

/**
 * One side of the protocol: in a state, on an input, under a condition: what is done, and
 * which state is next. Where it has no row, an input cannot happen.
 *
 * @param <S> the states
 * @param <I> the inputs
 * @param <M> the call that is in a state, with what its conditions look at
 */
final class Table<S extends Enum<S>, I extends Enum<I>, M> {

	private final List<Row<S, I, M>> rows = new ArrayList<>();

	/**
	 * Adds rows.
	 * @param in the states that it holds for
	 * @param on the inputs that it holds for
	 * @param when the condition
	 * @param to the next state, {@code null} for the same
	 * @param verdict what a line is found to be by its state
	 * @param acts what is done, in this order
	 */
	@SafeVarargs
	final void row(Set<S> in, Set<I> on, When<M> when, @Nullable S to, Verdict verdict, Act<I, M>... acts) {
		this.rows.add(new Row<>(in, on, when, to, verdict, List.of(acts)));
	}

	@SafeVarargs
	final void row(Set<S> in, Set<I> on, When<M> when, @Nullable S to, Act<I, M>... acts) {
		row(in, on, when, to, Verdict.ACCEPTED, acts);
	}

	List<Row<S, I, M>> rows() {
		return this.rows;
	}

	/**
	 * The row for an input.
	 * @param state the state
	 * @param input the input
	 * @param machine the call
	 * @return the row, {@code null} if this cannot happen
	 */
	@Nullable Row<S, I, M> find(S state, I input, M machine) {
		List<Row<S, I, M>> found = this.rows.stream()
			.filter((row) -> row.in().contains(state) && row.on().contains(input) && row.when().test().test(machine))
			.toList();
		if (found.size() > 1) {
			throw new IllegalStateException("The table is ambiguous for " + input + " in " + state + ": " + found);
		}
		return found.isEmpty() ? null : found.get(0);
	}

	/** Whether anything is said about an input in a state. */
	boolean covers(S state, I input) {
		return this.rows.stream().anyMatch((row) -> row.in().contains(state) && row.on().contains(input));
	}

	/** The table for people. */
	String markdown() {
		StringBuilder text = new StringBuilder("| in | on | when | what is done | then |\n|---|---|---|---|---|\n");
		for (Row<S, I, M> row : this.rows) {
			text.append("| ").append(words(row.in()));
			text.append(" | ").append(words(row.on()));
			text.append(" | ").append(row.when().text());
			text.append(" | ").append(row.story());
			text.append(" | ").append((row.to() != null) ? word(row.to()) : "the same").append(" |\n");
		}
		return text.toString();
	}

	private static String words(Set<? extends Enum<?>> values) {
		return values.stream().map(Table::word).collect(Collectors.joining(", "));
	}

	static String word(Enum<?> value) {
		return value.name().toLowerCase(Locale.ROOT).replace('_', ' ');
	}

	@SafeVarargs
	static <E extends Enum<E>> Set<E> any(E first, E... others) {
		return EnumSet.of(first, others);
	}

	/**
	 * A row.
	 */
	record Row<S extends Enum<S>, I extends Enum<I>, M>(Set<S> in, Set<I> on, When<M> when, @Nullable S to,
			Verdict verdict, List<Act<I, M>> acts) {

		void apply(M machine, Input<I> input, Effects effects) {
			effects.judge(input.verdict());
			effects.judge(verdict());
			acts().forEach((act) -> act.doing().apply(machine, input, effects));
		}

		String story() {
			Set<String> parts = new LinkedHashSet<>();
			if (verdict() != Verdict.ACCEPTED) {
				parts.add("violation " + verdict());
			}
			acts().forEach((act) -> parts.add(act.text()));
			return parts.isEmpty() ? "nothing" : String.join("; ", parts);
		}

		@Override
		public String toString() {
			return in() + " " + on() + " " + when().text();
		}

	}

	/**
	 * A condition.
	 */
	record When<M>(String text, Predicate<M> test) {

		When<M> and(When<M> other) {
			return new When<>(text() + ", " + other.text(), test().and(other.test()));
		}

	}

	/**
	 * Something that is done.
	 */
	record Act<I extends Enum<I>, M>(String text, Doing<I, M> doing) {

	}

	/**
	 * How it is done.
	 */
	@FunctionalInterface
	interface Doing<I extends Enum<I>, M> {

		void apply(M machine, Input<I> input, Effects effects);

	}

}
