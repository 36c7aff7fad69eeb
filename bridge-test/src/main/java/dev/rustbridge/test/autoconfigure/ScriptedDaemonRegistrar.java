package dev.rustbridge.test.autoconfigure;

import dev.rustbridge.boot.properties.BridgeNames;
import dev.rustbridge.test.ScriptedDaemon;

import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.support.AutowireCandidateQualifier;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.context.annotation.ImportBeanDefinitionRegistrar;
import org.springframework.core.env.Environment;
import org.springframework.core.type.AnnotationMetadata;

/**
 * Registers the scripted daemon of each declared bridge as a bean, with the bridge's name
 * as its qualifier. The bean that has that name is the bridge.
 */
final class ScriptedDaemonRegistrar implements ImportBeanDefinitionRegistrar {

	private static final String PREFIX = "scriptedDaemon.";

	private final Environment environment;

	ScriptedDaemonRegistrar(Environment environment) {
		this.environment = environment;
	}

	@Override
	public void registerBeanDefinitions(AnnotationMetadata importing, BeanDefinitionRegistry registry) {
		for (String bridge : BridgeNames.declaredIn(this.environment)) {
			RootBeanDefinition definition = new RootBeanDefinition(ScriptedDaemon.class);
			definition.setFactoryBeanName(TestRustBridgeAutoConfiguration.DAEMONS);
			definition.setFactoryMethodName("get");
			definition.getConstructorArgumentValues().addIndexedArgumentValue(0, bridge);
			definition.addQualifier(new AutowireCandidateQualifier(Qualifier.class, bridge));
			registry.registerBeanDefinition(PREFIX + bridge, definition);
		}
	}

}
