package dev.rustbridge.process;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * Files that look like executables, for any machine.
 */
final class Executables {

	private Executables() {
	}

	static Path script(Path file, String text) throws IOException {
		return executable(file, text.getBytes(StandardCharsets.UTF_8));
	}

	static Path executable(Path file, byte[] content) throws IOException {
		Files.createDirectories(file.getParent());
		Files.write(file, content);
		return mode(file, "rwxr-xr-x");
	}

	static Path mode(Path file, String mode) throws IOException {
		return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
	}

	/** A program whose one segment names its loader. */
	static byte[] elf(int machine, String loader) {
		byte[] name = (loader + "\0").getBytes(StandardCharsets.UTF_8);
		ByteBuffer elf = ByteBuffer.allocate(256 + name.length).order(ByteOrder.LITTLE_ENDIAN);
		elf.put(0, new byte[] { 0x7F, 'E', 'L', 'F', 2, 1, 1 });
		elf.putShort(16, (short) 3);
		elf.putShort(18, (short) machine);
		elf.putLong(32, 64);
		elf.putShort(54, (short) 56);
		elf.putShort(56, (short) 1);
		elf.putInt(64, 3);
		elf.putLong(64 + 8, 256);
		elf.putLong(64 + 32, name.length);
		elf.put(256, name);
		return elf.array();
	}

	/** An object file, as a compiler leaves it to the linker. */
	static byte[] object(int machine) {
		byte[] elf = elf(machine, "");
		elf[16] = 1;
		return elf;
	}

	static byte[] machO(int cpuType) {
		return ByteBuffer.allocate(32).order(ByteOrder.LITTLE_ENDIAN).putInt(0xFEEDFACF).putInt(cpuType).array();
	}

	static byte[] fatMachO(int... cpuTypes) {
		ByteBuffer fat = ByteBuffer.allocate(8 + 20 * cpuTypes.length).putInt(0xCAFEBABE).putInt(cpuTypes.length);
		for (int cpuType : cpuTypes) {
			fat.putInt(cpuType).position(fat.position() + 16);
		}
		return fat.array();
	}

	static byte[] pe(int machine) {
		ByteBuffer pe = ByteBuffer.allocate(256).order(ByteOrder.LITTLE_ENDIAN);
		pe.put(0, new byte[] { 'M', 'Z' });
		pe.putInt(0x3C, 128);
		pe.putInt(128, 0x00004550);
		pe.putShort(132, (short) machine);
		return pe.array();
	}

}
