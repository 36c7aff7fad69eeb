package dev.rustbridge.benchmarks;

import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * One thing that every contender does.
 *
 * @param id how options, workers and samples name it
 * @param title what the report calls it
 * @param kind who drives the load, and with what
 * @param size calls in flight, chunks in a stream, or bytes of text, as {@code kind} says
 */
public record Scenario(String id, String title, Kind kind, int size) {

	/** How load is made, and what is counted. */
	public enum Kind {

		/** One worker that repeats one call, on whatever thread answers it. */
		SEQUENTIAL,
		/** One thread that blocks for each answer. */
		BLOCKING,
		/**
		 * {@code size} workers that each repeat one call, on whatever thread answers it.
		 */
		IN_FLIGHT,
		/** {@code size} calls in flight, all sent by two threads of the application. */
		FROM_THREADS,
		/** One stream of {@code size} small chunks. */
		STREAM,
		/** One result with {@code size} bytes of text. */
		RESULT,
		/** One call whose params hold {@code size} bytes of text. */
		PARAMS;

		/**
		 * Whether the time of one call is the point, and not how many there are in a
		 * second.
		 */
		public boolean isTimed() {
			return this == SEQUENTIAL || this == BLOCKING || this == RESULT || this == PARAMS;
		}

	}

	/** Bytes of text in each chunk of a stream. */
	public static final int CHUNK_TEXT = 16;

	private static final int MIB = 1024 * 1024;

	private static final Scenario[] ALL = {
			new Scenario("seq", "Sequential, repeated where the answer arrives", Kind.SEQUENTIAL, 1),
			new Scenario("block", "Sequential, the caller blocks", Kind.BLOCKING, 1),
			new Scenario("flight-16", "16 in flight, repeated where the answer arrives", Kind.IN_FLIGHT, 16),
			new Scenario("flight-64", "64 in flight, repeated where the answer arrives", Kind.IN_FLIGHT, 64),
			new Scenario("flight-256", "256 in flight, repeated where the answer arrives", Kind.IN_FLIGHT, 256),
			new Scenario("flight-1000", "1,000 in flight, repeated where the answer arrives", Kind.IN_FLIGHT, 1000),
			new Scenario("threads-16", "16 in flight, from two other threads", Kind.FROM_THREADS, 16),
			new Scenario("threads-64", "64 in flight, from two other threads", Kind.FROM_THREADS, 64),
			new Scenario("threads-256", "256 in flight, from two other threads", Kind.FROM_THREADS, 256),
			new Scenario("threads-1000", "1,000 in flight, from two other threads", Kind.FROM_THREADS, 1000),
			new Scenario("stream", "A stream of 1,000,000 small chunks", Kind.STREAM, 1_000_000),
			new Scenario("result-16m", "A result of 16 MB", Kind.RESULT, 16 * MIB),
			new Scenario("result-40m", "A result of 40 MB", Kind.RESULT, 40 * MIB),
			new Scenario("params-16m", "Params of 16 MB", Kind.PARAMS, 16 * MIB), };

	/** All of them, in the order of the report. */
	public static Scenario[] all() {
		return ALL.clone();
	}

	/** The one with that id. */
	public static Scenario of(String id) {
		return Arrays.stream(ALL)
			.filter(scenario -> scenario.id.equals(id))
			.findFirst()
			.orElseThrow(() -> new IllegalArgumentException("There is no scenario '" + id + "'; there are: "
					+ Arrays.stream(ALL).map(Scenario::id).collect(Collectors.joining(", "))));
	}
}
