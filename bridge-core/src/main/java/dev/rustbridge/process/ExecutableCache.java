package dev.rustbridge.process;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Locale;

import dev.rustbridge.BridgeStartException.Reason;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A private folder of executables, each under a name with its digest. Several JVMs may
 * use it at once: a file appears whole or not at all, and is checked again before it is
 * used again.
 */
final class ExecutableCache {

	private static final Logger logger = LoggerFactory.getLogger(ExecutableCache.class);

	private static final String FOLDER = "executables";

	private static final String PRIVATE = "rwx------";

	private static final Duration KEPT_UNUSED = Duration.ofDays(30);

	private static final int NAMED_DIGITS = 16;

	private static final int BUFFER_SIZE = 64 * 1024;

	private final Path folder;

	private final boolean posix;

	/**
	 * Makes the view of a cache; touches nothing yet.
	 * @param folder the folder; created with mode 0700 when it is needed
	 */
	ExecutableCache(Path folder) {
		this.folder = folder;
		this.posix = isPosix(folder);
	}

	/**
	 * The folder that a user's executables are kept in. What lies above it is made where
	 * it is missing.
	 * @param configured the folder of the options, if there is one
	 * @param surroundings where we run
	 * @return a folder of our own inside of it: the mode of one that others may share is
	 * not ours to change
	 */
	static Path folder(@Nullable Path configured, Surroundings surroundings) {
		if (configured != null) {
			return surroundings.directory().resolve(configured).resolve(FOLDER);
		}
		Path root = userCache(surroundings).resolve("rustbridge");
		if (canBeMade(root)) {
			return root.resolve(FOLDER);
		}
		// a read-only home, or none at all, as in many containers; right below the
		// temporary folder, whose sticky bit keeps others from exchanging it
		String user = System.getProperty("user.name", "").replaceAll("[^A-Za-z0-9._-]", "_");
		return surroundings.temporary().resolve("rustbridge-" + user);
	}

	private static boolean canBeMade(Path root) {
		try {
			return Files.isWritable(Files.createDirectories(root, privately(root)));
		}
		catch (IOException ex) {
			logger.debug("No cache folder in {}; taking the temporary folder", root, ex);
			return false;
		}
	}

	private static Path userCache(Surroundings surroundings) {
		return switch (surroundings.platform().os()) {
			case "macos" -> surroundings.home().resolve("Library/Caches");
			case "windows" -> {
				String local = surroundings.environment().get("LOCALAPPDATA");
				yield (local != null) ? Path.of(local) : surroundings.home().resolve("AppData/Local");
			}
			default -> {
				String xdg = surroundings.environment().get("XDG_CACHE_HOME");
				yield (xdg != null && xdg.startsWith("/")) ? Path.of(xdg) : surroundings.home().resolve(".cache");
			}
		};
	}

	/**
	 * Copies an executable into the cache while its digest is taken, or finds the same
	 * bytes there already.
	 * @param name what it is called
	 * @param content its bytes; read to the end, not closed
	 * @param sha256 the digest that it must have, in hexadecimal, if there is one
	 * @return the copy, which is what may be executed
	 * @throws ChecksumException when the bytes have another digest; nothing is kept
	 * @throws IOException when it can't be stored safely
	 */
	Path store(String name, InputStream content, @Nullable String sha256) throws IOException {
		prepareFolder();
		Path copy = Files.createTempFile(this.folder, name + "-", ".part", privately(this.folder));
		try {
			checkOwner(copy);
			String digest = copyAndDigest(content, copy);
			if (sha256 != null && !digest.equals(sha256.toLowerCase(Locale.ROOT))) {
				throw new ChecksumException(sha256, digest);
			}
			Path target = this.folder.resolve(nameWithDigest(name, digest));
			if (holds(target, digest)) {
				Files.setLastModifiedTime(target, FileTime.from(Instant.now()));
			}
			else {
				publish(copy, target);
				removeUnused();
			}
			return target;
		}
		finally {
			Files.deleteIfExists(copy);
		}
	}

	private static String nameWithDigest(String name, String digest) {
		int dot = name.toLowerCase(Locale.ROOT).endsWith(".exe") ? name.length() - ".exe".length() : name.length();
		return name.substring(0, dot) + "-" + digest.substring(0, NAMED_DIGITS) + name.substring(dot);
	}

