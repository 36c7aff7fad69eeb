package dev.rustbridge.protocol;

import java.util.Arrays;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class SwarTests {

	@Test
	void anyByteIsFoundAtAnyPlace() {
		for (int length = 0; length < 20; length++) {
			for (int at = 0; at < length; at++) {
				byte[] bytes = filled(length, 0x0b);
				bytes[at] = '\n';
				bytes[length - 1] = '\n';
				assertThat(Swar.indexOf(bytes, 0, length, '\n')).isEqualTo(at);
				assertThat(Swar.indexOf(bytes, at, length, '\n')).isEqualTo(at);
				assertThat(Swar.indexOf(bytes, 0, at, '\n')).isEqualTo(at);
			}
		}
	}

	@Test
	void noOtherByteIsTakenForIt() {
		for (int value = 0; value < 256; value++) {
			byte[] bytes = filled(17, value);
			assertThat(Swar.indexOf(bytes, 0, 17, '\n')).isEqualTo((value == '\n') ? 0 : 17);
			assertThat(Swar.indexOf(bytes, 0, 17, '\\')).isEqualTo((value == '\\') ? 0 : 17);
		}
	}

	@Test
	void theSpecialBytesOfAStringAreFoundAtAnyPlace() {
		for (int value = 0; value < 256; value++) {
			boolean special = value < ' ' || value == '"' || value == '\\' || value >= 0x80;
			for (int at = 0; at < 17; at++) {
				byte[] bytes = filled(17, 'x');
				bytes[at] = (byte) value;
				assertThat(Swar.special(bytes, 0, 17)).as("byte %s at %s", value, at).isEqualTo(special ? at : 17);
			}
		}
	}

	@Test
	void aSpecialByteIsFoundAmongAnyOthers() {
		for (int value = 0; value < 0x80; value++) {
			if (value >= ' ' && value != '"' && value != '\\') {
				byte[] bytes = filled(16, value);
				assertThat(Swar.special(bytes, 0, 16)).isEqualTo(16);
				bytes[11] = '"';
				assertThat(Swar.special(bytes, 0, 16)).isEqualTo(11);
			}
		}
	}

	private static byte[] filled(int length, int value) {
		byte[] bytes = new byte[length];
		Arrays.fill(bytes, (byte) value);
		return bytes;
	}

}
