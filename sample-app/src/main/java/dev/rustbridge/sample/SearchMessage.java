package dev.rustbridge.sample;

import org.springframework.http.ProblemDetail;
import org.springframework.http.codec.ServerSentEvent;

/**
 * One message of an answer to a search. As a line of JSON it is an object whose only
 * member says what it is; as a server-sent event it has that name.
 */
sealed interface SearchMessage {

	/**
	 * This message as a server-sent event.
	 * @return the event
	 */
	ServerSentEvent<Object> toEvent();

	private static ServerSentEvent<Object> event(String name, Object data) {
		return ServerSentEvent.builder(data).event(name).build();
	}

	record Found(Hit hit) implements SearchMessage {

		@Override
		public ServerSentEvent<Object> toEvent() {
			return event("hit", this.hit);
		}

	}

	record Finished(Summary summary) implements SearchMessage {

		@Override
		public ServerSentEvent<Object> toEvent() {
			return event("summary", this.summary);
		}

	}

	record Failed(ProblemDetail error) implements SearchMessage {

		@Override
		public ServerSentEvent<Object> toEvent() {
			return event("error", this.error);
		}

	}

}
