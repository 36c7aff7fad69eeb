package dev.rustbridge.actuate.observation;

import io.micrometer.common.docs.KeyName;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationConvention;
import io.micrometer.observation.docs.ObservationDocumentation;

/**
 * What is observed of bridges, and under which names. Observed only where the application
 * traces: what is counted and timed has meters of its own.
 */
public enum BridgeObservationDocumentation implements ObservationDocumentation {

	/** A command, from its subscription to its end. */
	COMMAND {
		@Override
		public Class<? extends ObservationConvention<? extends Observation.Context>> getDefaultConvention() {
			return DefaultBridgeCommandObservationConvention.class;
		}

		@Override
		public KeyName[] getHighCardinalityKeyNames() {
			return new KeyName[] { HighCardinality.ID, HighCardinality.INSTANCE, HighCardinality.GENERATION };
		}
	},

	/** A call of a daemon, from its arrival to its answer. */
	HANDLER {
		@Override
		public Class<? extends ObservationConvention<? extends Observation.Context>> getDefaultConvention() {
			return DefaultBridgeHandlerObservationConvention.class;
		}

		@Override
		public KeyName[] getHighCardinalityKeyNames() {
			return new KeyName[] { HighCardinality.INSTANCE };
		}
	},

	/** What is done on an event that carries a trace, until listeners have returned. */
	EVENT {
		@Override
		public Class<? extends ObservationConvention<? extends Observation.Context>> getDefaultConvention() {
			return DefaultBridgeEventObservationConvention.class;
		}

		@Override
		public KeyName[] getLowCardinalityKeyNames() {
			return new KeyName[] { LowCardinality.BRIDGE, LowCardinality.OUTCOME, LowCardinality.EXCEPTION };
		}

		@Override
		public KeyName[] getHighCardinalityKeyNames() {
			return new KeyName[] { HighCardinality.EVENT, HighCardinality.INSTANCE, HighCardinality.GENERATION };
		}
	};

	@Override
	public KeyName[] getLowCardinalityKeyNames() {
		return LowCardinality.values();
	}

	/** What is told in few values. */
	public enum LowCardinality implements KeyName {

		/** The bridge's name. */
		BRIDGE("bridge"),

		/** The method. */
		METHOD("method"),

		/**
		 * How it ended, as {@link dev.rustbridge.BridgeListener.Outcome} says; of a
		 * daemon's call SUCCESS, FAILED, or CANCELLED when it is waited for no more.
		 * UNKNOWN before the end.
		 */
		OUTCOME("outcome"),

		/** The code that goes with an error of the daemon's or of a handler, or none. */
		CODE("code"),

		/** The simple name of the exception's class, or none. */
		EXCEPTION("exception");

		private final String key;

		LowCardinality(String key) {
			this.key = key;
		}

		@Override
		public String asString() {
			return this.key;
		}

	}

	/** What is told in many values, and so for spans only. */
	public enum HighCardinality implements KeyName {

		/** A command's id on the wire; absent when it was not sent. */
		ID("rustbridge.id"),

		/** An event's name, which the daemon may have made up. */
		EVENT("rustbridge.event"),

		/**
		 * The instance, from 0, that a command was sent to last, or that a call or an
		 * event came from; absent when the command was not sent.
		 */
		INSTANCE("rustbridge.instance"),

		/**
		 * The daemon's generation, from 1, that a command was sent to last, or that an
		 * event came from; absent when the command was not sent.
		 */
		GENERATION("rustbridge.generation");

		private final String key;

		HighCardinality(String key) {
			this.key = key;
		}

		@Override
		public String asString() {
			return this.key;
		}

		@Override
		public boolean isRequired() {
			return false;
		}

	}

}
