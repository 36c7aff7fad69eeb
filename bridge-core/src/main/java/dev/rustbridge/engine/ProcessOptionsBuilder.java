package dev.rustbridge.engine;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import dev.rustbridge.BridgeOptions;
import dev.rustbridge.BridgeOptions.Descendants;
import dev.rustbridge.BridgeOptions.StdioMode;
import dev.rustbridge.ProcessSettings;
import org.jspecify.annotations.Nullable;
import org.slf4j.event.Level;

/**
 * Gathers the options of the process that a bridge launches, starting from the defaults.
 *
 * @param <B> the builder that extends this
 */
abstract class ProcessOptionsBuilder<B extends ProcessSettings<B>> implements ProcessSettings<B> {

	private @Nullable String binaryName;

	private @Nullable Path binaryPath;

	private @Nullable String binaryEnvVar;

	private @Nullable List<Path> binarySearchPaths;

	private boolean binarySearchSystemPath = true;

	private @Nullable String binarySha256;

	private @Nullable Path binaryCacheDir;

	private List<String> args = List.of("--management");

	private Map<String, String> environment = Map.of();

	private boolean inheritEnvironment = true;

	private @Nullable Path workingDirectory;

	private StdioMode stdio = StdioMode.AUTO;

	private Duration shutdownDrainTimeout = Duration.ofSeconds(10);

	private Duration shutdownExitTimeout = Duration.ofSeconds(5);

	private Duration shutdownKillTimeout = Duration.ofSeconds(5);

	private Descendants shutdownDescendants = Descendants.KILL;

	private @Nullable Level stderrLevel;

	private int stderrTailLines = 50;

	abstract B self();

	@Override
	public B binaryName(@Nullable String name) {
		this.binaryName = name;
		return self();
	}

	@Override
	public B binaryPath(@Nullable Path path) {
		this.binaryPath = path;
		return self();
	}

	@Override
	public B binaryEnvVar(@Nullable String envVar) {
		this.binaryEnvVar = envVar;
		return self();
	}

	@Override
	public B binarySearchPaths(@Nullable List<Path> searchPaths) {
		this.binarySearchPaths = searchPaths;
		return self();
	}

	@Override
	public B binarySearchSystemPath(boolean searchSystemPath) {
		this.binarySearchSystemPath = searchSystemPath;
		return self();
	}

	@Override
	public B binarySha256(@Nullable String sha256) {
		this.binarySha256 = sha256;
		return self();
	}

	@Override
	public B binaryCacheDir(@Nullable Path cacheDir) {
		this.binaryCacheDir = cacheDir;
		return self();
	}

	@Override
	public B args(List<String> args) {
		this.args = args;
		return self();
	}

	@Override
	public B environment(Map<String, String> environment) {
		this.environment = environment;
		return self();
	}

	@Override
	public B inheritEnvironment(boolean inheritEnvironment) {
		this.inheritEnvironment = inheritEnvironment;
		return self();
	}

	@Override
	public B workingDirectory(@Nullable Path workingDirectory) {
		this.workingDirectory = workingDirectory;
		return self();
	}

	@Override
	public B stdio(StdioMode stdio) {
		this.stdio = stdio;
		return self();
	}

	@Override
	public B shutdownDrainTimeout(Duration drainTimeout) {
		this.shutdownDrainTimeout = drainTimeout;
		return self();
	}

	@Override
	public B shutdownExitTimeout(Duration exitTimeout) {
		this.shutdownExitTimeout = exitTimeout;
		return self();
	}

	@Override
	public B shutdownKillTimeout(Duration killTimeout) {
		this.shutdownKillTimeout = killTimeout;
		return self();
	}

	@Override
	public B shutdownDescendants(Descendants descendants) {
		this.shutdownDescendants = descendants;
		return self();
	}

	@Override
	public B stderrLevel(@Nullable Level level) {
		this.stderrLevel = level;
		return self();
	}

	@Override
	public B stderrTailLines(int tailLines) {
		this.stderrTailLines = tailLines;
		return self();
	}

	BridgeOptions.Binary binary() {
		return new BridgeOptions.Binary(this.binaryName, this.binaryPath, this.binaryEnvVar, this.binarySearchPaths,
				this.binarySearchSystemPath, this.binarySha256, this.binaryCacheDir);
	}

	BridgeOptions.Shutdown shutdown() {
		return new BridgeOptions.Shutdown(this.shutdownDrainTimeout, this.shutdownExitTimeout, this.shutdownKillTimeout,
				this.shutdownDescendants);
	}

	BridgeOptions.Stderr stderr() {
		return new BridgeOptions.Stderr(this.stderrLevel, this.stderrTailLines);
	}

	List<String> args() {
		return this.args;
	}

	Map<String, String> environment() {
		return this.environment;
	}

	boolean inheritsEnvironment() {
		return this.inheritEnvironment;
	}

	@Nullable Path workingDirectory() {
		return this.workingDirectory;
	}

	StdioMode stdio() {
		return this.stdio;
	}

}
