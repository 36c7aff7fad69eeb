package dev.rustbridge.process;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.URLConnection;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

import dev.rustbridge.BridgeException.Origin;
import dev.rustbridge.BridgeOptions;
import dev.rustbridge.BridgeStartException;
import dev.rustbridge.BridgeStartException.Reason;
import dev.rustbridge.process.ExecutableCache.ChecksumException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds the executable of a bridge. The first hit wins: the explicit path, which is never
 * fallen through; the environment variable; the class path; the search paths; the system
 * path. What is refused on the way is remembered with its reason. Reads and hashes files,
 * so not for an I/O thread.
 */
final class BinaryLocator {

	private static final Logger logger = LoggerFactory.getLogger(BinaryLocator.class);

	private static final String RESOURCES = "META-INF/rustbridge/";

	private static final String DEFAULT_PATHEXT = ".COM;.EXE;.BAT;.CMD";

	private final String bridge;

	private final BridgeOptions.Binary binary;

	private final Surroundings surroundings;

	private final ExecutableCheck check;

	private final List<String> tried = new ArrayList<>();

	private Reason reason = Reason.BINARY_NOT_FOUND;

	private BinaryLocator(String bridge, BridgeOptions.Binary binary, Surroundings surroundings) {
		this.bridge = bridge;
		this.binary = binary;
		this.surroundings = surroundings;
		this.check = new ExecutableCheck(surroundings.platform());
	}

	/**
	 * Looks an executable up.
	 * @param bridge the bridge's name, for the failure
	 * @param binary which executable
	 * @param surroundings where we run
	 * @return what was found
	 * @throws BridgeStartException with the whole trail when nothing fits
	 */
	static LocatedBinary locate(String bridge, BridgeOptions.Binary binary, Surroundings surroundings) {
		return new BinaryLocator(bridge, binary, surroundings).locate();
	}

	private LocatedBinary locate() {
		Path explicit = this.binary.path();
		if (explicit != null) {
			LocatedBinary found = tryFile("binary.path", explicit);
			if (found == null) {
				throw failure("'binary.path' can't be used: " + this.tried.get(this.tried.size() - 1)
						+ ". An explicit path is never replaced by a look-up");
			}
			return found;
		}
		LocatedBinary found = fromEnvironment();
		String name = this.binary.name();
		if (found == null && name != null) {
			checkName(name);
			found = fromClassPath(name);
			if (found == null) {
				found = fromSearchPaths(name);
			}
			if (found == null && this.binary.searchSystemPath()) {
				found = fromSystemPath(name);
			}
		}
		if (found == null) {
			throw failure(notFound(name));
		}
		return found;
	}

	private String notFound(@Nullable String name) {
		String what = (name != null)
				? "No executable '%s' for %s was found".formatted(name, this.surroundings.platform())
				: "The executable was not found";
		return what + ". Tried:\n  - " + String.join("\n  - ", this.tried)
				+ "\nBuild it with 'cargo build --release', or name it with 'binary.path'";
	}

	/** A name that walks through folders would leave the places that are looked in. */
	private void checkName(String name) {
		if (name.isBlank() || name.indexOf('/') >= 0 || name.indexOf('\\') >= 0 || name.equals(".")
				|| name.equals("..")) {
			throw failure(
					"'binary.name' is '%s', but must be the plain name of an executable; use 'binary.path' for a path"
						.formatted(name));
		}
	}

	private @Nullable LocatedBinary fromEnvironment() {
		String variable = this.binary.envVar();
		if (variable == null) {
			return null;
		}
		String source = "environment variable " + variable;
		String value = this.surroundings.environment().get(variable);
		if (value == null || value.isBlank()) {
			this.tried.add(source + ": not set");
			return null;
		}
		LocatedBinary found = tryFile(source, value);
		if (found == null) {
			logger.warn("Bridge '{}': {}; looking on", this.bridge, this.tried.get(this.tried.size() - 1));
		}
		return found;
	}

	private @Nullable LocatedBinary fromClassPath(String name) {
		for (String folder : this.surroundings.platform().folders()) {
			String resource = RESOURCES + folder + "/" + this.surroundings.platform().executableName(name);
			URL url = findResource(resource);
			if (url == null) {
				this.tried.add("class path: no " + resource);
				continue;
			}
			LocatedBinary found = extract(name, resource, url);
			if (found != null) {
				return found;
			}
		}
		return null;
	}

	private @Nullable URL findResource(String resource) {
		for (ClassLoader loader : this.surroundings.classLoaders()) {
			URL url = loader.getResource(resource);
			if (url != null) {
				return url;
			}
		}
		return null;
	}

	private @Nullable LocatedBinary extract(String name, String resource, URL url) {
		String source = "class path: " + resource;
		try (InputStream content = open(url)) {
			Path copy = cache().store(this.surroundings.platform().executableName(name), content, this.binary.sha256());
			return accept(source, copy, copyRefusal(copy));
		}
		catch (ChecksumException ex) {
			refuse(source, ex.refusal());
		}
		catch (IOException ex) {
			refuse(source, notStored(ex));
		}
		return null;
	}

	private static InputStream open(URL url) throws IOException {
		URLConnection connection = url.openConnection();
		// a cached jar stays open, and keeps its old content, after it was replaced
		connection.setUseCaches(false);
		return connection.getInputStream();
	}

