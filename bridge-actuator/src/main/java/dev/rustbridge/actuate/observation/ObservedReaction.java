package dev.rustbridge.actuate.observation;

import java.util.function.Consumer;

import dev.rustbridge.BridgeListener.Outcome;
import io.micrometer.observation.Observation;
import io.micrometer.observation.contextpropagation.ObservationThreadLocalAccessor;
import reactor.core.publisher.Mono;
import reactor.core.publisher.SignalType;

/**
 * What the application does on the daemon's behalf, from its subscription to its end.
 */
final class ObservedReaction {

	private ObservedReaction() {
	}

	/**
	 * Starts the observation, and has the reaction run within it.
	 */
	static Mono<?> of(Observation observation, Consumer<Outcome> ended, Mono<?> reaction) {
		if (observation.isNoop()) {
			return reaction;
		}
		observation.start();
		return reaction.doOnError(observation::error).doFinally((signal) -> {
			ended.accept(outcome(signal));
			observation.stop();
		}).contextWrite((view) -> view.put(ObservationThreadLocalAccessor.KEY, observation));
	}

	private static Outcome outcome(SignalType signal) {
		return switch (signal) {
			case ON_ERROR -> Outcome.FAILED;
			case CANCEL -> Outcome.CANCELLED;
			default -> Outcome.SUCCESS;
		};
	}

}