	private void prepareFolder() throws IOException {
		Path parent = this.folder.getParent();
		if (parent != null) {
			Files.createDirectories(parent, privately(this.folder));
		}
		try {
			Files.createDirectory(this.folder, privately(this.folder));
		}
		catch (FileAlreadyExistsException ex) {
			checkFolder();
		}
	}

	private void checkFolder() throws IOException {
		if (!Files.isDirectory(this.folder, LinkOption.NOFOLLOW_LINKS)) {
			throw new IOException("The cache folder %s is no directory".formatted(this.folder));
		}
		if (this.posix) {
			String mode = PosixFilePermissions.toString(Files.getPosixFilePermissions(this.folder));
			if (!mode.equals(PRIVATE)) {
				throw new IOException(("The cache folder %s has mode %s, so that others could exchange what is "
						+ "executed; remove it, or allow only its owner: chmod 700 %s")
					.formatted(this.folder, mode, this.folder));
			}
		}
	}

	/** What we create belongs to us; so must the folder. */
	private void checkOwner(Path ours) throws IOException {
		if (this.posix && !Files.getOwner(this.folder).equals(Files.getOwner(ours))) {
			throw new IOException("The cache folder %s belongs to %s, not to us; remove it, or name another"
				.formatted(this.folder, Files.getOwner(this.folder).getName()));
		}
	}

	private boolean holds(Path target, String digest) throws IOException {
		if (!Files.isRegularFile(target, LinkOption.NOFOLLOW_LINKS)) {
			return false;
		}
		if (this.posix) {
			PosixFileAttributes attributes = Files.readAttributes(target, PosixFileAttributes.class,
					LinkOption.NOFOLLOW_LINKS);
			boolean owned = attributes.owner().equals(Files.getOwner(this.folder));
			if (!owned || !PosixFilePermissions.toString(attributes.permissions()).equals(PRIVATE)) {
				return false;
			}
		}
		try (InputStream content = Files.newInputStream(target)) {
			return digest(content, OutputStream.nullOutputStream()).equals(digest);
		}
	}

	private static void publish(Path copy, Path target) throws IOException {
		try {
			Files.move(copy, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
		}
		catch (AtomicMoveNotSupportedException ex) {
			throw new IOException("The cache folder's file system can't rename files atomically: " + target, ex);
		}
	}

	/**
	 * Old versions, and what a JVM left that was killed while it copied. Each use makes a
	 * file young, and whatever is removed would be made again.
	 */
	private void removeUnused() {
		FileTime limit = FileTime.from(Instant.now().minus(KEPT_UNUSED));
		try (DirectoryStream<Path> files = Files.newDirectoryStream(this.folder)) {
			for (Path file : files) {
				if (Files.getLastModifiedTime(file, LinkOption.NOFOLLOW_LINKS).compareTo(limit) < 0) {
					Files.deleteIfExists(file);
				}
			}
		}
		catch (IOException ex) {
			// another JVM may clean up as well; on Windows one may be running
			logger.debug("Not all unused executables in {} could be removed", this.folder, ex);
		}
	}

	private static String copyAndDigest(InputStream content, Path target) throws IOException {
		try (OutputStream out = Files.newOutputStream(target)) {
			return digest(content, out);
		}
	}

	private static String digest(InputStream content, OutputStream out) throws IOException {
		try {
			MessageDigest digest = MessageDigest.getInstance("SHA-256");
			DigestInputStream in = new DigestInputStream(content, digest);
			byte[] buffer = new byte[BUFFER_SIZE];
			for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
				out.write(buffer, 0, read);
			}
			return HexFormat.of().formatHex(digest.digest());
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException("Every JDK has SHA-256", ex);
		}
	}

	/** Nothing for anybody else, from the first moment on. */
	private static FileAttribute<?>[] privately(Path file) {
		return isPosix(file)
				? new FileAttribute<?>[] {
						PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(PRIVATE)) }
				: new FileAttribute<?>[0];
	}

	private static boolean isPosix(Path file) {
		return file.getFileSystem().supportedFileAttributeViews().contains("posix");
	}

	/**
	 * The bytes are not the expected ones.
	 */
	static final class ChecksumException extends IOException {

		private static final long serialVersionUID = 1L;

		private final String mismatch;

		ChecksumException(String expected, String actual) {
			this("has the SHA-256 %s, but 'binary.sha256' says %s".formatted(actual, expected));
		}

		private ChecksumException(String mismatch) {
			super(mismatch);
			this.mismatch = mismatch;
		}

		Refusal refusal() {
			return new Refusal(Reason.CHECKSUM_MISMATCH, this.mismatch);
		}

	}

}
