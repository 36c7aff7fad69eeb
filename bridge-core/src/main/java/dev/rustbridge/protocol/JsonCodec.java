package dev.rustbridge.protocol;

import java.lang.reflect.Type;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.json.JsonMapper;

/**
 * Values to and from JSON, straight from and to bytes, with the application's mapper.
 * Thread-safe.
 */
public final class JsonCodec {

	/**
	 * A parser reads straight from larger values, and copies those that are fed to it.
	 */
	private static final int LARGEST_FED = 4096;

	private final JsonMapper mapper;

	private final long maxMessageSize;

	private final boolean plainStrings;

	private final Map<JavaType, ObjectReader> readers = new ConcurrentHashMap<>();

	/** Answers of one type tend to follow each other; a stale one is only slower. */
	private @Nullable TypeReader recent;

	private final SlotPool<ValueReader> valueReaders = new SlotPool<>(ValueReader::new);

	/**
	 * Makes a codec.
	 * @param base the mapper whose modules and settings hold; it is not changed
	 * @param maxMessageSize most bytes of a line, without its newline
	 */
	public JsonCodec(JsonMapper base, long maxMessageSize) {
		this.mapper = WireMapper.of(base, maxMessageSize);
		this.maxMessageSize = maxMessageSize;
		this.plainStrings = StandardTypes.readsStringsPlainly(this.mapper);
	}

	/**
	 * Resolves a type.
	 * @param type a class or a generic type
	 * @return the type to read
	 */
	public JavaType type(Type type) {
		return this.mapper.constructType(type);
	}

	/**
	 * Reads one value, without a tree in between.
	 * @param buffer holds the value, which must be valid JSON
	 * @param offset of its first byte
	 * @param length its length
	 * @param type what to read it as
	 * @return the value, {@code null} for what the type reads as such
	 * @throws JsonMismatch if it does not fit the type
	 */
	public @Nullable Object read(byte[] buffer, int offset, int length, JavaType type) throws JsonMismatch {
		if (this.plainStrings && type.getRawClass() == String.class && JsonText.isString(buffer, offset)) {
			return JsonText.unescape(buffer, offset + 1, offset + length - 1);
		}
		ObjectReader reader = reader(type);
		try {
			return (length > LARGEST_FED) ? reader.readValue(buffer, offset, length)
					: readFed(reader, buffer, offset, length);
		}
		catch (JacksonException ex) {
			throw new JsonMismatch(path(ex), ex.getOriginalMessage(), ex);
		}
		catch (RuntimeException | StackOverflowError ex) {
			throw new JsonMismatch("", "cannot be read as " + type.toCanonical() + ": " + ex, ex);
		}
	}

	private ObjectReader reader(JavaType type) {
		TypeReader recent = this.recent;
		if (recent != null && recent.type() == type) {
			return recent.reader();
		}
		ObjectReader reader = this.readers.get(type);
		if (reader == null) {
			reader = this.readers.computeIfAbsent(type, this.mapper::readerFor);
		}
		this.recent = new TypeReader(type, reader);
		return reader;
	}

	private @Nullable Object readFed(ObjectReader reader, byte[] buffer, int offset, int length) {
		ValueReader values = this.valueReaders.take();
		boolean reusable = false;
		try {
			Object value = values.read(reader, buffer, offset, length);
			reusable = values.isReusable();
			return value;
		}
		finally {
			if (reusable) {
				this.valueReaders.giveBack(values);
			}
			else {
				values.close();
			}
		}
	}

	/**
	 * Makes an encoder of lines.
	 * @param ids the ids of our own calls
	 * @return an encoder that shares the mapper
	 */
	public FrameEncoder encoder(RequestIds ids) {
		return new FrameEncoder(this.mapper, this.maxMessageSize, ids);
	}

	static String path(JacksonException ex) {
		StringBuilder path = new StringBuilder();
		for (JacksonException.Reference step : ex.getPath()) {
			if (step.getPropertyName() == null) {
				path.append('[').append(step.getIndex()).append(']');
			}
			else {
				path.append(path.isEmpty() ? "" : ".").append(step.getPropertyName());
			}
		}
		return path.toString();
	}

	private record TypeReader(JavaType type, ObjectReader reader) {
	}

}
