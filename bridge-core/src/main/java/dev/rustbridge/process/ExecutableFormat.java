package dev.rustbridge.process;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * What the first bytes of a file say about where it runs.
 *
 * @param kind the format
 * @param architectures processors it is made for, as {@link Platform#arch()} names them;
 * empty where the format does not say
 * @param interpreter the dynamic loader, or what a script's first line names
 */
record ExecutableFormat(Kind kind, List<String> architectures, @Nullable String interpreter) {

	private static final int HEADER_SIZE = 4096;

	private static final int MAX_TABLE_SIZE = 1024 * 1024;

	private static final int MAX_FAT_ARCHITECTURES = 30;

	private static final int PT_INTERP = 3;

	ExecutableFormat {
		architectures = List.copyOf(architectures);
	}

	/**
	 * Reads the headers of a file.
	 * @param file the file
	 * @return what they say
	 * @throws IOException when it can't be read
	 */
	static ExecutableFormat read(Path file) throws IOException {
		try (FileChannel channel = FileChannel.open(file)) {
			ByteBuffer header = readAt(channel, 0, HEADER_SIZE);
			if (!header.hasRemaining()) {
				return new ExecutableFormat(Kind.EMPTY, List.of(), null);
			}
			if (header.limit() >= 2 && header.get(0) == '#' && header.get(1) == '!') {
				return new ExecutableFormat(Kind.SCRIPT, List.of(), scriptInterpreter(header));
			}
			try {
				return readBinary(channel, header);
			}
			catch (IndexOutOfBoundsException ex) {
				// cut off in the middle of its headers
				return new ExecutableFormat(Kind.UNKNOWN, List.of(), null);
			}
		}
	}

	private static ExecutableFormat readBinary(FileChannel channel, ByteBuffer header) throws IOException {
		if (header.limit() >= 20) {
			switch (header.getInt(0)) {
				case 0x7F454C46 -> {
					return readElf(channel, header);
				}
				case 0xCAFEBABE -> {
					return readFatMachO(header);
				}
				case 0xCFFAEDFE, 0xCEFAEDFE -> {
					return machO(header.order(ByteOrder.LITTLE_ENDIAN).getInt(4));
				}
				case 0xFEEDFACF, 0xFEEDFACE -> {
					return machO(header.getInt(4));
				}
				default -> {
				}
			}
			if (header.get(0) == 'M' && header.get(1) == 'Z') {
				return readPe(channel, header);
			}
		}
		return new ExecutableFormat(Kind.UNKNOWN, List.of(), null);
	}

	private static ExecutableFormat readElf(FileChannel channel, ByteBuffer header) throws IOException {
		boolean wide = header.get(4) == 2;
		boolean little = header.get(5) == 1;
		header.order(little ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
		String arch = switch (header.getShort(18) & 0xFFFF) {
			case 3 -> "x86";
			case 20 -> "ppc";
			case 21 -> little ? "ppc64le" : "ppc64";
			case 22 -> "s390x";
			case 40 -> "arm";
			case 62 -> "x86_64";
			case 183 -> "aarch64";
			case 243 -> wide ? "riscv64" : "riscv32";
			case 258 -> "loongarch64";
			default -> "processor " + (header.getShort(18) & 0xFFFF);
		};
		boolean program = header.getShort(16) == 2 || header.getShort(16) == 3;
		return new ExecutableFormat(program ? Kind.ELF : Kind.OBJECT, List.of(arch),
				elfInterpreter(channel, header, wide));
	}

	private static @Nullable String elfInterpreter(FileChannel channel, ByteBuffer header, boolean wide)
			throws IOException {
		long table = wide ? header.getLong(32) : header.getInt(28) & 0xFFFFFFFFL;
		int size = header.getShort(wide ? 54 : 42) & 0xFFFF;
		int count = header.getShort(wide ? 56 : 44) & 0xFFFF;
		ByteBuffer entries = readAt(channel, table, (long) size * count).order(header.order());
		for (int i = 0; i < count; i++) {
			int entry = i * size;
			if (entries.getInt(entry) == PT_INTERP) {
				long offset = wide ? entries.getLong(entry + 8) : entries.getInt(entry + 4) & 0xFFFFFFFFL;
				long length = wide ? entries.getLong(entry + 32) : entries.getInt(entry + 16) & 0xFFFFFFFFL;
				ByteBuffer name = readAt(channel, offset, Math.min(length, HEADER_SIZE));
				return StandardCharsets.UTF_8.decode(name).toString().replace("\0", "");
			}
		}
		return null;
	}

	/** A Java class begins with the same bytes; its version is a higher number. */
	private static ExecutableFormat readFatMachO(ByteBuffer header) {
		int count = header.getInt(4);
		if (count < 1 || count > MAX_FAT_ARCHITECTURES) {
			return new ExecutableFormat(Kind.UNKNOWN, List.of(), null);
		}
		List<String> architectures = new ArrayList<>();
		for (int i = 0; i < count; i++) {
			architectures.add(machOArch(header.getInt(8 + i * 20)));
		}
		return new ExecutableFormat(Kind.MACH_O, architectures, null);
	}

	private static ExecutableFormat machO(int cpuType) {
		return new ExecutableFormat(Kind.MACH_O, List.of(machOArch(cpuType)), null);
	}

	private static String machOArch(int cpuType) {
		return switch (cpuType) {
			case 7 -> "x86";
			case 0x01000007 -> "x86_64";
			case 12 -> "arm";
			case 0x0100000C -> "aarch64";
			default -> "processor " + cpuType;
		};
	}

	private static ExecutableFormat readPe(FileChannel channel, ByteBuffer header) throws IOException {
		long start = header.order(ByteOrder.LITTLE_ENDIAN).getInt(0x3C) & 0xFFFFFFFFL;
		ByteBuffer pe = readAt(channel, start, 6).order(ByteOrder.LITTLE_ENDIAN);
		if (pe.getInt(0) != 0x00004550) {
			return new ExecutableFormat(Kind.UNKNOWN, List.of(), null);
		}
		String arch = switch (pe.getShort(4) & 0xFFFF) {
			case 0x014C -> "x86";
			case 0x01C4 -> "arm";
			case 0x8664 -> "x86_64";
			case 0xAA64 -> "aarch64";
			default -> "processor " + (pe.getShort(4) & 0xFFFF);
		};
		return new ExecutableFormat(Kind.PE, List.of(arch), null);
	}

	private static @Nullable String scriptInterpreter(ByteBuffer header) {
		String text = StandardCharsets.UTF_8.decode(header.duplicate().position(2)).toString();
		String[] words = text.lines().findFirst().orElse("").strip().split("\\s+", 2);
		return words[0].isEmpty() ? null : words[0];
	}

	/** A corrupt header may name any place and size. */
	private static ByteBuffer readAt(FileChannel channel, long position, long size) throws IOException {
		if (position < 0 || size < 0 || size > MAX_TABLE_SIZE) {
			throw new IndexOutOfBoundsException();
		}
		ByteBuffer buffer = ByteBuffer.allocate((int) size);
		while (buffer.hasRemaining()) {
			if (channel.read(buffer, position + buffer.position()) < 0) {
				break;
			}
		}
		return buffer.flip();
	}

	/**
	 * Formats of files.
	 */
	enum Kind {

		/** A program for Linux and its relatives. */
		ELF("linux"),

		/** A program for macOS. */
		MACH_O("macos"),

		/** A program for Windows. */
		PE("windows"),

		/** A text whose first line names its interpreter. */
		SCRIPT(null),

		/** A part of a program, not linked yet. */
		OBJECT(null),

		/** No bytes at all. */
		EMPTY(null),

		/** Something else. */
		UNKNOWN(null);

		private final @Nullable String os;

		Kind(@Nullable String os) {
			this.os = os;
		}

		/**
		 * The system that runs it.
		 * @return its name as in {@link Platform#os()}, {@code null} when it does not say
		 */
		@Nullable String os() {
			return this.os;
		}

	}

}
