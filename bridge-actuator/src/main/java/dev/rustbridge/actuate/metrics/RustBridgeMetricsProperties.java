package dev.rustbridge.actuate.metrics;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Bounds of the tags of the meters.
 *
 * @param maxMethods Methods of a bridge that have meters of their own; the others are
 * counted together as 'other'.
 * @param maxEvents Event names of a bridge that have meters of their own; the others are
 * counted together as 'other'.
 * @param maxErrorCodes Error codes of a bridge's daemon that have meters of their own;
 * the others are counted together as 'other'.
 */
@ConfigurationProperties("rustbridge.metrics")
public record RustBridgeMetricsProperties(@DefaultValue("100") int maxMethods, @DefaultValue("50") int maxEvents,
		@DefaultValue("25") int maxErrorCodes) {

	/**
	 * What the meters need to know of it.
	 * @return the limits
	 * @throws IllegalArgumentException when one is negative, naming the property
	 */
	public MeterLimits limits() {
		return new MeterLimits(this.maxMethods, this.maxEvents, this.maxErrorCodes);
	}

}
