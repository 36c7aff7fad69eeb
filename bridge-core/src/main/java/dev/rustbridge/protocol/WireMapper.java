package dev.rustbridge.protocol;

import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamWriteConstraints;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Derives the mapper of a bridge from the application's: the same modules and settings,
 * but one line for each value, one value for each read, and limits that follow from
 * {@code max-message-size}.
 */
final class WireMapper extends JsonMapper.Builder {

	/** The envelope is one level; a value has the others. */
	private static final int VALUE_DEPTH = LineBuffer.MAX_DEPTH - 1;

	/** Digits of a number; reading is quadratic in them. */
	private static final int NUMBER_LENGTH = 10_000;

	private final JsonFactory factory;

	private WireMapper(JsonMapper base, JsonFactory factory) {
		super(new StateImpl(base.rebuild()));
		this.factory = factory;
	}

	static JsonMapper of(JsonMapper base, long maxMessageSize) {
		int length = (int) Math.min(maxMessageSize, Integer.MAX_VALUE);
		StreamReadConstraints reading = StreamReadConstraints.builder()
			.maxStringLength(length)
			.maxNumberLength(NUMBER_LENGTH)
			.maxNameLength(length)
			.maxNestingDepth(EnvelopeDecoder.MAX_DEPTH)
			.build();
		JsonFactory original = base.tokenStreamFactory();
		int depth = Math.min(VALUE_DEPTH, original.streamWriteConstraints().getMaxNestingDepth());
		StreamWriteConstraints writing = StreamWriteConstraints.builder().maxNestingDepth(depth).build();
		JsonFactory factory = original.rebuild().streamReadConstraints(reading).streamWriteConstraints(writing).build();
		return new WireMapper(base, factory).disable(SerializationFeature.INDENT_OUTPUT)
			.disable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
			.addModule(RecordCreators.module())
			.build();
	}

	/** The only way to exchange the factory and keep everything else. */
	@Override
	public TokenStreamFactory streamFactory() {
		return this.factory;
	}

}
