package dev.rustbridge.protocol;

import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Values that are read one after the other by the same parser.
 */
class ValueReaderTests {

	private JsonCodec codec = new JsonCodec(JsonMapper.builder().build(), 50_000_000);

	@Test
	void valuesOfEveryKindFollowEachOther() throws JsonMismatch {
		for (int i = 0; i < 3; i++) {
			assertThat(read("1", Integer.class)).isEqualTo(1);
			assertThat(read("23", long.class)).isEqualTo(23L);
			assertThat(read("-4.5e1", Double.class)).isEqualTo(-45.0);
			assertThat(read("true", boolean.class)).isEqualTo(true);
			assertThat(read("null", Object.class)).isNull();
			assertThat(read("'a'", String.class)).isEqualTo("a");
			assertThat(read("[1,[]]", Object.class)).isEqualTo(List.of(1, List.of()));
			assertThat(read("{'x':{}}", Object.class)).isEqualTo(Map.of("x", Map.of()));
		}
	}

	@Test
	void aValueOfAnyLengthIsReadWhole() throws JsonMismatch {
		// beyond what is fed to the parser, and beyond what its buffer holds
		for (int length = 0; length < 9000; length += (length % 4000 < 100) ? 1 : 97) {
			String text = "ä".repeat(length / 2) + "x".repeat(length % 2);
			assertThat(read("{'text':'" + text + "'}", Text.class)).isEqualTo(new Text(text));
		}
	}

	@Test
	void aParserIsExchangedBeforeItHasSeenTooMuch() throws JsonMismatch {
		ValueReader values = new ValueReader();
		ObjectReader reader = WireMapper.of(JsonMapper.shared(), 50_000_000).readerFor(Object.class);
		byte[] json = Bytes.json("['" + "x".repeat(4000) + "']");
		int read = 0;
		do {
			values.read(reader, json, 0, json.length);
			read++;
		}
		while (values.isReusable() && read < 10_000);
		assertThat(read).isBetween(200, 400);
	}

	@Test
	void afterAMismatchTheNextValueIsRead() throws JsonMismatch {
		for (int i = 0; i < 3; i++) {
			assertThatExceptionOfType(JsonMismatch.class).isThrownBy(() -> read("{'text':{'a':[1]}}", Text.class));
			assertThat(read("{'text':'a'}", Text.class)).isEqualTo(new Text("a"));
		}
	}

	@Test
	void aDeserializerThatReadsOnlyAPartHarmsNoOther() throws JsonMismatch {
		this.codec = codecWith(new ValueDeserializer<>() {
			@Override
			public Text deserialize(JsonParser parser, DeserializationContext context) {
				return new Text("unread");
			}
		});
		assertThat(read("{'text':['a',1]}", Text.class)).isEqualTo(new Text("unread"));
		assertThat(read("[1,2]", Object.class)).isEqualTo(List.of(1, 2));
	}

	@Test
	void aDeserializerMayItselfRead() throws JsonMismatch {
		this.codec = codecWith(new ValueDeserializer<>() {
			@Override
			public Text deserialize(JsonParser parser, DeserializationContext context) {
				try {
					return new Text(read("'inner'", String.class) + parser.readValueAs(String.class));
				}
				catch (JsonMismatch ex) {
					throw new IllegalStateException(ex);
				}
			}
		});
		assertThat(read("'outer'", Text.class)).isEqualTo(new Text("innerouter"));
		assertThat(read("1", Integer.class)).isEqualTo(1);
	}

	@Test
	void aConstructorOfARecordThatFailsIsAMismatchWithItsMessage() {
		assertThatExceptionOfType(JsonMismatch.class).isThrownBy(() -> read("{'size':-1}", Size.class))
			.withMessageContaining("below zero");
	}

	@Test
	void whatARecordDoesNotFindHasItsDefault() throws JsonMismatch {
		assertThat(read("{'more':1}", Lenient.class)).isEqualTo(new Lenient(null, null));
	}

	private static JsonCodec codecWith(ValueDeserializer<Text> deserializer) {
		SimpleModule module = new SimpleModule().addDeserializer(Text.class, deserializer);
		return new JsonCodec(JsonMapper.builder().addModule(module).build(), 50_000_000);
	}

	private @Nullable Object read(String json, Class<?> type) throws JsonMismatch {
		byte[] bytes = Bytes.json(json);
		return this.codec.read(bytes, 0, bytes.length, this.codec.type(type));
	}

	record Text(String text) {
	}

	private record Size(int size) {

		private Size {
			if (size < 0) {
				throw new IllegalArgumentException("below zero");
			}
		}

	}

	@JsonIgnoreProperties(ignoreUnknown = true)
	private record Lenient(@Nullable Integer number, @Nullable String text) {
	}

}
