package dev.rustbridge.model;

import org.jspecify.annotations.Nullable;

/**
 * What happens to a call: a line about it, or a step of its own side.
 *
 * @param <I> the kinds of inputs of this side
 * @param kind what it is
 * @param value the JSON, the word or the id that it carries, if it does
 * @param amount the number that it carries, 0 where there is none
 * @param verdict of a line that is a violation by itself, in whatever state
 */
public record Input<I extends Enum<I>>(I kind, @Nullable String value, long amount, Verdict verdict) {

	public static <I extends Enum<I>> Input<I> of(I kind) {
		return new Input<>(kind, null, 0, Verdict.ACCEPTED);
	}

	public static <I extends Enum<I>> Input<I> of(I kind, @Nullable String value) {
		return new Input<>(kind, value, 0, Verdict.ACCEPTED);
	}

	public static <I extends Enum<I>> Input<I> of(I kind, long amount) {
		return new Input<>(kind, null, amount, Verdict.ACCEPTED);
	}

	public static <I extends Enum<I>> Input<I> violation(I kind, Verdict verdict) {
		return new Input<>(kind, null, 0, verdict);
	}

}
