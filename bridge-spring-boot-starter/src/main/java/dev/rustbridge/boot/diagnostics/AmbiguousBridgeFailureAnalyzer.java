package dev.rustbridge.boot.diagnostics;

import java.util.Collection;
import java.util.stream.Collectors;

import dev.rustbridge.RustBridge;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.InjectionPoint;
import org.springframework.beans.factory.NoUniqueBeanDefinitionException;
import org.springframework.beans.factory.UnsatisfiedDependencyException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.Ordered;

/**
 * Tells how one of several bridges is named where it is injected.
 */
class AmbiguousBridgeFailureAnalyzer extends AbstractFailureAnalyzer<NoUniqueBeanDefinitionException>
		implements Ordered {

	/** Before Boot's own, which speaks of beans and compilers. */
	@Override
	public int getOrder() {
		return Ordered.HIGHEST_PRECEDENCE;
	}

	@Override
	protected @Nullable FailureAnalysis analyze(Throwable rootFailure, NoUniqueBeanDefinitionException cause) {
		Collection<String> found = cause.getBeanNamesFound();
		if (cause.getBeanType() != RustBridge.class || found == null) {
			return null;
		}
		UnsatisfiedDependencyException dependency = findCause(rootFailure, UnsatisfiedDependencyException.class);
		InjectionPoint point = (dependency != null) ? dependency.getInjectionPoint() : null;
		String where = (point != null) ? point.getMember().getDeclaringClass().getName() : "A bean";
		String bridges = found.stream().sorted().collect(Collectors.joining(", "));
		return new FailureAnalysis(
				"%s needs one bridge and does not say which; there are: %s.".formatted(where, bridges),
				"Name it: by @Qualifier(\"%s\"), or by the name of the parameter. Take a Map<String, RustBridge> for all."
					.formatted(found.iterator().next()),
				cause);
	}

}
