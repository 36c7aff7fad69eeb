package dev.rustbridge.sample;

import java.util.Objects;
import java.util.stream.Collectors;

import dev.rustbridge.BridgeException;
import dev.rustbridge.BridgeUnavailableException;
import dev.rustbridge.CommandFailedException;
import dev.rustbridge.CommandTimeoutException;

import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.bind.support.WebExchangeBindException;
import org.springframework.web.server.ResponseStatusException;

/**
 * Says in the terms of HTTP what went wrong.
 */
@RestControllerAdvice
@Order(Ordered.HIGHEST_PRECEDENCE)
class Problems {

	@ExceptionHandler
	ResponseEntity<ProblemDetail> bridgeFailed(BridgeException failure) {
		return answer(of(failure));
	}

	@ExceptionHandler
	ResponseEntity<ProblemDetail> requestRefused(ResponseStatusException failure) {
		return answer(failure.getBody());
	}

	@ExceptionHandler
	ResponseEntity<ProblemDetail> parameterRefused(WebExchangeBindException failure) {
		String detail = failure.getFieldErrors()
			.stream()
			.map((error) -> error.getField() + " can't be '" + error.getRejectedValue() + "'")
			.collect(Collectors.joining("; "));
		return answer(ProblemDetail.forStatusAndDetail(HttpStatus.BAD_REQUEST, detail));
	}

	/**
	 * A client that accepts only a stream of events gets its problem as JSON all the
	 * same.
	 */
	private static ResponseEntity<ProblemDetail> answer(ProblemDetail problem) {
		return ResponseEntity.status(problem.getStatus()).contentType(MediaType.APPLICATION_PROBLEM_JSON).body(problem);
	}

	/**
	 * Describes the failure of a command.
	 * @param failure the failure
	 * @return status and text; {@code code} holds the daemon's code where it gave one
	 */
	static ProblemDetail of(BridgeException failure) {
		if (failure instanceof CommandFailedException refusal) {
			ProblemDetail problem = ProblemDetail.forStatusAndDetail(status(refusal), refusal.error());
			if (refusal.code() != null) {
				problem.setProperty("code", refusal.code());
			}
			return problem;
		}
		String detail = Objects.requireNonNull(failure.getMessage());
		if (failure instanceof BridgeUnavailableException) {
			return ProblemDetail.forStatusAndDetail(HttpStatus.SERVICE_UNAVAILABLE, detail);
		}
		if (failure instanceof CommandTimeoutException) {
			return ProblemDetail.forStatusAndDetail(HttpStatus.GATEWAY_TIMEOUT, detail);
		}
		return ProblemDetail.forStatusAndDetail(HttpStatus.BAD_GATEWAY, detail);
	}

	private static HttpStatus status(CommandFailedException refusal) {
		String code = refusal.code();
		if (code == null) {
			// a classic daemon has no codes: most often it is the input that it refuses
			return HttpStatus.BAD_REQUEST;
		}
		return switch (code) {
			case "INVALID_PARAMS" -> HttpStatus.BAD_REQUEST;
			case "NOT_FOUND" -> HttpStatus.NOT_FOUND;
			case "PERMISSION_DENIED" -> HttpStatus.FORBIDDEN;
			case "UNAVAILABLE" -> HttpStatus.SERVICE_UNAVAILABLE;
			case "DEADLINE_EXCEEDED" -> HttpStatus.GATEWAY_TIMEOUT;
			default -> HttpStatus.BAD_GATEWAY;
		};
	}

}
