package dev.rustbridge.engine;

import java.time.Duration;
import java.util.regex.Pattern;

import dev.rustbridge.BridgeOptions;
import dev.rustbridge.InvalidOptionException;
import org.jspecify.annotations.Nullable;

/**
 * Checks the options of a bridge, naming the property that is wrong.
 */
final class OptionsValidator {

	private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]*");

	private static final Pattern SHA256 = Pattern.compile("[0-9a-fA-F]{64}");

	private static final long MIN_MESSAGE_SIZE = 1024;

	/** Lines are held in arrays. */
	private static final long MAX_MESSAGE_SIZE = Integer.MAX_VALUE - 64L;

	private final String bridge;

	private OptionsValidator(String bridge) {
		this.bridge = bridge;
	}

	static void validate(BridgeOptions options) {
		if (!NAME.matcher(options.name()).matches()) {
			throw new IllegalArgumentException(
					"Bridge name '%s' is not valid: it must match %s".formatted(options.name(), NAME));
		}
		new OptionsValidator(options.name()).check(options);
	}

	private void check(BridgeOptions options) {
		require(options.instances() >= 1 && options.instances() <= 1024, "instances", options.instances(),
				"between 1 and 1024");
		require(!options.readyEvent().isBlank(), "ready-event", options.readyEvent(), "not empty");
		require(options.instances() == 1 || !options.launches() || options.socket().path() == null, "instances",
				options.instances(), "1 where a binary is launched that owns 'socket.path'");
		checkTimes(options);
		checkSizes(options);
		checkReconnect(options.reconnect());
		BridgeOptions.Binary binary = options.binary();
		require(binary.sha256() == null || SHA256.matcher(binary.sha256()).matches(), "binary.sha256", binary.sha256(),
				"64 hexadecimal digits");
		require(options.idleStop() == null || options.startup() == BridgeOptions.Startup.LAZY, "idle-stop",
				options.idleStop(), "left out unless 'startup' is 'lazy'");
		require(options.stderr().tailLines() >= 0 && options.stderr().tailLines() <= 10_000, "stderr.tail-lines",
				options.stderr().tailLines(), "between 0 and 10000");
		require(options.idempotentRetries() >= 0, "idempotent-retries", options.idempotentRetries(), "0 or more");
	}

	private void checkTimes(BridgeOptions options) {
		positive("ready-timeout", options.readyTimeout());
		positive("request-timeout", options.requestTimeout());
		positive("stream-timeout", options.streamTimeout());
		positive("stream-stall-timeout", options.streamStallTimeout());
		positive("idle-stop", options.idleStop());
		Duration interval = options.heartbeat().interval();
		require(interval == null || !interval.isNegative(), "heartbeat.interval", interval, "0 (off) or more");
		positive("heartbeat.timeout", options.heartbeat().timeout());
		positive("heartbeat.busy-timeout", options.heartbeat().busyTimeout());
		notNegative("shutdown.drain-timeout", options.shutdown().drainTimeout());
		notNegative("shutdown.exit-timeout", options.shutdown().exitTimeout());
		notNegative("shutdown.kill-timeout", options.shutdown().killTimeout());
	}

	private void checkSizes(BridgeOptions options) {
		require(options.maxMessageSize() >= MIN_MESSAGE_SIZE && options.maxMessageSize() <= MAX_MESSAGE_SIZE,
				"max-message-size", options.maxMessageSize(), "between 1 KiB and 2 GiB");
		require(options.streamBuffer() >= 1, "stream-buffer", options.streamBuffer(), "1 byte or more");
		require(options.maxInFlight() >= 1, "max-in-flight", options.maxInFlight(), "1 or more");
		require(options.maxQueuedBytes() >= MIN_MESSAGE_SIZE, "max-queued-bytes", options.maxQueuedBytes(),
				"1 KiB or more");
		require(options.events().buffer() >= 1, "events.buffer", options.events().buffer(), "1 or more");
	}

	private void checkReconnect(BridgeOptions.Reconnect reconnect) {
		positive("reconnect.initial-delay", reconnect.initialDelay());
		positive("reconnect.max-delay", reconnect.maxDelay());
		require(reconnect.maxDelay().compareTo(reconnect.initialDelay()) >= 0, "reconnect.max-delay",
				reconnect.maxDelay(), "no shorter than reconnect.initial-delay (" + reconnect.initialDelay() + ")");
		require(reconnect.multiplier() >= 1.0 && Double.isFinite(reconnect.multiplier()), "reconnect.multiplier",
				reconnect.multiplier(), "1.0 or more");
		require(reconnect.jitter() >= 0 && reconnect.jitter() <= 1, "reconnect.jitter", reconnect.jitter(),
				"between 0 and 1");
		require(reconnect.maxAttempts() == null || reconnect.maxAttempts() >= 1, "reconnect.max-attempts",
				reconnect.maxAttempts(), "1 or more, or left out for no limit");
		notNegative("reconnect.reset-after", reconnect.resetAfter());
	}

	private void positive(String property, @Nullable Duration value) {
		require(value == null || (!value.isNegative() && !value.isZero()), property, value, "longer than 0");
	}

	private void notNegative(String property, Duration value) {
		require(!value.isNegative(), property, value, "0 or more");
	}

	private void require(boolean valid, String property, @Nullable Object value, String expected) {
		if (!valid) {
			throw new InvalidOptionException(this.bridge, property, "is %s, but must be %s".formatted(value, expected));
		}
	}

}