	private @Nullable LocatedBinary fromSearchPaths(String name) {
		List<Path> configured = this.binary.searchPaths();
		List<Path> folders = (configured != null) ? configured : CargoFolders.from(this.surroundings.directory());
		String source = (configured != null) ? "search path" : "Cargo's folders";
		return inFolders(source, folders.stream().map(this.surroundings.directory()::resolve).toList(), name);
	}

	private @Nullable LocatedBinary fromSystemPath(String name) {
		String path = this.surroundings.environment()
			.getOrDefault("PATH", this.surroundings.environment().getOrDefault("Path", ""));
		Set<Path> folders = new LinkedHashSet<>();
		for (String entry : path.split(File.pathSeparator)) {
			try {
				// a relative or empty entry would run whatever lies in the current folder
				if (Path.of(entry).isAbsolute()) {
					folders.add(Path.of(entry));
				}
			}
			catch (InvalidPathException ex) {
				this.tried.add("system path: entry '%s' is no path".formatted(entry));
			}
		}
		return inFolders("system path", folders, name);
	}

	private @Nullable LocatedBinary inFolders(String source, Collection<Path> folders, String name) {
		List<String> without = new ArrayList<>();
		for (Path folder : folders) {
			boolean any = false;
			for (String candidate : names(name)) {
				Path file = folder.resolve(candidate);
				if (Files.exists(file) || Files.isSymbolicLink(file)) {
					any = true;
					LocatedBinary found = tryFile(source, file);
					if (found != null) {
						return found;
					}
				}
			}
			if (!any) {
				without.add(folder.toString());
			}
		}
		this.tried.add(without.isEmpty() ? source + ": no folders left"
				: "%s: not in %s".formatted(source, String.join(", ", without)));
		return null;
	}

	/** The names that a program may have: on Windows one for each known extension. */
	private List<String> names(String name) {
		if (!this.surroundings.platform().isWindows()) {
			return List.of(name);
		}
		List<String> extensions = List
			.of(this.surroundings.environment().getOrDefault("PATHEXT", DEFAULT_PATHEXT).split(";"));
		String lower = name.toLowerCase(Locale.ROOT);
		if (extensions.stream().anyMatch((extension) -> lower.endsWith(extension.toLowerCase(Locale.ROOT)))) {
			return List.of(name);
		}
		return extensions.stream().map((extension) -> name + extension.toLowerCase(Locale.ROOT)).toList();
	}

	private @Nullable LocatedBinary tryFile(String source, String path) {
		try {
			return tryFile(source, Path.of(path));
		}
		catch (InvalidPathException ex) {
			refuse(source, new Refusal(Reason.BINARY_NOT_FOUND, "'%s' is no path".formatted(path)));
			return null;
		}
	}

	private @Nullable LocatedBinary tryFile(String source, Path path) {
		Path file = this.surroundings.directory().resolve(path).normalize();
		Path parent = file.getParent();
		if (!Files.exists(file) && parent != null && file.getFileName() != null) {
			for (String name : names(file.getFileName().toString())) {
				file = Files.exists(parent.resolve(name)) ? parent.resolve(name) : file;
			}
		}
		String where = source + ": " + file;
		Refusal refusal = this.check.refusal(file);
		if (refusal != null || this.binary.sha256() == null) {
			return accept(where, file, refusal);
		}
		try (InputStream content = Files.newInputStream(file)) {
			Path copy = cache().store(file.getFileName().toString(), content, this.binary.sha256());
			return accept(where, copy, copyRefusal(copy));
		}
		catch (ChecksumException ex) {
			refuse(where, ex.refusal());
		}
		catch (IOException ex) {
			refuse(where, notStored(ex));
		}
		return null;
	}

	/** The mode of the copy is right: what forbids its execution is where it lies. */
	private @Nullable Refusal copyRefusal(Path copy) {
		Refusal refusal = this.check.refusal(copy);
		if (refusal == null || refusal.reason() != Reason.PERMISSION_DENIED) {
			return refusal;
		}
		return new Refusal(refusal.reason(), "was copied to %s, which %s; name another folder with 'binary.cache-dir'"
			.formatted(copy, refusal.why()));
	}

	private ExecutableCache cache() {
		return new ExecutableCache(ExecutableCache.folder(this.binary.cacheDir(), this.surroundings));
	}

	private static Refusal notStored(IOException ex) {
		return new Refusal(Reason.NOT_EXECUTABLE, "can't be copied into the cache folder: %s (%s); "
			.formatted(ex.getMessage(), ex.getClass().getSimpleName()) + "name another with 'binary.cache-dir'");
	}

	private @Nullable LocatedBinary accept(String source, Path file, @Nullable Refusal refusal) {
		if (refusal == null) {
			return new LocatedBinary(file, source, this.tried);
		}
		refuse(source, refusal);
		return null;
	}

	private void refuse(String source, Refusal refusal) {
		this.tried.add(source + " " + refusal.why());
		// something that is there but unfit says more than all that is missing
		if (refusal.reason() != Reason.BINARY_NOT_FOUND && this.reason != Reason.CHECKSUM_MISMATCH) {
			this.reason = refusal.reason();
		}
	}

	private BridgeStartException failure(String message) {
		return new BridgeStartException(Origin.bridge(this.bridge), this.reason, message, this.tried, List.of(), null);
	}

}
