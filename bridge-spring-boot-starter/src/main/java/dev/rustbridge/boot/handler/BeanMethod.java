package dev.rustbridge.boot.handler;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.List;

import dev.rustbridge.boot.propagation.ThreadContext;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.Exceptions;
import reactor.core.publisher.Mono;

import org.springframework.aop.support.AopUtils;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.core.CoroutinesUtils;
import org.springframework.core.KotlinDetector;
import org.springframework.core.ReactiveAdapter;
import org.springframework.core.ReactiveAdapterRegistry;
import org.springframework.util.ReflectionUtils;

/**
 * A method of a bean, which is got from the factory when it is first called: handlers are
 * known before the beans are made that have them.
 *
 * @param beanFactory has the bean
 * @param beanName its name
 * @param method the method, as its class declares it
 */
record BeanMethod(BeanFactory beanFactory, String beanName, Method method) {

	/**
	 * Calls the method, and waits for nothing.
	 * @param arguments its arguments
	 * @return what it returns, or what that gives; calls when it is subscribed to
	 */
	@SuppressWarnings("try")
	Mono<Object> invoke(@Nullable Object... arguments) {
		return Mono.deferContextual((context) -> {
			Object bean = this.beanFactory.getBean(this.beanName);
			Method invocable = AopUtils.selectInvocableMethod(this.method, bean.getClass());
			ReflectionUtils.makeAccessible(invocable);
			try (ThreadContext.Scope scope = ThreadContext.of(context)) {
				return asMono(KotlinDetector.isSuspendingFunction(invocable)
						? CoroutinesUtils.invokeSuspendingFunction(invocable, bean, arguments)
						: call(invocable, bean, arguments));
			}
		});
	}

	/**
	 * The types of what a caller gives. The continuation of a suspending function is not
	 * among them.
	 */
	List<Class<?>> parameterTypes() {
		return List.of(this.method.getParameterTypes()).subList(0, parameterCount());
	}

	int parameterCount() {
		int count = this.method.getParameterCount();
		return KotlinDetector.isSuspendingFunction(this.method) ? count - 1 : count;
	}

	String describe() {
		return this.method.getDeclaringClass().getSimpleName() + "." + this.method.getName();
	}

	private static @Nullable Object call(Method method, Object bean, @Nullable Object[] arguments) {
		try {
			return method.invoke(bean, arguments);
		}
		catch (InvocationTargetException ex) {
			throw Exceptions.propagate(ex.getTargetException());
		}
		catch (IllegalAccessException ex) {
			throw new IllegalStateException("Can't call " + method, ex);
		}
	}

	private static Mono<Object> asMono(@Nullable Object result) {
		if (result == null) {
			return Mono.empty();
		}
		ReactiveAdapter adapter = ReactiveAdapterRegistry.getSharedInstance().getAdapter(result.getClass(), result);
		if (adapter == null) {
			return Mono.just(result);
		}
		Publisher<Object> publisher = adapter.toPublisher(result);
		return Mono.from(publisher);
	}

}
