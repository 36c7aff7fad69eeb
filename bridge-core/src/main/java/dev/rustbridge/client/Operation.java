package dev.rustbridge.client;

import java.lang.reflect.Method;
import java.lang.reflect.Type;
import java.util.List;

/**
 * A method of a client.
 *
 * @param method the method
 * @param command the command it sends
 * @param stream whether it needs the command to answer with chunks
 * @param payloadTypes the types that are written as JSON for it, or read from it
 */
public record Operation(Method method, String command, boolean stream, List<Type> payloadTypes) {

	public Operation {
		payloadTypes = List.copyOf(payloadTypes);
	}

}
